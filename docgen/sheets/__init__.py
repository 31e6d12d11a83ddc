"""Data sheets in and out: reading that forgives and names every fault, and blank sheets for clerks."""

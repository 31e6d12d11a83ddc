"""Sheets that a workspace declares itself, and the record types made of them."""

"""Bags, catalogue, metadata and verification of issued documents (not yet built)."""

"""Rendering: templates to documents, documents to PDF."""

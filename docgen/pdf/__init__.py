"""LibreOffice: PDFs, previews, page counts; and signatures in PDF."""

"""Papers about documents: forms that people sign, ledgers, PDFs of issued documents."""

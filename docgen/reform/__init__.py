"""Any draft made into a conforming document: read, recognised, mended, laid out by the standard's builders, counted."""

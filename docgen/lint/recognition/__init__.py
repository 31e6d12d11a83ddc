"""Finding out which paragraph of a document is which element, and of which form the document is."""

"""One file for each kind of document: which records it needs, what it shows, to whom it goes."""

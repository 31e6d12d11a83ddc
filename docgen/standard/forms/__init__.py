"""The forms of documents, one file each."""

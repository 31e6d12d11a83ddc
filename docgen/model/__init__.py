"""What exists: the records of a mechanism and their links."""

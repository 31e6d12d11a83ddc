"""Steps in the life of documents, and what else is recorded."""

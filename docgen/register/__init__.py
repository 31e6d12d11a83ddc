"""What has been done: the chained record, the life of documents, numbers, mandates, and what watches over them."""

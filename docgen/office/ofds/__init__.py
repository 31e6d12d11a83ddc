"""OFDs of documents and of PDFs: what is made, what is known of a document for it, and what an OFD says."""

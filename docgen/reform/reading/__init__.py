"""Reading drafts: Word documents, Markdown, plain text."""

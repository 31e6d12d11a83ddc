"""Kinds of documents as declarations: read, bound to the sheets of a workspace, and made into drafts."""

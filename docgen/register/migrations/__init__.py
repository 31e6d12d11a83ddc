"""The steps from one version of the register's tables to the next: Alembic revisions, named by where they lead.

A revision changes tables and nothing else; what it makes true of documents is recorded by `upgrading.py`, as
everything in these tables follows from entries. Once released a revision stays as it is.
"""

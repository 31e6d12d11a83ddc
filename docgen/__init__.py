"""docgen: official documents of a joint review and approval mechanism, from data sheets to archive."""

__version__ = "0.1.0"

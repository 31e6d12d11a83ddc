"""Finished ledgers, as offices print, seal and send them; each is a table of columns in one of these files."""

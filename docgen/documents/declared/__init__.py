"""Kinds as declarations: read from TOML, checked, bound to the sheets of a workspace."""

"""What built-in kinds compute beyond their declarations, a file each.

`FIELDS` says what there is: None for a text or number, a record type, a mapping, or a list of one of these.
`compute(group, facts)` gives it, records as they are.
"""

"""Lists of another shape taken in: heads matched with fields, each guess shown before it counts."""

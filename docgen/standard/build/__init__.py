"""OOXML of the standard's elements: parts, blocks, styles, tables, packages."""

"""Lengths of the standard: page, fonts, lines, widths of words, and the settings of a workspace's documents."""

"""The checker: reads any .docx, finds out its form and elements, and judges them by rules.

A file's way: `reading` (effective formatting), `recognition` (which paragraph is which element), `rules` (each rule
with its reason, an example and its judge; findings), `checker` (all of it).
"""

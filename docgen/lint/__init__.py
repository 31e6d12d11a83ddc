"""The checker: reads any .docx, finds out its form and elements, and judges them by a table of rules.

A file's way: `opening` (bytes, with suspicion), `reading` (effective formatting), `recognise` (which paragraph is
which element), the `judge_…` modules (findings), `checker` (all of it).
"""

"""The services: the one room that combines sheets, documents, templates, files and the register.

A service is a function on a `Desk` (desk.py), or on the workspace where it needs no more. Nothing here prints, asks or
exits; the time and the people come in with the desk. What a shell shows of an answer stands in answers.py.
"""

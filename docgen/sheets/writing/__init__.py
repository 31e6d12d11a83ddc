"""Workbooks for clerks and for paper: blank sheets, printed tables, faults shown in copies, cells changed in place."""

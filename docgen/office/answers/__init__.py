"""What any shell shows of a service's result: JSON fields (docs/json.md), exit code, the next step's sentence.

A command prints lines for people and gives the answer to `--json`; another shell sends the same answer. Paths are
written by the shell, which knows where its reader stands: functions that show some take its `near`.
"""

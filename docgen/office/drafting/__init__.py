"""From what is asked for to drafts in `out/` and rows in the register."""

"""From a kind to drafts: things selected and grouped, and what each document shows."""

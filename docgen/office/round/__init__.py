"""The round of a period: sheets handed out to units, collected, applied, taken back."""

"""The round of a period: workbooks handed out to units, read when they come back, and put together."""

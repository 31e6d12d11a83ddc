"""The wall chart (挂图作战): what is on it, its page, and writing it."""

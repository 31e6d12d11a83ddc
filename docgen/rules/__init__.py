"""What follows from the records: working days, deadlines, lights and the backward schedule."""

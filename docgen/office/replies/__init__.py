"""Forms that units filled in and sent back: read, and recorded when told to."""

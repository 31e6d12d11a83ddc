"""Number and dates filled into the bytes of a reviewed document."""

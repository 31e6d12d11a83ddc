"""Words of official documents: titles broken into lines, dates, numbers, punctuation."""

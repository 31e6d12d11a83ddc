"""What may be said of records, by Chinese label: columns, what rules derive, records as templates see them."""

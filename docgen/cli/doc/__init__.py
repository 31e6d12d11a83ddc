"""`docgen doc`: the documents of the register, their life and their papers."""

"""GB/T 9704-2012 as declarations: one description serves the builder of templates, the checker and the tests."""

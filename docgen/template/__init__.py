"""The template engine: a .docx with tags is compiled once and rendered many times. Knows nothing of offices."""

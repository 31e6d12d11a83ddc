"""Reading a .docx: every paragraph with its effective formatting, tables, shapes, sections and footers."""

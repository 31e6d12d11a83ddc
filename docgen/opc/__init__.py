"""Open Packaging Conventions: a .docx as a package of parts, read with suspicion and written the same every time."""

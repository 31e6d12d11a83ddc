"""The command line: it parses, calls one function of the core, and prints what came back."""

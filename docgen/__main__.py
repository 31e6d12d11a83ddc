"""`python -m docgen`: the same as the `docgen` command."""

from docgen.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    main()

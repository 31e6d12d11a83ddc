"""`python -m docgen`: the same as the `docgen` command."""


def main() -> None:
    """Run the command line."""


if __name__ == "__main__":
    main()

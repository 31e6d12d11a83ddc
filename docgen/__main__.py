"""The `docgen` command, and `python -m docgen`: what is broken off while it still starts ends in a sentence too."""

import sys
from typing import Final, NoReturn

__all__ = ["main"]

_INTERRUPTED: Final = 130  # as `docgen.cli.faults.Interrupted`, which may not be imported yet


def main() -> NoReturn:
    """Run `docgen`."""
    try:
        from docgen.cli.main import main as run
    except KeyboardInterrupt:
        sys.stderr.write("已中断，什么都没有做。\n")
        sys.exit(_INTERRUPTED)
    run()


if __name__ == "__main__":
    main()

"""``python -m assessment`` and the command ``apprenance``."""

import sys


def main() -> None:
    """Run the command and leave with its exit status."""
    from assessment.cli import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()

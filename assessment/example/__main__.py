"""Write the example commune's files anew: ``python -m assessment.example OUT [--force]``."""

import argparse

from assessment.example.generator import write_example
from assessment.faults import Faults


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(prog="python -m assessment.example", description=__doc__)
    parser.add_argument("out", metavar="OUT", help="the folder to write into")
    parser.add_argument("--force", action="store_true", help="replace files that are there")
    given = parser.parse_args()
    try:
        written = write_example(given.out, given.force)
    except Faults as faults:
        parser.exit(1, f"{faults}\n")
    print(*written, sep="\n")


if __name__ == "__main__":
    main()

"""Run the program: ``python -m ocop_desktop``."""

import sys

from ocop_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())

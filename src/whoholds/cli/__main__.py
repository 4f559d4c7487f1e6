"""`python -m whoholds.cli`."""

import sys

from whoholds.cli import main

sys.exit(main())

"""`python -m tandemwerk` is the `tandemwerk` command."""

import sys

from tandemwerk.cli import main

sys.exit(main())

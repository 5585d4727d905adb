"""`python -m workbench` runs the same as the `kodebenk` command, with the same guard."""

import sys

from workbench.main import main

sys.exit(main())

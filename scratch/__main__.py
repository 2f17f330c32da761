"""``python -m scratch``."""

import sys

from scratch.chapter.command import main

sys.exit(main())

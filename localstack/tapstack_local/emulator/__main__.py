"""Starts MiniStack as `server.py` describes: `python localstack/tapstack_local/emulator`, with MiniStack's Python."""

import sys
from pathlib import Path

if __name__ == "__main__":
    # Python puts this folder first on the path. Not in PYTHONPATH, which functions that MiniStack runs would inherit.
    sys.path[0] = str(Path(__file__).parents[2])
    from tapstack_local.emulator.server import main

    sys.exit(main())

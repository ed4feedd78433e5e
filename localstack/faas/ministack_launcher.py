"""Starts MiniStack as `emulator/ministack_keeper.py` describes; executed by MiniStack's own Python.

It is a file of its own because Python puts the folder of the file it runs first on the path, and MiniStack must
not find the modules of this one.
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parent / "emulator")
    import ministack_keeper  # type: ignore[import-not-found]

    sys.exit(ministack_keeper.main())

"""Compiles a folder of catalogue files to stdout: `python -m tapstack.economy.catalogue layers/catalogue`."""

from __future__ import annotations

import sys
from pathlib import Path

from tapstack.economy.catalogue import compiling

if __name__ == "__main__":
    sys.stdout.buffer.write(compiling.compiled(compiling.read(Path(sys.argv[1])))[1])

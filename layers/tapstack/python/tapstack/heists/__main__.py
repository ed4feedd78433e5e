"""Compiles a folder of heists to stdout: `python -m tapstack.heists layers/catalogue/heists`.

Says what is wrong with it, and fails, where the lint finds something.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tapstack.heists import lint, pools

if __name__ == "__main__":
    read = pools.read(Path(sys.argv[1]))
    if faults := lint.faults(read):
        sys.exit("\n".join(faults))
    sys.stdout.buffer.write(pools.compiled(read))

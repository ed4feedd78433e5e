"""How many examples a property is tried with: enough in each run, since each has a seed of its own; many on demand."""

from __future__ import annotations

import os

TIMES = int(os.environ.get("EXAMPLES", "1"))
"""`make test-stress` sets it."""


def examples(count: int) -> int:
    """So many examples in `make test`, and as many more as are asked for."""
    return count * TIMES

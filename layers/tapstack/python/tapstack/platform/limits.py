"""How often somebody may ask."""

from __future__ import annotations

from dataclasses import dataclass

ADDRESS_BURST_S = 20
"""An address may send so many seconds' worth at once: a mobile network's players all come back after a restart."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`burst` calls at once, and one more every `every_ms` after them.

    Operations with limits of one `name` are counted together.
    """

    burst: int
    every_ms: int
    name: str = ""


def of_address(requests_per_s: int) -> Limit:
    """What one address may ask of one operation; the interval is rounded up, at least a millisecond."""
    return Limit(requests_per_s * ADDRESS_BURST_S, -(-1_000 // requests_per_s))

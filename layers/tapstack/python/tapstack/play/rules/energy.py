"""Energy: how many taps are paid. Taps without energy count and rank as any others, but earn nothing.

A second GCRA beside that of the taps (platform/lua/shared/gcra.lua): so many paid taps at once, and one more each
`every_ms`. Its TAT (ms since 1970) says up to when the energy is spent; one that lies further back than a full refill
says that there is all of it. lua/record_taps.lua spends it; a test holds the two together.
"""

from __future__ import annotations

from typing import NamedTuple


class Energy(NamedTuple):
    """The taps that would be paid now, `left` of `full`; one more each `every_ms`, all of them in `full_in_ms`."""

    left: int
    full: int
    every_ms: int
    full_in_ms: int


def energy_at(now_ms: int, tat_ms: int, *, full: int, every_ms: int) -> Energy:
    """The energy at a time; a TAT in the future says that the clock was set back, and all energy is spent."""
    full_in_ms = max(0, min(tat_ms + full * every_ms - now_ms, full * every_ms))
    return Energy(full - -(-full_in_ms // every_ms), full, every_ms, full_in_ms)

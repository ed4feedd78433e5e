"""How long something takes still, in words."""

from __future__ import annotations

from tapstack.telegram.texts import TEXTS

UNITS = (("duration.h", 3_600_000), ("duration.min", 60_000))


def duration(ms: int, language: str) -> str:
    """A time in its largest unit, rounded up."""
    for key, size_ms in UNITS:
        if ms > size_ms:
            return TEXTS.plain(key, language, amount=-(-ms // size_ms))
    return TEXTS.plain("duration.s", language, amount=max(1, -(-ms // 1_000)))

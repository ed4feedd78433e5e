"""Time zones of the IANA database (https://www.iana.org/time-zones), and the days of a person who lives in one."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import BadRequest

_NAME = re.compile(r"[A-Z][A-Za-z0-9_+-]*(/[A-Z][A-Za-z0-9_+-]*){0,2}")
_LOCAL = frozenset({"Factory"})
"""Names that are no place's."""


@lru_cache(maxsize=1_024)
def _zone(name: str) -> ZoneInfo | None:
    if not _NAME.fullmatch(name) or name in _LOCAL:
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # a folder, a file that is no zone, or nothing
        return None


def check(name: str) -> str:
    """A zone's name; raises BadRequest (`zone_unknown`)."""
    if _zone(name) is None:
        raise BadRequest("there is no such time zone", code="zone_unknown", zone=name)
    return name


def offset_ms(at_ms: int, zone: str) -> int:
    """How far a zone is ahead of UTC at a time; 0 for "", and for one that is not known here any more."""
    known = _zone(zone) if zone else None
    ahead = datetime.fromtimestamp(at_ms // 1_000, UTC).astimezone(known).utcoffset() if known else None
    return int(ahead.total_seconds()) * 1_000 if ahead else 0


def day_of(at_ms: int, zone: str) -> int:
    """The local day that a time is in: days since 1970-01-01."""
    return (at_ms + offset_ms(at_ms, zone)) // DAY_MS


def next_day_ms(at_ms: int, zone: str) -> int:
    """When the local day after that of a time begins."""
    midnight = (day_of(at_ms, zone) + 1) * DAY_MS
    first = midnight - offset_ms(at_ms, zone)
    exact = midnight - offset_ms(first, zone)
    return exact if day_of(exact, zone) > day_of(at_ms, zone) else max(first, exact)

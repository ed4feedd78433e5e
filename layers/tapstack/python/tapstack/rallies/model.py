"""What a rally is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rally:
    """Players who tap together until a time (ms).

    `bases` are the paid taps that each had on joining. Once it is over, `taps` are what each has tapped in it, and
    stay as they are.
    """

    id: str
    host: str
    starts_at_ms: int
    ends_at_ms: int
    bases: Mapping[str, int] = field(default_factory=dict)
    over: bool = False
    taps: Mapping[str, int] = field(default_factory=dict)

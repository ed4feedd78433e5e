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


@dataclass(frozen=True, slots=True)
class GroupRally:
    """The latest rally of a group chat; `message_id` is the message that shows it, 0 as long as that is not known."""

    chat_id: int
    rally: str
    ends_at_ms: int
    language: str
    message_id: int = 0

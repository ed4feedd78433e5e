"""Leases and limits in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from tapstack.platform.errors import TooManyRequests
from tapstack.platform.limits import Limit


@dataclass
class MemoryLeases:
    """A lease is held until it is released: no time passes."""

    holders: dict[str, str] = field(default_factory=dict)

    def claim(self, name: str, for_ms: int, holder: str = "1") -> bool:  # noqa: ARG002
        return name not in self.holders and bool(self.holders.setdefault(name, holder))

    def extend(self, name: str, holder: str, for_ms: int) -> bool:  # noqa: ARG002
        return self.holders.get(name) == holder

    def release(self, name: str, holder: str) -> bool:
        held = self.holders.get(name) == holder
        if held:
            del self.holders[name]
        return held


class MemoryLimiter:
    """Counts calls, and refuses none unless a test says how many of a kind are left."""

    def __init__(self) -> None:
        self.spent: list[tuple[str, str, Limit]] = []
        self.left: dict[str, int] = {}

    def spend(self, what: str, who: str, limit: Limit) -> None:
        self.spent.append((what, who, limit))
        self.left[what] = self.left.get(what, 1_000_000) - 1
        if self.left[what] < 0:
            raise TooManyRequests("too many requests", retry_after_s=1)


class MemoryPipelinedLimiter:
    """The same counts for callers on an event loop."""

    def __init__(self, limiter: MemoryLimiter) -> None:
        self._limiter = limiter

    async def spend(self, what: str, who: str, limit: Limit) -> None:
        self._limiter.spend(what, who, limit)

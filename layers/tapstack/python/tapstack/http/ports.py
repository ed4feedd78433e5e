"""What answering HTTP takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tapstack.platform.clock import Clock
    from tapstack.platform.limits import Limit
    from tapstack.platform.settings import Settings


class CallLimiter(Protocol):
    """Counts calls by caller."""

    def spend(self, what: str, who: str, limit: Limit) -> None:
        """Counts one call; raises TooManyRequests where the caller has none left."""


class AsyncCallLimiter(Protocol):
    """Counts calls by caller, on an event loop."""

    async def spend(self, what: str, who: str, limit: Limit) -> None:
        """Counts one call; raises TooManyRequests where the caller has none left."""


class HttpPorts(Protocol):
    """What every operation needs before its view is called."""

    @property
    def settings(self) -> Settings: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def limiter(self) -> CallLimiter: ...


class AsyncHttpPorts(HttpPorts, Protocol):
    """The same on an event loop."""

    @property
    def pipeline(self) -> object | None:
        """None where Redis can be asked from threads only."""

    @property
    def pipelined_limiter(self) -> AsyncCallLimiter: ...

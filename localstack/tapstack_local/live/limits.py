"""API Gateway's limits for WebSocket APIs.

https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
"""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What the service grants a connection and a stage; `rate_per_s` is the stage's own throttling of each route.

    A frame has at most 32 KB and a message 128 KB in several frames. What reads frames here does not tell them apart,
    so 32 KB is the limit of both: nothing passes here that AWS cuts. `handshakes` are the connections on which no
    request has come yet, and `handshake_s` is how long each may be silent.
    """

    idle_s: float = 600.0
    whole_s: float = 7_200.0
    received_bytes: int = 32 * 1024
    sent_bytes: int = 128 * 1024
    integration_s: float = 29.0
    connects_per_s: float = 500.0
    rate_per_s: float = 200.0
    handshake_s: float = 10.0
    handshakes: int = 1_024


class Bucket:
    """A token bucket: so many a second, as many of them at once."""

    def __init__(self, per_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_s, self._clock = per_s, clock
        self._left, self._at_s = per_s, clock()

    def takes(self) -> bool:
        """Take one, if there is one."""
        now_s = self._clock()
        self._left = min(self._per_s, self._left + (now_s - self._at_s) * self._per_s)
        self._at_s = now_s
        if self._left < 1:
            return False
        self._left -= 1
        return True

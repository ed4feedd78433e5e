"""The API of the operator's side that is public: whether the game works."""

from __future__ import annotations

from tapstack.admin.health import Health
from tapstack.http.operation import Operation

HEALTH: Operation[None, Health] = Operation(
    "getHealth",
    "GET",
    "/health",
    "Whether the game can serve, and the state of saving; also 200 while degraded",
    answer=Health,
    errors=(429, 503),
    by_address=True,
)

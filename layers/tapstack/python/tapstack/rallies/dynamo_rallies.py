"""Rallies among what players share: an item a rally, with its members, and one a host, with their latest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from tapstack.economy.model import Shared, SharedChange
from tapstack.rallies.model import Rally
from tapstack.rallies.rules import KEPT_MS

if TYPE_CHECKING:
    from tapstack.economy.ports import SharedItems

RUNNING = "rallies"
"""The list of those that are not over, by their end."""

_Fields = Mapping[str, Shared]


class RallyStore:
    """Every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, commons: SharedItems) -> None:
        self.commons = commons

    def get(self, rally_id: str) -> Rally | None:
        found = self.commons.shared([_key(rally_id)]).get(_key(rally_id))
        return _rally(rally_id, found) if found else None

    def latest_of(self, host: str) -> tuple[str, int]:
        """The id and the end (ms) of the rally that a host has begun last; "" and 0 for none."""
        found = self.commons.shared([_host(host)]).get(_host(host), {})
        return cast("str", found.get("rally", "")), cast("int", found.get("ends_at_ms", 0))

    def begin(self, rally: Rally, base: int, before: str) -> bool:
        """Begins a rally, with its host in it; False where it is there, or the host's latest is not `before`."""
        expires_at_s = (rally.ends_at_ms + KEPT_MS) // 1_000
        new: dict[str, Shared] = {
            "host": rally.host,
            "starts_at_ms": rally.starts_at_ms,
            "ends_at_ms": rally.ends_at_ms,
            "state": "open",
            "bases": {rally.host: base},
            "list": RUNNING,
            "sort": f"{rally.ends_at_ms:015d}",
            "expires_at_s": expires_at_s,
        }
        latest: dict[str, Shared] = {
            "rally": rally.id,
            "ends_at_ms": rally.ends_at_ms,
            "expires_at_s": expires_at_s,
        }
        changes = [
            SharedChange(_key(rally.id), put=new, where={"state": None}),
            SharedChange(_host(rally.host), put=latest, where={"rally": before or None}),
        ]
        return self.commons.change(changes)

    def join(self, rally_id: str, player_id: str, base: int) -> bool:
        """Adds a member who is not in it yet; False where that is not so, or it is over."""
        name = f"bases.{player_id}"
        where: dict[str, str | int | None] = {"state": "open", name: None}
        return self.commons.change([SharedChange(_key(rally_id), put={name: base}, where=where, there=("bases",))])

    def end(self, rally: Rally, taps: dict[str, int]) -> bool:
        """Ends a rally for good; False where it is over already."""
        put: dict[str, Shared] = {"state": "over", "taps": taps}
        change = SharedChange(_key(rally.id), put=put, where={"state": "open"}, drop=("list", "sort"))
        return self.commons.change([change])

    def due(self, now_ms: int, limit: int) -> list[str]:
        """Ids of rallies whose time is up, those first that ended first."""
        rows = self.commons.listed(RUNNING, "", "", limit)
        return [key.removeprefix(_key("")) for sort, key in rows if int(sort) <= now_ms]


def _key(rally_id: str) -> str:
    return f"RALLY#{rally_id}"


def _host(player_id: str) -> str:
    return f"RALLYOF#{player_id}"


def _rally(rally_id: str, fields: _Fields) -> Rally:
    return Rally(
        rally_id,
        cast("str", fields["host"]),
        cast("int", fields["starts_at_ms"]),
        cast("int", fields["ends_at_ms"]),
        cast("Mapping[str, int]", fields["bases"]),
        fields["state"] == "over",
        cast("Mapping[str, int]", fields.get("taps", {})),
    )

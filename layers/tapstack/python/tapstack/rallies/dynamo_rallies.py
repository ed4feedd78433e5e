"""Rallies among what players share: an item a rally, with its members, and one a host, with their latest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from sys import maxsize
from typing import TYPE_CHECKING, cast

from tapstack.economy import shared_lists
from tapstack.economy.model import Shared, SharedChange
from tapstack.rallies.model import GroupRally, Rally
from tapstack.rallies.rules import KEPT_MS

if TYPE_CHECKING:
    from tapstack.economy.ports import SharedItems

RUNNING = "rallies"
"""The list of those that are not over, by their end."""

IN_GROUPS = "rallies of groups"
"""The list of groups that are to hear what came of theirs, by its end."""

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
            "sort": shared_lists.sort_of(rally.ends_at_ms),
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

    def due(self, now_ms: int) -> Iterator[str]:
        """Ids of rallies whose time is up, those first that ended first."""
        return (key.removeprefix(_key("")) for _, key in shared_lists.until(self.commons, RUNNING, now_ms))

    def put_off(self, rally_id: str, at_ms: int) -> None:
        """Has a rally that should be over be due at another time."""
        self.commons.change([shared_lists.put_off(_key(rally_id), RUNNING, at_ms)])

    # -- groups --

    def in_group(self, chat_id: int) -> GroupRally | None:
        """The latest rally of a group."""
        found = self.commons.shared([_group(chat_id)]).get(_group(chat_id))
        if found is None:
            return None
        return GroupRally(
            chat_id,
            cast("str", found["rally"]),
            cast("int", found["ends_at_ms"]),
            cast("str", found["language"]),
            cast("int", found.get("message", 0)),
        )

    def place(self, of: GroupRally, before: str) -> bool:
        """Makes a rally a group's; False where its latest is not `before`."""
        put: dict[str, Shared] = {
            "rally": of.rally,
            "ends_at_ms": of.ends_at_ms,
            "language": of.language,
            "message": 0,
            "list": IN_GROUPS,
            "sort": shared_lists.sort_of(of.ends_at_ms),
            "expires_at_s": (of.ends_at_ms + KEPT_MS) // 1_000,
        }
        return self.commons.change([SharedChange(_group(of.chat_id), put=put, where={"rally": before or None})])

    def seen(self, chat_id: int, rally_id: str, message_id: int) -> None:
        """Keeps which message shows a group's rally, the newest one."""
        self.commons.change([SharedChange(_group(chat_id), put={"message": message_id}, where={"rally": rally_id})])

    def groups(self) -> Iterator[tuple[int, int]]:
        """The ends (ms) and groups of rallies that go on, or whose end the group has not heard of, in this order."""
        rows = shared_lists.until(self.commons, IN_GROUPS, maxsize)
        return ((ends_at_ms, int(key.removeprefix(_group("")))) for ends_at_ms, key in rows)

    def put_off_group(self, chat_id: int, at_ms: int) -> None:
        """Has a group come at another time."""
        self.commons.change([shared_lists.put_off(_group(chat_id), IN_GROUPS, at_ms)])

    def told(self, of: GroupRally) -> None:
        """Takes a group that has been told off the list."""
        self.commons.change([SharedChange(_group(of.chat_id), drop=("list", "sort"), where={"rally": of.rally})])


def _key(rally_id: str) -> str:
    return f"RALLY#{rally_id}"


def _host(player_id: str) -> str:
    return f"RALLYOF#{player_id}"


def _group(chat_id: int | str) -> str:
    return f"RALLYIN#{chat_id}"


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

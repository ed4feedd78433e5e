"""Duels among what players share: an item each, which DynamoDB drops some days after.

One with stakes stands in a list, by when something is to be done about it, and is kept until everybody is paid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

import msgspec

from tapstack.duels.model import Duel, State, TalkedDuel
from tapstack.duels.rules import DUEL_MS, KEPT_MS, due_ms, is_to_be_looked_at
from tapstack.economy import shared_lists
from tapstack.economy.model import SharedChange

if TYPE_CHECKING:
    from tapstack.economy.model import Shared
    from tapstack.economy.ports import SharedItems

STAKED = "duels"
"""The list of those whose stakes nobody has got yet."""

TALKED = "duels of the chat"
"""The list of those that were accepted in the chat and are not over, by their end."""

_KEPT = tuple(name for name in Duel.__dataclass_fields__ if name != "id")


class DuelStore:
    """Every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, commons: SharedItems) -> None:
        self.commons = commons

    def get(self, duel_id: str) -> Duel | None:
        found = self.commons.shared([_key(duel_id)]).get(_key(duel_id))
        if found is None:
            return None
        return msgspec.convert({"id": duel_id, **{name: found[name] for name in _KEPT if name in found}}, Duel)

    def offer(self, duel: Duel) -> bool:
        """Adds a duel; False where it is there."""
        return self.commons.change([self.changed(duel, None)])

    def move(self, duel: Duel, before: State) -> bool:
        """Writes a duel that was in a state before; False where it is not any more."""
        return self.commons.change([self.changed(duel, before)])

    def due(self, now_ms: int) -> Iterator[str]:
        """Ids of staked duels about which something is to be done, those first that have waited longest."""
        return (key.removeprefix(_key("")) for _, key in shared_lists.until(self.commons, STAKED, now_ms))

    def put_off(self, duel_id: str, at_ms: int) -> None:
        """Has a staked duel be due at another time."""
        self.commons.change([shared_lists.put_off(_key(duel_id), STAKED, at_ms)])

    def changed(self, duel: Duel, before: State | None) -> SharedChange:
        """A duel's change from a state (None: it is new), as a part of a transaction."""
        put = dict(cast("Mapping[str, Shared]", {name: _plain(getattr(duel, name)) for name in _KEPT}))
        drop: tuple[str, ...] = ()
        if duel.stake and not duel.paid:
            put |= {"list": STAKED, "sort": shared_lists.sort_of(due_ms(duel))}
        else:
            put["expires_at_s"] = (duel.offered_at_ms + KEPT_MS) // 1_000
            drop = ("list", "sort") if duel.stake else ()
        where: dict[str, str | int | None] = {"state": str(before) if before else None}
        return SharedChange(_key(duel.id), put=put, where=where, drop=drop)

    # -- the chat --

    def talk(self, of: TalkedDuel) -> None:
        """Keeps where a duel goes on in the chat; again changes nothing."""
        put: dict[str, Shared] = {
            "host": of.host,
            "ends_at_ms": of.ends_at_ms,
            "language": of.language,
            "chat": of.chat_id,
            "message": of.message_id,
            "list": TALKED,
            "sort": shared_lists.sort_of(of.ends_at_ms),
            "expires_at_s": (of.ends_at_ms + KEPT_MS) // 1_000,
        }
        self.commons.change([SharedChange(_talked(of.duel), put=put, where={"host": None})])

    def talked(self, now_ms: int) -> Iterator[str]:
        """Ids of duels of the chat that have just begun, or should be over, those first that end first."""
        rows = shared_lists.until(self.commons, TALKED, now_ms + DUEL_MS)
        return (key.removeprefix(_talked("")) for ends_at_ms, key in rows if is_to_be_looked_at(ends_at_ms, now_ms))

    def put_off_talked(self, duel_id: str, at_ms: int) -> None:
        """Has a duel of the chat come at another time."""
        self.commons.change([shared_lists.put_off(_talked(duel_id), TALKED, at_ms)])

    def talked_of(self, duel_id: str) -> TalkedDuel | None:
        found = self.commons.shared([_talked(duel_id)]).get(_talked(duel_id))
        if found is None or "list" not in found:
            return None
        return TalkedDuel(
            duel_id,
            cast("str", found["host"]),
            cast("int", found["ends_at_ms"]),
            cast("str", found["language"]),
            cast("int", found["chat"]),
            cast("int", found["message"]),
        )

    def talk_over(self, duel_id: str) -> None:
        """Takes a duel off the list."""
        self.commons.change([SharedChange(_talked(duel_id), drop=("list", "sort"), there=("host",))])


def _key(duel_id: str) -> str:
    return f"DUEL#{duel_id}"


def _talked(duel_id: str) -> str:
    return f"DUELIN#{duel_id}"


def _plain(value: object) -> object:
    return str(value) if isinstance(value, State) else value

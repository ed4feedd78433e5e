"""Duels among what players share: an item each, which DynamoDB drops some days after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import msgspec

from tapstack.duels.model import Duel, State, TalkedDuel
from tapstack.duels.rules import KEPT_MS
from tapstack.economy.model import SharedChange

if TYPE_CHECKING:
    from tapstack.economy.model import Shared
    from tapstack.economy.ports import SharedItems

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
        return msgspec.convert({"id": duel_id, **{name: found[name] for name in _KEPT}}, Duel)

    def offer(self, duel: Duel) -> bool:
        """Adds a duel; False where it is there."""
        return self._put(duel, None)

    def move(self, duel: Duel, before: State) -> bool:
        """Writes a duel that was in a state before; False where it is not any more."""
        return self._put(duel, before)

    def _put(self, duel: Duel, before: State | None) -> bool:
        fields = cast("Mapping[str, Shared]", {name: _plain(getattr(duel, name)) for name in _KEPT})
        expires_at_s = (duel.offered_at_ms + KEPT_MS) // 1_000
        put: dict[str, Shared] = {**fields, "expires_at_s": expires_at_s}
        where: dict[str, str | int | None] = {"state": str(before) if before else None}
        return self.commons.change([SharedChange(_key(duel.id), put=put, where=where)])

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
            "sort": f"{of.ends_at_ms:015d}",
            "expires_at_s": (of.ends_at_ms + KEPT_MS) // 1_000,
        }
        self.commons.change([SharedChange(_talked(of.duel), put=put, where={"host": None})])

    def talked(self, limit: int) -> list[str]:
        """Ids of duels of the chat that are not over, those first that end first."""
        return [key.removeprefix(_talked("")) for _, key in self.commons.listed(TALKED, "", "", limit)]

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

"""Lists of accounts, each from an index: a page costs one query (the list of all players four) and one bulk read."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from pynamodb.indexes import Index

from tapstack.platform.calendar import DAY_MS, GAME_EPOCH_MS
from tapstack.platform.dynamo import available
from tapstack.platform.errors import BadRequest
from tapstack.platform.paging import MAX_PAGE, Cursors, Page
from tapstack.players.dynamo_player_items import SHARDS, shard
from tapstack.players.dynamo_players import PlayerStore
from tapstack.players.dynamo_tables import PlayerItem
from tapstack.players.model import ModerationStatus, Player
from tapstack.players.rules import names
from tapstack.players.rules.identity import username_key

DAYS_A_PAGE = 31
"""Days without newcomers cost four small queries each: a page reads so many, the next page continues."""

Key = tuple[str | int, str]
"""Where a page ended: the index's sort key, and the player's id."""


class PlayerIndex:
    """Searches and lists; recent writes may not be in an index yet. Cursors are opaque."""

    def __init__(self, players: PlayerStore, cursors: Cursors) -> None:
        self.players = players
        self.cursors = cursors
        self.model = players.tables.bind(PlayerItem)
        self.first_day = GAME_EPOCH_MS // DAY_MS

    def search(
        self, start: str, *, by: Literal["name", "username"] = "name", limit: int = 20, cursor: str | None = None
    ) -> Page[Player]:
        """Players whose display name or username starts with some text, in alphabetical order."""
        folded = names.fold(start) if by == "name" else username_key(start)
        if not folded:
            raise BadRequest("a search needs some text", code="validation_failed", field="start")
        scope = ("search", by, folded)
        after = self.cursors.read(cursor, tuple[str, str], *scope) if cursor else None
        if by == "name":
            index: Index[Any] = self.model.by_name
            condition = self.model.name_key.startswith(folded)
        else:
            index, condition = self.model.by_username, self.model.username_key.startswith(folded)
        return self._page(*self._keys(index, names.partition(folded), after, limit, condition=condition), *scope)

    def newest(self, *, limit: int = 20, cursor: str | None = None) -> Page[Player]:
        """All players, the newest first, day by day. A page may be short, or empty, before the last one."""
        day, after = self.players.clock() // DAY_MS, list[Key | None]([None] * SHARDS)
        if cursor:
            day, positions = self.cursors.read(cursor, tuple[int, list[tuple[int, str] | None]], "newest")
            after = list(positions)
        ids: list[str] = []
        for _ in range(DAYS_A_PAGE):
            ids += self._joined_on(day, after, limit - len(ids))
            if len(ids) == limit:
                break
            day, after = day - 1, [None] * SHARDS
            if day < self.first_day:
                return Page(self._players(ids))
        return Page(self._players(ids), self.cursors.sign((day, after), "newest"))

    def _joined_on(self, day: int, after: list[Key | None], limit: int) -> list[str]:
        """Up to `limit` of a day's newcomers, the newest first, after some positions, which it moves on."""
        shards = [
            [
                (key, number)
                for key in self._keys(self.model.by_created, shard(day, number), at, limit, newest_first=True)[0]
            ]
            for number, at in enumerate(after)
        ]
        merged = list(heapq.merge(*shards, key=lambda row: -int(row[0][0])))[:limit]
        for key, number in merged:
            after[number] = key
        return [player_id for (_, player_id), _ in merged]

    def invited_by(self, player_id: str, *, after: tuple[int, str] | None, limit: int) -> list[tuple[int, str]]:
        """When they joined and the ids of players that one has invited, the oldest first, erased ones too."""
        keys, _ = self._keys(self.model.by_referrer, player_id, after, limit)
        return [(int(joined_at_ms), i) for joined_at_ms, i in keys]

    def with_status(self, status: ModerationStatus, *, limit: int = 20, cursor: str | None = None) -> Page[Player]:
        """Players with a moderation status, the latest first; not those whose status is good."""
        scope = ("standing", str(status))
        after = self.cursors.read(cursor, tuple[int, str], *scope) if cursor else None
        return self._page(*self._keys_with_status(status, after, limit), *scope)

    def all_with_status(self, status: ModerationStatus) -> Iterator[Player]:
        """All players with a moderation status, the latest first."""
        after, more = None, True
        while more:
            keys, more = self._keys_with_status(status, after, MAX_PAGE)
            yield from self._players([i for _, i in keys])
            after = keys[-1] if keys else None

    def _keys_with_status(self, status: ModerationStatus, after: Key | None, limit: int) -> tuple[list[Key], bool]:
        return self._keys(self.model.by_standing, str(status), after, limit, newest_first=True)

    def _keys(
        self,
        index: Index[Any],
        partition: str,
        after: Key | None,
        limit: int,
        *,
        condition: Any = None,
        newest_first: bool = False,
    ) -> tuple[list[Key], bool]:
        """Up to `limit` keys of one partition, and whether there may be more."""
        hash_name, range_name = _names(index)
        start = None
        if after:
            kind = "N" if isinstance(after[0], int) else "S"
            start = {"id": {"S": after[1]}, hash_name: {"S": partition}, range_name: {kind: str(after[0])}}
        with available():
            rows: Iterator[PlayerItem] = index.query(
                partition,
                condition,
                limit=limit,
                page_size=limit,
                last_evaluated_key=start,
                scan_index_forward=not newest_first,
            )
            keys = [(_plain(getattr(item, range_name)), item.id) for item in rows]
        return keys, len(keys) == limit

    def _page(self, keys: Sequence[Key], more: bool, *scope: str) -> Page[Player]:
        return Page(self._players([i for _, i in keys]), self.cursors.sign(keys[-1], *scope) if more else None)

    def _players(self, ids: Sequence[str]) -> list[Player]:
        found = self.players.get_many(ids)
        return [found[i] for i in ids if i in found]


def _names(index: Index[Any]) -> tuple[str, str]:
    """An index's own hash and range key."""
    attributes = index.Meta.attributes
    by_role = {attribute.is_hash_key: name for name, attribute in attributes.items()}
    return by_role[True], by_role[False]


def _plain(value: Any) -> str | int:
    return value if isinstance(value, str) else int(value)

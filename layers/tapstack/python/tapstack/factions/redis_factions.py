"""Factions in Redis: whose members have tapped since the boards were made, the boards, and views that are kept a while.

All of it can be made anew from what is stored: `warm` says that it was, since Redis was last lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from redis.exceptions import ResponseError

from tapstack.factions.answers import FactionCard
from tapstack.factions.model import Closing, Standing
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.redis_client import available
from tapstack.play.model import Counter
from tapstack.players.model import Shown

WARM, WARMING = "{factions}:warm", "{factions}:warming"
OF = "{factions}:of"
"""Hash: players' factions."""
CHANGED, TAKEN = "{factions}:changed", "{factions}:taken"
"""Sets: factions whose members have tapped, and those of them that are being counted."""
CARDS = "{factions}:cards"
CLOSING = "{factions}:closing"
WARM_S = 21_600
CLOSING_S = 7 * 86_400
FACE, SAVED = "{factions}:face:", "{factions}:saved:"
SHOWN_MS = 60_000
KEPT_DAYS = {Period.DAY: 3, Period.WEEK: 14, Period.MONTH: 62}


def board_key(period: Period | None, number: int) -> str:
    return f"{{factions}}:board:{period}:{number}" if period else "{factions}:board:all"


def contest_key(week: int, territory: str) -> str:
    return f"{{factions}}:contest:{week}:{territory}"


class RedisFactions:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any) -> None:
        self.client = client

    # -- who has tapped --

    def belongs(self, players: Mapping[str, str]) -> None:
        """Says where players belong now ("": nowhere, and nothing of them is kept); their factions are counted anew."""
        gone = [one for one, faction in players.items() if not faction]
        there = {one: faction for one, faction in players.items() if faction}
        with available():
            pipe = self.client.pipeline(transaction=False)
            if gone:
                pipe.hdel(OF, *gone)
                pipe.delete(*(prefix + one for prefix in (FACE, SAVED) for one in gone))
            if there:
                pipe.hset(OF, mapping=there)
                pipe.sadd(CHANGED, *set(there.values()))
            pipe.execute()

    def tapped(self, player_ids: Sequence[str]) -> None:
        """Notes that players have tapped, most of whom belong to no faction: one round trip, or two."""
        if not player_ids:
            return
        with available():
            found = {faction for faction in self.client.hmget(OF, player_ids) if faction}
            if found:
                self.client.sadd(CHANGED, *found)

    def changed(self, faction_id: str) -> None:
        """Notes that a faction is to be counted anew."""
        with available():
            self.client.sadd(CHANGED, faction_id)

    def take(self) -> list[str]:
        """The factions to count: those that a run has not finished, else all that changed. One caller at a time."""
        with available():
            if not self.client.exists(TAKEN):
                try:
                    self.client.rename(CHANGED, TAKEN)
                except ResponseError:  # there is no such key: nobody has tapped
                    return []
            return sorted(self.client.smembers(TAKEN))

    def finish(self, faction_ids: Iterable[str]) -> None:
        """Says that factions are counted."""
        with available():
            self.client.srem(TAKEN, *faction_ids)

    def warm(self) -> bool:
        """Whether all this knows of all factions."""
        with available():
            return bool(self.client.exists(WARM))

    def warmed(self) -> None:
        with available():
            self.client.set(WARM, "1", ex=WARM_S)
            self.client.delete(WARMING)

    def warming(self) -> str:
        """Up to where all factions were read that this is to know; "" where that begins."""
        with available():
            return self.client.get(WARMING) or ""

    def record_warming(self, after: str) -> None:
        with available():
            self.client.set(WARMING, after, ex=WARM_S)

    # -- closing a week --

    def closing(self) -> Closing | None:
        """How far a week is closed, None where nothing is begun."""
        with available():
            raw = self.client.get(CLOSING)
        try:
            return msgspec.json.decode(raw, type=Closing) if raw else None
        except msgspec.DecodeError:  # another version of this code has written it
            return None

    def record_closing(self, closing: Closing) -> None:
        """Records how far a week is closed."""
        with available():
            self.client.set(CLOSING, msgspec.json.encode(closing).decode(), ex=CLOSING_S)

    def forget_closing(self) -> None:
        """Drops what is recorded: the week is closed, or it has to be begun anew."""
        with available():
            self.client.delete(CLOSING)

    # -- members, as they are shown --

    def faces(self, player_ids: Sequence[str]) -> dict[str, Shown | None]:
        """What is kept of what others see of players, None for those whom nobody sees."""
        found = self._kept(FACE, player_ids)
        return {one: msgspec.json.decode(raw, type=Shown | None) for one, raw in found.items()}

    def keep_faces(self, faces: Mapping[str, Shown | None]) -> None:
        """Keeps what others see of players for a while."""
        self._keep(FACE, faces)

    def saved(self, player_ids: Sequence[str]) -> dict[str, Counter]:
        """What is kept of players' saved counters, without their sessions."""
        return {one: msgspec.json.decode(raw, type=Counter) for one, raw in self._kept(SAVED, player_ids).items()}

    def keep_saved(self, counters: Iterable[Counter]) -> None:
        """Keeps players' saved counters for a while, without their sessions."""
        self._keep(SAVED, {one.player_id: replace(one, sessions={}, newer="", fields={}) for one in counters})

    def _kept(self, prefix: str, player_ids: Sequence[str]) -> dict[str, str]:
        if not player_ids:
            return {}
        with available():
            found = self.client.mget([prefix + one for one in player_ids])
        return {one: raw for one, raw in zip(player_ids, found, strict=True) if raw}

    def _keep(self, prefix: str, values: Mapping[str, Any]) -> None:
        with available():
            pipe = self.client.pipeline(transaction=False)
            for one, value in values.items():
                pipe.set(prefix + one, msgspec.json.encode(value).decode(), px=SHOWN_MS)
            pipe.execute()

    # -- boards --

    def show(
        self,
        card: FactionCard,
        scores: Mapping[tuple[Period | None, int], int],
        contests: Mapping[tuple[int, str], int],
        territories: Iterable[str],
    ) -> None:
        """Puts a faction on its boards and where it contests territories, and off those where it has nothing."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.hset(CARDS, card.id, msgspec.json.encode(card).decode())
            for (period, number), taps in scores.items():
                key = board_key(period, number)
                pipe.zadd(key, {card.id: taps}) if taps else pipe.zrem(key, card.id)
                if period:
                    pipe.pexpire(key, KEPT_DAYS[period] * DAY_MS)
            for week in {week for week, _ in contests} | {n for p, n in scores if p is Period.WEEK}:
                for territory in territories:
                    key, taps = contest_key(week, territory), contests.get((week, territory), 0)
                    pipe.zadd(key, {card.id: taps}) if taps else pipe.zrem(key, card.id)
                    pipe.pexpire(key, KEPT_DAYS[Period.WEEK] * DAY_MS)
            pipe.execute()

    def hide(
        self, faction_id: str, boards: Iterable[tuple[Period | None, int]], contests: Iterable[tuple[int, str]]
    ) -> None:
        """Takes a faction that is no more off everything."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.hdel(CARDS, faction_id)
            pipe.srem(CHANGED, faction_id)
            for period, number in boards:
                pipe.zrem(board_key(period, number), faction_id)
            for week, territory in contests:
                pipe.zrem(contest_key(week, territory), faction_id)
            pipe.execute()

    def top(self, period: Period | None, number: int, count: int) -> list[Standing]:
        """The best of a board."""
        with available():
            rows = self.client.zrevrange(board_key(period, number), 0, count - 1, withscores=True)
        return [Standing(faction_id, int(taps)) for faction_id, taps in rows]

    def place(self, period: Period | None, number: int, faction_id: str) -> tuple[int, int] | None:
        """A faction's rank on a board and its taps, None where it is not there."""
        key = board_key(period, number)
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.zscore(key, faction_id)
            pipe.zrevrank(key, faction_id)
            score, rank = pipe.execute()
        return (int(rank) + 1, int(score)) if score is not None and rank is not None else None

    def contests(self, week: int, territories: Sequence[str], count: int) -> dict[str, list[Standing]]:
        """The first of each territory's contest in a week."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for territory in territories:
                pipe.zrevrange(contest_key(week, territory), 0, count - 1, withscores=True)
            found = pipe.execute()
        return {
            territory: [Standing(faction_id, int(taps)) for faction_id, taps in rows]
            for territory, rows in zip(territories, found, strict=True)
        }

    def cards(self, faction_ids: Sequence[str]) -> dict[str, FactionCard]:
        """What is shown of factions."""
        if not faction_ids:
            return {}
        with available():
            found = self.client.hmget(CARDS, faction_ids)
        return {
            one: msgspec.json.decode(raw, type=FactionCard) for one, raw in zip(faction_ids, found, strict=True) if raw
        }

"""Test players in any number: whole accounts with counts, on the boards, written in batches by several threads."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tapstack.platform.batches import batches
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.dynamo import put_all
from tapstack.play.model import Counter
from tapstack.play.rules.periods import Periods
from tapstack.players.dynamo_player_items import to_item
from tapstack.players.dynamo_tables import PlayerItem, UniqueItem
from tapstack.players.model import Player

if TYPE_CHECKING:
    from tapstack.platform.dynamo_tables import Tables
    from tapstack.ports import Stores

TELEGRAM_IDS_FROM = 2**51
"""Above all of Telegram's own, which have 52 bits at most and are far from it."""

THREADS = 8
PLAYERS_A_BATCH = 25
BATCHES_AT_ONCE = 40

_CONSONANTS = "bcdfghjklmnprstvz"
_VOWELS = "aeiou"


def seed(stores: Stores, tables: Tables, count: int, done: Callable[[int], None] = lambda _: None) -> int:
    """Makes so many test players, who are like any other but play no further; `done` hears how many more are there."""
    with ThreadPoolExecutor(THREADS) as pool:
        for group in batches(list(batches(range(count), PLAYERS_A_BATCH)), BATCHES_AT_ONCE):
            for counters in pool.map(lambda numbers: _write(stores, tables, len(numbers)), group):
                stores.saving.restore(counters)
                stores.period_boards.rank(counters, stores.clock())
                done(len(counters))
    return count


def _write(stores: Stores, tables: Tables, count: int) -> list[Counter]:
    """One batch, written: the values that only one player may hold first, as everybody else does it."""
    made = list(_invent(stores.clock(), count))
    uniques = [
        tables.bind(UniqueItem)(key, player_id=player.id)
        for player, _ in made
        for key in (
            f"tg#{player.telegram_id}",
            f"ref#{player.ref_code}",
            *((f"name#{player.username.lower()}",) if player.username else ()),
        )
    ]
    for batch in batches(uniques, PLAYERS_A_BATCH):
        put_all(tables.connection, batch)
    put_all(tables.connection, [to_item(tables.bind(PlayerItem), player) for player, _ in made])
    counters = [counter for _, counter in made]
    stores.counters.put(counters)
    return counters


def _invent(now_ms: int, count: int) -> Iterator[tuple[Player, Counter]]:
    chance = random.Random()  # noqa: S311
    for _ in range(count):
        player_id = secrets.token_hex(8)
        first, last = _name(chance, 2), _name(chance, 3)
        player = Player(
            id=player_id,
            telegram_id=TELEGRAM_IDS_FROM + secrets.randbits(50),
            username=f"{first}_{player_id[:10]}" if chance.random() < 0.5 else None,
            display_name=f"{first} {last}",
            ref_code=f"t{secrets.token_hex(6)}",
            language=chance.choice(("en", "ru", "es")),
            created_at_ms=now_ms - chance.randrange(90 * DAY_MS),
        )
        clicks = int(chance.paretovariate(0.7) * 10) % 5_000_000
        bases = (clicks * 9 // 10, clicks * 7 // 10, clicks // 2)
        yield player, Counter(player_id, clicks, 0, now_ms, {}, Periods(now_ms // DAY_MS, bases))


def _name(chance: random.Random, syllables: int) -> str:
    """Something that can be said, as varied as names are."""
    return "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(syllables)).title()

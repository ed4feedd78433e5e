"""Test players in any number: whole accounts with counts, on the boards, written in batches by several threads."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tapstack.platform.batches import batches
from tapstack.platform.calendar import DAY_MS
from tapstack.play.model import Counter
from tapstack.play.rules.periods import Periods
from tapstack.players.model import Player

if TYPE_CHECKING:
    from tapstack.admin.ports import SeedPorts

TELEGRAM_IDS_FROM = 2**51
"""Above all of Telegram's own, which have 52 bits at most and are far from it."""

THREADS = 8
PLAYERS_A_BATCH = 25
BATCHES_AT_ONCE = 40

_CONSONANTS = "bcdfghjklmnprstvz"
_VOWELS = "aeiou"


def seed(ports: SeedPorts, count: int, done: Callable[[int], None] = lambda _: None) -> int:
    """Makes so many test players, who are like any other but never play; `done` is called with the number just made."""
    with ThreadPoolExecutor(THREADS) as pool:
        for group in batches(list(batches(range(count), PLAYERS_A_BATCH)), BATCHES_AT_ONCE):
            for counters in pool.map(lambda numbers: _write(ports, len(numbers)), group):
                ports.saving.restore(counters)
                ports.period_boards.rank(counters, ports.clock())
                done(len(counters))
    return count


def _write(ports: SeedPorts, count: int) -> list[Counter]:
    """Makes and stores one batch."""
    made = list(_invent(ports.clock(), count))
    ports.seeded_accounts.put([player for player, _ in made])
    counters = [counter for _, counter in made]
    ports.counters.put(counters)
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

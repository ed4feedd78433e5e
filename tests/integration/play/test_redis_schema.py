"""The documented fields of the hashes are those that the scripts write: none is missing, none is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.game import Game
from support.racing import ManualClock
from support.state import warm
from tapstack.platform import redis_scripts
from tapstack.play import redis_keys as keys
from tapstack.play.chat_taps import chat_session
from tapstack.play.model import CountedUpdate, Counter, SessionState
from tapstack.play.redis_schema import META, PLAYER, is_known
from tapstack.play.rules.periods import Periods
from tapstack.players.rules.identity import bucket_of, session_key

PACKAGES = Path(redis_scripts.__file__).parents[1]
SCRIPTS = [path.read_text() for path in PACKAGES.glob("*/lua/*.lua") if path.parents[1].name != "live"]
"""All but those of rooms, who have a hash of facts of their own."""
WRITE = re.compile(r"redis\.call\('(?:HSET|HSETNX|HINCRBY)',\s*(player|meta),\s*((?:[^()]|\([^()]*\))*)\)")
FROM_PYTHON = {"o_clicks", "o_players", "o_active", "version", "flush", "rebuilder"}
"""Fields of a bucket that the stores write without a script."""


def general(field: str) -> str:
    """A field without the session that it is of."""
    return f"{field[:2]}*" if field[1:2] == ":" else field


def written(arguments: str) -> set[str]:
    """The names of fields among the arguments of a write: every other one, up to the ternary of begin_sync.lua."""
    names = re.findall(r"(?:^|,)\s*(?:\w+ == 0 and )?'([a-z][\w:]*)'(?: or '(\w+)')?", arguments)
    return {general(name) for pair in names for name in pair if name}


def fields_of(key: str) -> set[str]:
    return {name for text in SCRIPTS for found in WRITE.findall(text) if found[0] == key
            for name in written(found[1])}  # fmt: skip


def test_scripts_name_the_documented_fields_of_a_player() -> None:
    assert fields_of("player") == set(PLAYER)


def test_scripts_name_the_documented_fields_of_a_bucket() -> None:
    assert fields_of("meta") | FROM_PYTHON == set(META)


@pytest.fixture
def seen(timed_game: Game, clock: ManualClock) -> tuple[set[str], set[str]]:
    """The fields that a player's and a bucket's hash have in the course of every kind of play."""
    ports = timed_game.stores
    player: set[str] = set()
    meta: set[str] = set()

    def look() -> None:
        for key in ports.redis.scan_iter("{b*}:*"):
            if ":p:" in key:
                player.update(map(general, ports.redis.hkeys(key)))
            elif key.endswith(":meta"):
                meta.update(ports.redis.hkeys(key))

    ada = timed_game.sign_in(1)
    look()
    ada.tap(1)
    warm(timed_game)
    ada.tap(3)
    ada.beat()
    ports.play.open_session(ada.id, chat_session(ada.id), start_from=0)
    ports.play.record_tap_callback(ada.id, chat_session(ada.id), 7)
    clock.advance(86_400)
    ada.tap(5)
    look()
    assert ports.play.end_session(ada.id, session_key(ada.session_id))
    look()
    timed_game.run("sync")
    timed_game.run("cleanup")
    look()
    hidden = "a" * 16
    ports.redis.sadd(keys.HIDDEN[bucket_of(hidden, ports.settings.play.buckets)], hidden)
    counter = Counter(
        hidden,
        clicks=9,
        last_tap_at_ms=clock(),
        sessions={"s": SessionState(9, clock())},
        periods=Periods(clock() // 86_400_000, (0, 0, 0)),
        counted_update=CountedUpdate(7, clock()),
        newer='{"v":9}',
    )
    ports.play.load(counter)
    ports.saving.begin_recovery(range(ports.settings.play.buckets), "token")
    look()
    return player, meta


def test_play_fills_the_documented_fields_and_no_others(seen: tuple[set[str], set[str]]) -> None:
    player, meta = seen
    assert player == set(PLAYER)
    assert meta == set(META)
    assert all(is_known(name.replace("*", "session")) for name in player)


def test_field_that_nobody_documents_is_unknown() -> None:
    assert not is_known("coins")
    assert not is_known("d:session")

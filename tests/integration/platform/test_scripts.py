"""The scripts keep the domain's formulas, one bucket a call, and survive a server that has forgotten them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support.economy import op_at
from support.fakes.heists import provided
from support.game import Game, TestContainer
from support.racing import ManualClock
from support.state import bucket, items
from tapstack.economy.commands import Settle
from tapstack.economy.completion import complete_due
from tapstack.economy.performing import perform
from tapstack.live.model import Posting
from tapstack.moderation import status as moderation
from tapstack.platform import redis_scripts
from tapstack.platform.calendar import GAME_EPOCH_MS
from tapstack.play import redis_keys as keys
from tapstack.play.model import Counter, SessionState, TapResult
from tapstack.play.rules.score import clicks_of, score_of
from tapstack.players.model import ModerationStatus
from tapstack.players.rules.identity import session_key
from tapstack.privacy.erasure import erase

PLAYER, SESSION = "0123456789abcdef", "s"
TIMES_MS = [
    GAME_EPOCH_MS + 365 * 86_400_000,
    1_800_000_000_000,
    1_800_000_000_001,
    1_999_999_999_999,
    3_000_000_000_123,
]
CLICKS = [0, 1, 2, 999, 1_000_000, 999_999_999, 1_000_000_000, 2**40]


@pytest.mark.parametrize("clicks", CLICKS)
def test_score_in_scripts_is_the_domains_to_the_bit(timed_game: Game, clock: ManualClock, clicks: int) -> None:
    stores = timed_game.stores
    for at_ms in TIMES_MS:
        stores.redis.flushall()
        stores.saving.restore([Counter(PLAYER, clicks=clicks, last_tap_at_ms=at_ms)])
        assert stores.all_time_board.score(PLAYER) == score_of(clicks, at_ms)
        stores.redis.flushall()
        clock.now_ms = at_ms
        counter = Counter(PLAYER, clicks, last_tap_at_ms=at_ms, sessions={SESSION: SessionState(0, 1)})
        stores.play.load(counter)
        assert stores.all_time_board.score(PLAYER) == score_of(clicks, at_ms)
        clock.now_ms = at_ms + 60_000
        tapped = stores.play.record_taps(PLAYER, SESSION, 3)
        assert isinstance(tapped, TapResult)
        assert tapped.accepted == 3
        score = stores.all_time_board.score(PLAYER)
        assert score is not None
        assert score == score_of(clicks + 3, clock())
        assert clicks_of(score) == clicks + 3
        assert stores.play.clicks_of([PLAYER]) == {PLAYER: clicks + 3}


def test_keys_of_every_script_call_share_a_hash_tag(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a cluster refuses the call: found here, and not on AWS."""
    calls: list[tuple[str, list[str]]] = []
    real = redis_scripts.run

    def run(client: Any, name: str, script_keys: list[str], args: list[Any]) -> Any:
        calls.append((name, script_keys))
        return real(client, name, script_keys, args)

    monkeypatch.setattr(redis_scripts, "run", run)
    ada = game.sign_in(1)
    ada.tap(3)
    ada.beat()
    game.run("sync")
    ada.leave()
    game.run("cleanup")
    game.stores.redis.flushall()
    game.run("sync")
    perform(game.stores, ada.id, op_at(game.stores.clock()), Settle())
    complete_due(game.stores)
    moderation.set_status(game.stores, ada.id, ModerationStatus.SHADOW)
    game.stores.live_admin.adjust(ada.id, 1)
    game.stores.live_admin.repair(ada.id, 4, 1)
    erase(game.stores, ada.id)
    outbox = game.stores.outbox
    outbox.put_once("greeting", {"method": "sendMessage", "chat_id": 1})
    outbox.show("home", {"method": "sendMessage", "chat_id": 1})
    for taken in outbox.take("sender")[0]:
        outbox.ack(taken, sent=True)
    outbox.spend(1)
    outbox.go_idle("sender")
    call_rooms(game.stores, ada.id)
    call_heists(game.stores, ada.id)
    layer = Path(redis_scripts.__file__).parents[1]
    names = {f"{path.parents[1].name}/{path.stem}" for path in layer.glob("*/lua/*.lua")}
    for_one_node = {"leaderboards/own_rank", "players/kept_account"}  # which no cluster is asked
    assert {name for name, _ in calls} == names - for_one_node
    for name, script_keys in calls:
        tags = {re.match(r"\{([^{}]+)\}:", key) for key in script_keys}
        assert len(script_keys) == 1 or (None not in tags and len({m[1] for m in tags if m}) == 1), (name, script_keys)


def call_rooms(ports: TestContainer, player_id: str) -> None:
    """Whatever is asked of a room, and of a player's connections."""
    ports.connections.connect(player_id, "c")
    ports.rooms.enter("lobby:main", player_id, "c", "", 0)
    ports.rooms.append("lobby:main", Posting(b"{}", player_id, "op"))
    ports.rooms.take("lobby:main")
    ports.rooms.remove("lobby:main", author=player_id)


def call_heists(ports: TestContainer, player_id: str) -> None:
    """Whatever is asked of a heist."""
    heist = provided()
    ports.live_heists.load(heist, {})
    ports.live_heists.answer(heist.id, player_id, "op", "digest", right=True)
    ports.live_heists.close(heist.id)


def test_server_that_has_forgotten_the_scripts_is_taught_again(game: Game) -> None:
    ada = game.sign_in(1)
    ada.tap(3)
    game.stores.redis.script_flush()
    assert ada.tap(5).body["clicks"] == 5


def test_clicks_board_total_and_saved_item_agree(game: Game) -> None:
    ada = game.sign_in(1)
    for n in (3, 3, 1, 9, 20):
        ada.tap(n)
    game.run("sync")
    r, b = game.stores.redis, bucket(ada)
    assert r.hget(keys.player(b, ada.id), "c") == "20"
    assert r.hget(keys.player(b, ada.id), f"w:{session_key(ada.session_id)}") == "20"
    assert r.hget(keys.META[b], "total") == "20"
    assert int(r.zscore(keys.SCORES[b], ada.id)) == 20
    assert items(game, "counters")[0]["clicks"] == "20"

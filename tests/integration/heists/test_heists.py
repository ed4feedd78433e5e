"""A heist of the whole game, from its start to its shares, over HTTP and real stores."""

from __future__ import annotations

from typing import Any

from support.economy import op_at
from support.game import Answer, Game, Player
from support.racing import ManualClock
from tapstack.heists import keeping, opening, pools, rules
from tapstack.heists.model import Heist, Kept, Winner
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.clock import system_clock

HOUR_MS = 3_600_000


def at_start(clock: ManualClock, kind: str = "trivia") -> str:
    """Turns the clock to the next heist of a kind; returns its id."""
    coming = rules.slots(pools.data().schedule, clock() + 1, clock() + 8 * DAY_MS)
    slot = next(one for one in coming if one.planned.kind == kind)
    clock.now_ms = slot.starts_ms
    return slot.id


def heists(player: Player) -> dict[str, Any]:
    answer = player.game.call("crews", "GET", "/heists", headers=player.headers)
    assert answer.status == 200, answer
    return dict(answer.body)


def say(player: Player, heist: str, text: str, op: str) -> Answer:
    body = {"op": op, "answer": text}
    return player.game.call(
        "crews", "POST", "/heists/{heist}/answer", body, headers=player.headers, places={"heist": heist}
    )


def claim(player: Player, heist: str) -> Answer:
    return player.game.call("crews", "POST", "/heists/{heist}/claim", headers=player.headers, places={"heist": heist})


def stored(game: Game, heist: str) -> Heist:
    found = game.stores.heists.get(heist)
    assert found
    return found.heist


def test_trivia_from_its_start_to_its_shares(timed_game: Game, clock: ManualClock) -> None:
    heist = at_start(clock)
    players = [timed_game.sign_in(n) for n in (1, 2, 3)]
    ada, bob, eve = players
    view = heists(ada)["running"]
    assert (view["id"], view["kind"], len(view["question"]["options"])) == (heist, "trivia", 4)
    question = stored(timed_game, heist).asked
    right = question.answer.ru
    wrong = next(one.en for one in question.options if one != question.answer)
    assert say(bob, heist, wrong, op_at(clock())).body == {"right": False, "rank": None, "tries_left": 0}
    op = op_at(clock())
    first = say(ada, heist, right.upper(), op)
    assert first.body == {"right": True, "rank": 1, "tries_left": 0}
    assert say(ada, heist, right.upper(), op).body == first.body
    assert say(ada, heist, right, op_at(clock())).body["error"]["code"] == "heist_answered"
    assert say(bob, heist, right, op_at(clock())).body["error"]["code"] == "no_tries_left"
    assert claim(ada, heist).body["error"]["code"] == "too_early"
    clock.now_ms = stored(timed_game, heist).ends_ms
    assert say(eve, heist, right, op_at(clock())).body["error"]["code"] == "heist_over"
    past = heists(ada)["past"][0]
    pool = 2 * stored(timed_game, heist).prize.each
    assert (past["id"], past["players"], past["pool"]) == (heist, 2, pool)
    assert past["answer"] == {"en": question.answer.en, "ru": question.answer.ru}
    shares = [claim(one, heist) for one in (ada, bob)]
    assert sum(one.body["coins"] for one in shares) == pool
    assert shares[0].body["coins"] == past["share"] > shares[1].body["coins"] > 0
    assert [claim(one, heist).body for one in (ada, bob)] == [one.body for one in shares]
    assert claim(eve, heist).body["error"]["code"] == "no_share"
    assert heists(ada)["past"][0]["claimed"]


def test_heist_that_nobody_closed_for_days_is_closed_and_pays_who_was_first(
    timed_game: Game, clock: ManualClock
) -> None:
    now_ms = system_clock()  # by which Redis lets keys expire
    clock.now_ms = now_ms
    ada, stores = timed_game.sign_in(1), timed_game.stores
    slot = rules.slots(pools.data().schedule, now_ms - 50 * HOUR_MS, now_ms - 26 * HOUR_MS)[-1]
    clock.now_ms = slot.starts_ms
    assert opening.begin_due(stores)
    assert stores.heists.keep_place(slot.id, 1, Winner(player=ada.id, op="op", sum="sum")) is Kept.NEW
    clock.now_ms = now_ms  # the game was down meanwhile
    assert stores.redis.keys(f"{{heist:{slot.id}}}:*") == []
    assert claim(ada, slot.id).body["coins"] > 0
    keeping.keep(stores)
    assert slot.id not in stores.heists.open_until()

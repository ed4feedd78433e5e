"""Goals over real stores: claims in races and cut short, what they cost, and what is left after a loss."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
import pytest
from support.calls import assert_refused
from support.counting import counted
from support.dynamo_stores import DynamoStores
from support.economy import op_at
from support.economy_faults import TIMES, FaultyCalls, assert_sound, insist
from support.economy_players import give_taps
from support.game import Game, Player, TestContainer
from support.racing import ManualClock, race
from tapstack.economy import commands, verification
from tapstack.economy.catalogue.built_in import built_in
from tapstack.economy.deciding import Chance, decide
from tapstack.economy.dynamo_audit import EconomyAuditStore
from tapstack.economy.dynamo_wallets import WalletStore
from tapstack.economy.model import Entry, Goals
from tapstack.economy.performing import carry_out, perform, whole
from tapstack.economy.rules.rebuilding import rebuilt
from tapstack.goals import claims
from tapstack.goals.answers import Claimable
from tapstack.goals.reading import GoalsReader
from tapstack.goals.redis_keys import holders
from tapstack.league.model import Division, League, Moved, Placing, Seat
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.privacy.export import export

FIRST = "c#ach#taps#1"


@pytest.fixture
def stores(timed_game: Game) -> TestContainer:
    return timed_game.stores


@pytest.fixture
def ada(timed_game: Game) -> Player:
    """A player with 200 paid taps, who tapped a moment ago."""
    player = timed_game.sign_in(1)
    player.tap(20)
    give_taps(timed_game.stores, player.id, 200)
    return player


def place(stores: TestContainer, player_id: str, rank: int) -> str:
    """Seats a player in this week's league who came in at a rank last week; returns the cause of the prize."""
    week = Period.WEEK.number_at(stores.clock())
    league, seat = League(week, "plan", 1), Seat(0, 1)
    division = Division(seat, {player_id: Moved.STAYED}, placed={player_id: Placing(1, rank)})
    stores.league.put_all(league, [division])
    stores.league.publish(league)
    stores.live_league.put_seats(week, {player_id: seat})
    stores.live_league.show(league)
    return f"c#lea#{Period.WEEK.label(week - 1)}"


def test_32_threads_that_claim_one_cause_have_one_effect_and_32_equal_answers(
    stores: TestContainer, ada: Player
) -> None:
    perform(stores, ada.id, op_at(stores.clock()), commands.Settle())
    before = whole(stores, ada.id).holdings
    done = race(32, lambda _: claims.claim(stores, ada.id, FIRST))
    assert {msgspec.json.encode(entry) for entry in done} == {msgspec.json.encode(done[0])}
    after = whole(stores, ada.id).holdings
    assert (after.wallet.seq, after.wallet.coin) == (before.wallet.seq + 1, before.wallet.coin + 50)
    assert after.goals.achieved == {"taps": 1}
    assert verification.faults_of(stores, ada.id) == []


def test_claims_and_check_ins_that_are_killed_lost_or_in_conflict_pay_once(
    stores: TestContainer, ada: Player, clock: ManualClock
) -> None:
    faults = {"conflict": 30, "lost after": 15, "lost before": 15, "killed after": 15, "killed before": 15}
    real, claimed, days = stores.tables.client, [FIRST, "c#ach#coins#1"], 3 * TIMES
    stores.tables.client = faulty = FaultyCalls(real, faults)
    for day in range(days):
        give_taps(stores, ada.id, 200 + 600 * (day + 1))
        op = op_at(stores.clock())
        asked: list[Callable[[], Entry]] = [
            lambda: perform(stores, ada.id, op, commands.CheckIn(), pause=lambda _: None),  # noqa: B023
            *(partial(claims.claim, stores, ada.id, cause) for cause in (claimed if day == 0 else ())),
        ]
        for ask in asked:
            first = insist(ask)
            assert insist(ask) == first
        clock.now_ms += DAY_MS
    stores.tables.client = real
    held = whole(stores, ada.id).holdings
    assert (held.goals.best, held.goals.achieved) == (days, {"taps": 1, "coins": 1})
    entries = list(stores.wallets.entries(ada.id))
    assert sorted(one.cause for one in entries if one.kind == "claim") == sorted(claimed)
    assert faulty.met
    assert_sound(held.wallet, entries)


BEFORE, AFTER = "c#mis#2020-01-01#day_taps", "c#mis#2120-01-01#day_taps"


def test_claim_of_what_is_not_there_not_done_or_over_is_refused_with_a_code_and_changes_nothing(
    timed_game: Game, stores: TestContainer, ada: Player
) -> None:
    perform(stores, ada.id, op_at(stores.clock()), commands.Settle())
    claims.claim(stores, ada.id, FIRST)
    before = whole(stores, ada.id).holdings.wallet
    op, season = op_at(stores.clock()), built_in().seasons[0].id
    last_week = f"c#lea#{Period.WEEK.label(Period.WEEK.number_at(stores.clock()) - 1)}"
    for path, body, status, code in [
        *[("/claims", {"cause": cause}, 409, "too_early") for cause in ("c#ach#taps#3", AFTER, f"c#sea#{season}#30")],
        *[("/claims", {"cause": cause}, 409, "period_over") for cause in (BEFORE, "c#chest#2020-W01")],
        *[("/claims", {"cause": f"c#{name}"}, 404, "unknown_cause") for name in ("ach#gone#1", "ach#taps#99", "ref#1")],
        *[
            ("/claims", {"cause": cause}, 400, "validation_failed")
            for cause in ("", "taps", "c#ach#" + "x" * 99, 7, None)
        ],
        ("/claims", {"cause": last_week, "tier": "diamond", "rank": 1}, 409, "too_early"),
        ("/missions/reroll", {"op": op, "cause": FIRST}, 404, "unknown_cause"),
        ("/missions/reroll", {"op": op, "cause": BEFORE}, 409, "period_over"),
        ("/economy/checkin", {}, 400, "validation_failed"),
        ("/economy/zone", {"op": op, "zone": "Mars/Base"}, 400, "zone_unknown"),
        ("/economy/zone", {"op": op, "zone": "../../etc/passwd"}, 400, "validation_failed"),
    ]:
        stores.redis.delete(*stores.redis.keys("*limit*") or ["none"])
        assert_refused(timed_game.call("economy", "POST", path, body, headers=ada.headers), status, code)
    assert whole(stores, ada.id).holdings.wallet == before


def test_progress_is_one_query_and_one_round_trip_to_redis_and_a_claim_one_of_each_and_a_transaction(
    timed_game: Game, stores: TestContainer, ada: Player
) -> None:
    reader = GoalsReader()
    perform(stores, ada.id, op_at(stores.clock()), commands.Settle())
    reader.progress(stores, ada.id)  # reads what all players share
    with counted(timed_game) as work:
        reader.progress(stores, ada.id)
    assert (work.round_trips["redis"], work.aws_calls) == (1, {"Query": 1})
    assert work.growing == []
    with counted(timed_game) as work:
        perform(stores, ada.id, op_at(stores.clock()), commands.CheckIn())
    # the second round trip shows what has grown on the boards by metric
    assert (work.round_trips["redis"], work.aws_calls) == (2, {"Query": 1, "TransactWriteItems": 1})
    with counted(timed_game) as work:
        claims.claim(stores, ada.id, FIRST)
    # the third counts who has the achievement; nobody waits for it in vain
    assert (work.round_trips["redis"], work.aws_calls) == (3, {"Query": 1, "TransactWriteItems": 1})
    place(stores, ada.id, 1)
    with counted(timed_game) as work:
        reader.progress(stores, ada.id)
    assert (work.round_trips["redis"], work.aws_calls) == (1, {"Query": 1, "GetItem": 1})


def test_a_prize_of_the_league_is_paid_once_for_the_place_in_the_closed_table(
    stores: TestContainer, ada: Player
) -> None:
    cause = place(stores, ada.id, 2)
    seen = GoalsReader().progress(stores, ada.id).league
    assert seen and (seen.cause, seen.tier, seen.rank, seen.reward.coin) == (cause, "silver", 2, 250)
    first = claims.claim(stores, ada.id, cause)
    assert claims.claim(stores, ada.id, cause) == first
    assert GoalsReader().progress(stores, ada.id).league is None
    assert whole(stores, ada.id).holdings.wallet.coin == 200 + 250


def test_rarity_comes_back_after_a_lost_redis_and_a_process_that_died_after_its_commit(
    stores: TestContainer, ada: Player
) -> None:
    carry_out(stores, ada.id, FIRST, commands.Claim(cause=FIRST))  # and dies before it counts the holder
    assert stores.redis.pfcount(holders("taps", 1)) == 0

    def permille() -> int | None:
        seen = GoalsReader().progress(stores, ada.id).achievements
        return next(one for one in seen if one.achievement == "taps").tiers[0].permille

    permille()
    assert permille() == 1_000
    stores.redis.flushall()
    give_taps(stores, ada.id, 200)
    GoalsReader().progress(stores, ada.id)
    assert stores.redis.pfcount(holders("taps", 1)) == 1


def test_the_journal_gives_lost_goals_back(stores: TestContainer, ada: Player) -> None:
    claims.claim(stores, ada.id, FIRST)
    perform(stores, ada.id, op_at(stores.clock()), commands.CheckIn())
    goals = whole(stores, ada.id).holdings.goals
    assert (goals.streak, goals.achieved) == (1, {"taps": 1})
    table, key = stores.settings.tables.holdings, {"player_id": {"S": ada.id}, "part": {"S": "G"}}
    stores.tables.client.call("DeleteItem", {"TableName": table, "Key": key})
    assert [fault.what for fault in verification.faults_of(stores, ada.id)] == ["what this player has can't be read"]
    EconomyAuditStore(stores.tables).restore(rebuilt(ada.id, _entries(stores, ada.id)))
    assert whole(stores, ada.id).holdings.goals == goals
    assert verification.faults_of(stores, ada.id) == []
    assert claims.claim(stores, ada.id, FIRST).seq == 1


def _entries(stores: TestContainer, player_id: str) -> list[Any]:
    return sorted(stores.wallets.entries(player_id), key=lambda entry: entry.seq)


def test_goals_are_a_part_of_the_export_and_go_with_an_erasure(stores: TestContainer, ada: Player) -> None:
    claims.claim(stores, ada.id, FIRST)
    perform(stores, ada.id, op_at(stores.clock()), commands.SetZone(zone="Europe/Lisbon"))
    seen = export(stores, ada.id)["economy"]["goals"]
    assert (seen["zone"], seen["achieved"]) == ("Europe/Lisbon", {"taps": 1})
    stores.wallets.delete(ada.id)
    assert whole(stores, ada.id).holdings.goals == Goals()


def test_an_inviter_finds_the_reward_in_their_mail(timed_game: Game, stores: TestContainer) -> None:
    ada = timed_game.sign_in(1)
    code = stores.players.get(ada.id).ref_code
    bob = timed_game.sign_in(2, start_param=f"ref_{code}")
    carol = timed_game.sign_in(3, start_param=f"ref_{stores.players.get(bob.id).ref_code}")
    for player in (bob, carol):
        give_taps(stores, player.id, 160)
        for _ in range(2):
            perform(stores, player.id, op_at(stores.clock()), commands.Settle())
    reward = stores.catalogues.current().referral.reward
    perform(stores, ada.id, op_at(stores.clock()), commands.Settle())
    held = whole(stores, ada.id).holdings
    assert held.wallet.coin == reward.coin  # for Bob; nothing for Carol, whom Bob has invited
    assert held.wallet.tallies["friends"].total == 1
    assert len(whole(stores, bob.id).holdings.mails) == 1


def test_goals_are_stored_and_read_and_what_a_newer_release_has_added_stays(dynamo_stores: DynamoStores) -> None:
    wallets, now_ms = WalletStore(dynamo_stores.tables), ManualClock()()
    for step, zone in enumerate(("Asia/Tokyo", "Europe/Lisbon")):
        read = wallets.read("ada")
        assert read is not None
        at_ms = now_ms + step * 8 * 86_400_000
        outcome = decide(read.holdings, built_in(), commands.SetZone(zone=zone), f"o#{step}", at_ms, Chance(b""))
        wallets.write(read, outcome, {})
        found = wallets.read("ada")
        assert found is not None
        assert (found.holdings.goals.zone, found.holdings.goals) == (zone, outcome.goals)
        if step == 0:
            body = {**msgspec.to_builtins(outcome.goals), "later": 7}
            dynamo_stores.tables.client.call(
                "UpdateItem",
                {
                    "TableName": dynamo_stores.tables.name_of("holdings"),
                    "Key": {"player_id": {"S": "ada"}, "part": {"S": "G"}},
                    "UpdateExpression": "SET body = :body",
                    "ExpressionAttributeValues": {":body": {"S": msgspec.json.encode(body).decode()}},
                },
            )
    last = wallets.read("ada")
    assert last is not None
    assert last.newer_goals == {"later": 7}


def test_what_is_shown_as_ready_can_be_claimed_over_http(timed_game: Game, ada: Player) -> None:
    def call(method: str, path: str, **body: Any) -> Any:
        timed_game.stores.redis.delete(*timed_game.stores.redis.keys("*limit*") or ["none"])
        answer = timed_game.call("economy", method, path, body or None, headers=ada.headers)
        assert answer.status == 200, answer
        return answer.body

    seen = call("GET", "/progress")
    ready = [t["cause"] for a in seen["achievements"] for t in a["tiers"] if t["state"] == Claimable.READY]
    ready += [m["cause"] for m in (*seen["day"]["missions"], *seen["week"]["missions"]) if m["state"] == "ready"]
    ready += [step["cause"] for step in (seen["season"] or {"steps": []})["steps"] if step["state"] == "ready"]
    assert FIRST in ready
    assert seen["ready"] == len(ready) + 1
    assert call("POST", "/economy/checkin", op=op_at(timed_game.stores.clock()))["streak"] == 1
    for cause in ready:
        assert call("POST", "/claims", cause=cause)["cause"] == cause

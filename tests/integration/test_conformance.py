"""What unit tests play on keeps the same promises as what the game runs on: one suite, both stores."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from support.fakes.ports import MemoryPorts
from support.game import Game
from support.racing import ManualClock
from tapstack.groups.model import GroupBoard, Panel, SavedShare, Share
from tapstack.inbox.model import Inbox, Kind, Notice
from tapstack.inbox.rules import KEPT_MS, MOST_PEOPLE
from tapstack.leaderboards.model import Board, BoardId, BoardMetric, MetricScore, Neighbours, Top
from tapstack.platform.calendar import Period
from tapstack.platform.errors import Conflict, NotFound, SessionEnded
from tapstack.play.model import Counter, EndedSession, Refusal, SessionOpened, SessionState
from tapstack.play.rules.score import score_of
from tapstack.players.model import Player

ADA = Player("a" * 16, 1, None, "Ada Ä <b>", "refada11", "en", 1_800_000_000_000)
BOB = Player("b" * 16, 2, None, "", "refbob11", "", 1_800_000_000_001)
S, T = "session-one-0123456789", "session-two-0123456789"


@pytest.fixture(params=["memory", "real"])
def stores(request: pytest.FixtureRequest, clock: ManualClock) -> Any:
    if request.param == "memory":
        return MemoryPorts(clock)
    make_game: Callable[..., Game] = request.getfixturevalue("make_game")
    return make_game(clock).stores


def test_players_keep_what_was_created(stores: Any) -> None:
    assert stores.players.create(ADA)
    assert stores.players.get(ADA.id) == ADA
    assert stores.players.by_telegram_id(1) == ADA
    assert stores.players.by_telegram_id(2) is None
    with pytest.raises(NotFound) as refusal:
        stores.players.get(BOB.id)
    assert refusal.value.code == "player_unknown"


@pytest.mark.parametrize("field", ["id", "telegram_id", "ref_code"])
def test_players_create_with_something_taken_writes_nothing(stores: Any, field: str) -> None:
    stores.players.create(ADA)
    assert not stores.players.create(dataclasses.replace(BOB, **{field: getattr(ADA, field)}))
    assert stores.players.get(ADA.id) == ADA
    assert stores.players.by_telegram_id(2) is None
    assert stores.players.create(BOB)


def test_players_rename_holds_a_name_for_one(stores: Any) -> None:
    stores.players.create(ADA)
    stores.players.create(BOB)
    named = stores.players.rename(ADA, "Ada")
    assert named == dataclasses.replace(ADA, username="Ada") == stores.players.get(ADA.id)
    with pytest.raises(Conflict) as refusal:
        stores.players.rename(BOB, "aDA")
    assert (refusal.value.code, refusal.value.data) == ("username_taken", {"username": "aDA"})
    stores.players.rename(named, "Countess")
    assert stores.players.rename(BOB, "bob").username == "bob"
    assert stores.players.usernames([ADA.id, BOB.id, "c" * 16]) == {ADA.id: "Countess", BOB.id: "bob"}


def test_players_without_a_name_are_known_as_such(stores: Any) -> None:
    stores.players.create(ADA)
    assert stores.players.usernames([ADA.id]) == {ADA.id: None}


def test_counters_keep_the_last_that_was_put(stores: Any) -> None:
    assert stores.counters.get(ADA.id) is None
    sessions = {S: SessionState(7, 5), T: SessionState(1, 2, 3)}
    for counter in (Counter(ADA.id, 3), Counter(ADA.id, 2**45, 1_800_000_000_000_000, 1_800_000_000_000, sessions)):
        stores.counters.put([counter, Counter(BOB.id)])
        assert stores.counters.get(ADA.id) == counter


def test_counters_keep_the_history_by_player_and_session(stores: Any) -> None:
    line = EndedSession(ADA.id, S, 9, 1_800_000_000_000, 1_800_000_001_000)
    stores.counters.put_history([line])
    assert stores.counters.past_session(ADA.id, S) == line
    assert stores.counters.past_session(ADA.id, T) is None
    assert stores.counters.past_session(BOB.id, S) is None


def test_groups_keep_shares_and_what_they_were_before(stores: Any) -> None:
    groups, share = stores.groups, Share(7, 20_000, 3)
    assert groups.get(-5) == GroupBoard()
    groups.save(-5, {ADA.id: share, BOB.id: Share(1, 19_999, 1)}, "first")
    groups.save(-5, {BOB.id: Share(2, 20_000, 1)}, "second")
    own = {ADA.id: SavedShare(share, "first"), BOB.id: SavedShare(Share(2, 20_000, 1), "second")}
    assert groups.get(-5) == GroupBoard(own)
    groups.greeted(-5)
    assert groups.get(-5) == GroupBoard(own, greeted=True)
    groups.upgraded(-10, -5)
    groups.upgraded(-10, -5)
    groups.save(-10, {ADA.id: share}, "third")
    assert groups.get(-10) == GroupBoard({ADA.id: SavedShare(share, "third")}, own, greeted=True)
    assert groups.of_player(ADA.id) == {-5: share, -10: share}
    groups.forget(ADA.id)
    groups.forget(ADA.id)
    assert groups.of_player(ADA.id) == {}
    assert groups.get(-10) == GroupBoard({}, {BOB.id: own[BOB.id]}, greeted=True)


def test_taps_of_groups_wait_in_batches(stores: Any) -> None:
    taps, panel, later = stores.group_taps, Panel(7, "en"), Panel(9, "ru")
    assert taps.take() is None
    assert taps.add(-5, ADA.id, 20_000, panel)
    assert not taps.add(-5, ADA.id, 20_000, later)
    assert not taps.add(-6, BOB.id, 20_001, panel)
    batch = taps.take()
    assert batch.taps == {-5: {(ADA.id, 20_000): 2}, -6: {(BOB.id, 20_001): 1}}
    assert batch.panels == {-5: later, -6: panel}
    assert taps.add(-5, ADA.id, 20_000, panel), "the first since the batch was taken"
    assert taps.take() == batch, "until it is finished"
    taps.finish()
    following = taps.take()
    assert (following.taps, following.id == batch.id) == ({-5: {(ADA.id, 20_000): 1}}, False)
    taps.finish()
    assert taps.take() is None


def test_hot_knows_nothing_of_who_is_not_loaded(stores: Any) -> None:
    assert stores.play.open_session(ADA.id, S) is Refusal.NOT_LOADED
    assert stores.play.record_taps(ADA.id, S, 1) is Refusal.NOT_LOADED
    assert stores.play.heartbeat(ADA.id, S) is Refusal.NOT_LOADED
    assert not stores.play.end_session(ADA.id, S)
    assert stores.play.clicks_of([ADA.id]) == {}


def test_hot_loads_a_player_once(stores: Any) -> None:
    assert stores.play.load(Counter(ADA.id, clicks=5, last_tap_at_ms=stores.clock()))
    assert not stores.play.load(Counter(ADA.id, clicks=50, last_tap_at_ms=stores.clock()))
    assert stores.play.clicks_of([ADA.id, BOB.id]) == {ADA.id: 5}


def test_hot_session_lives_ends_and_comes_back(stores: Any) -> None:
    hot = stores.play
    hot.load(Counter(ADA.id, clicks=5, last_tap_at_ms=stores.clock()))
    assert hot.open_session(ADA.id, S) is Refusal.SESSION_UNKNOWN
    assert hot.record_taps(ADA.id, S, 1) is Refusal.SESSION_UNKNOWN
    assert hot.heartbeat(ADA.id, S) is Refusal.SESSION_UNKNOWN
    opened = hot.open_session(ADA.id, S, start_from=2)
    assert isinstance(opened, SessionOpened)
    assert (opened.known, opened.taps, opened.clicks, opened.players, opened.active) == (False, 2, 5, 1, 1)
    tapped = hot.record_taps(ADA.id, S, 6)
    assert (tapped.taps, tapped.accepted, tapped.clicks, tapped.total_clicks) == (6, 4, 9, 9)
    late = hot.record_taps(ADA.id, S, 3)
    assert (late.taps, late.accepted, late.clicks) == (6, 0, 9)
    assert hot.heartbeat(ADA.id, S).active == 1
    assert hot.end_session(ADA.id, S)
    assert not hot.end_session(ADA.id, S)
    with pytest.raises(SessionEnded):
        hot.record_taps(ADA.id, S, 7)
    with pytest.raises(SessionEnded):
        hot.heartbeat(ADA.id, S)
    again = hot.open_session(ADA.id, S)
    assert (again.known, again.taps, again.clicks) == (True, 6, 9)


def test_hot_pays_for_taps_while_there_is_energy(stores: Any) -> None:
    hot, settings = stores.play, stores.settings.play
    full_ms = settings.energy_full * settings.energy_every_ms
    hot.load(Counter(ADA.id, paid_taps=40, energy_tat_ms=stores.clock() - 8 * settings.energy_every_ms))
    opened = hot.open_session(ADA.id, S, start_from=0)
    assert (opened.paid_taps, opened.energy_full_in_ms) == (40, full_ms - 8 * settings.energy_every_ms)
    tapped = hot.record_taps(ADA.id, S, 5)
    assert (tapped.paid_taps, tapped.energy_full_in_ms) == (45, full_ms - 3 * settings.energy_every_ms)
    assert hot.record_taps(ADA.id, S, 15).paid_taps == 48
    beat = hot.heartbeat(ADA.id, S)
    assert (beat.paid_taps, beat.energy_full_in_ms) == (48, full_ms)
    assert stores.saving.read([ADA.id])[0].paid_taps == 48


def test_hot_takes_up_the_sessions_that_a_counter_brings(stores: Any) -> None:
    stores.play.load(Counter(ADA.id, 10, 0, stores.clock(), {S: SessionState(4, 5), T: SessionState(6, 5, 7)}))
    assert stores.play.record_taps(ADA.id, S, 5).clicks == 11
    with pytest.raises(SessionEnded):
        stores.play.heartbeat(ADA.id, T)
    assert stores.play.open_session(ADA.id, T).taps == 6


def test_hot_claim_goes_to_the_first(stores: Any) -> None:
    assert stores.leases.claim("work", 60_000)
    assert not stores.leases.claim("work", 60_000)
    assert stores.leases.claim("other work", 60_000)


def test_hot_board_ranks_by_score(stores: Any) -> None:
    now_ms = stores.clock() - 1_000
    for n, clicks in enumerate((5, 9, 9, 0)):
        stores.play.load(Counter(f"{n:016x}", clicks=clicks, last_tap_at_ms=now_ms + n))
    board = stores.all_time_board
    assert board.score("f" * 16) is None
    score = board.score(f"{0:016x}")
    assert score == score_of(5, now_ms)
    found = board.neighbours(f"{0:016x}", score, 1)
    assert found.rank == 3
    assert found.rows == [(f"{2:016x}", 9), (f"{0:016x}", 5), (f"{3:016x}", 0)]
    summaries = board.summaries(2)
    best = sorted((row for s in summaries for row in s.top), key=lambda row: -row[1])[:2]
    assert [player_id for player_id, _ in best] == [f"{1:016x}", f"{2:016x}"]
    assert (sum(s.clicks for s in summaries), sum(s.players for s in summaries)) == (23, 4)


def test_metric_boards_only_rise_and_keep_who_was_first_before_who_was_next(stores: Any, clock: ManualClock) -> None:
    boards, now_ms = stores.metric_boards, clock()
    week, number = BoardId(BoardMetric.COINS, Period.WEEK), Period.WEEK.number_at(now_ms)
    ever = BoardId(BoardMetric.COINS)

    def project(player_id: str, value: int, at_ms: int, number: int = number) -> None:
        score = score_of(value, at_ms)
        rows = [MetricScore(*week, number, score), MetricScore(*ever, 0, score)]
        boards.project({player_id: rows}, now_ms)

    assert boards.top(week, number, 5) == Top([], 0)
    assert boards.score(week, number, ADA.id) is None
    project(ADA.id, 5, now_ms)
    project(BOB.id, 5, now_ms - 1)
    assert boards.top(week, number, 5) == Top([(BOB.id, 5), (ADA.id, 5)], 2)
    project(BOB.id, 4, now_ms - 2)  # late
    project(ADA.id, 5, now_ms + 9)
    assert boards.top(week, number, 1) == Top([(BOB.id, 5)], 2)
    assert boards.score(ever, 0, ADA.id) == score_of(5, now_ms)
    project("c" * 16, 9, now_ms, number - 30)  # long over
    assert boards.top(week, number - 30, 5) == Top([], 0)
    assert boards.top(ever, 0, 5).rows == [("c" * 16, 9), (BOB.id, 5), (ADA.id, 5)]
    assert boards.neighbours(ever, 0, ADA.id, score_of(5, now_ms), 1) == Neighbours(3, [(BOB.id, 5), (ADA.id, 5)])
    stores.period_boards.forget(BOB.id, now_ms)
    assert boards.top(ever, 0, 5).rows == [("c" * 16, 9), (ADA.id, 5)]
    assert boards.top(week, number, 5) == Top([(ADA.id, 5)], 1)


def test_metric_boards_have_equals_of_one_moment_in_one_order(stores: Any, clock: ManualClock) -> None:
    row = MetricScore(BoardMetric.XP, None, 0, score_of(1, clock()))
    ids = [f"{n:016x}" for n in range(40)]
    for player_id in ids[::-1]:
        stores.metric_boards.project({player_id: [row]}, clock())
    assert [i for i, _ in stores.metric_boards.top(BoardId(BoardMetric.XP), 0, 7).rows] == ids[:-8:-1]


def test_hot_board_keeps_the_published_copy(stores: Any) -> None:
    assert stores.published_boards.get() is None
    board = Board(1, 2, 3, 4, 5, False, [])
    stores.published_boards.put(board)
    assert stores.published_boards.get() == board
    assert stores.published_boards.get(BoardId(period=Period.DAY)) is None
    by_xp = msgspec.structs.replace(board, metric=BoardMetric.XP)
    stores.published_boards.put(by_xp)
    assert stores.published_boards.get(BoardId(BoardMetric.XP)) == by_xp
    assert stores.published_boards.get() == board


def test_hot_takes_nothing_that_was_read_under_a_ticket_that_has_ended(stores: Any) -> None:
    ticket = stores.play.ticket(ADA.id)
    assert stores.play.ticket(ADA.id) == ticket
    assert stores.play.ticket(BOB.id) != ticket
    counter = Counter(ADA.id, clicks=5, last_tap_at_ms=stores.clock())
    assert stores.play.load(counter, "another") is Refusal.STALE
    assert stores.play.load(counter, ticket) is True
    assert stores.play.open_session(ADA.id, S, start_from=2, ticket="another") is Refusal.STALE
    assert stores.play.open_session(ADA.id, S, start_from=2, ticket=ticket).taps == 2


def test_history_takes_no_lower_watermark(stores: Any) -> None:
    old, new = EndedSession(ADA.id, S, 5, 1, 2_000), EndedSession(ADA.id, S, 7, 1, 3_000)
    other = EndedSession(ADA.id, T, 1, 1, 3_000)
    assert stores.counters.put_history([new, other]) == set()
    assert stores.counters.put_history([old, other]) == {old}
    assert stores.counters.put_history([old]) == {old}
    assert stores.counters.past_session(ADA.id, S) == new


def test_inbox_keeps_each_notice_once_and_shows_the_newest_first(stores: Any, clock: ManualClock) -> None:
    first = Notice("milestone", "100", clock(), {"count": 100})
    assert stores.inbox.add(ADA.id, first)
    assert not stores.inbox.add(ADA.id, dataclasses.replace(first, at_ms=clock() + 5))
    newer = Notice("overtaken", "2026-11-22", clock() + 1, {"rank": 2}, frozenset({BOB.id}))
    assert stores.inbox.add(ADA.id, newer)
    assert stores.inbox.read(ADA.id, clock()) == Inbox((newer, first), 0)
    assert stores.inbox.read(BOB.id, clock()) == Inbox()


def test_inbox_gathers_each_person_once_and_a_few_at_most(stores: Any, clock: ManualClock) -> None:
    people = [f"{number:016x}" for number in range(MOST_PEOPLE + 5)]
    added = [stores.inbox.gather(ADA.id, Kind.CHEER, "d", person, clock() + n) for n, person in enumerate(people)]
    assert added == [True] * MOST_PEOPLE + [False] * 5
    assert not stores.inbox.gather(ADA.id, Kind.CHEER, "d", people[0], clock() + 99)
    (notice,) = stores.inbox.read(ADA.id, clock()).notices
    assert notice == Notice(Kind.CHEER, "d", clock() + MOST_PEOPLE - 1, {}, frozenset(people[:MOST_PEOPLE]))


def test_inbox_is_never_less_read_than_before(stores: Any, clock: ManualClock) -> None:
    for number in range(3):
        stores.inbox.add(ADA.id, Notice("mail", str(number), clock() + number))
    stores.inbox.mark_read(ADA.id, clock() + 1, clock())
    stores.inbox.mark_read(ADA.id, clock(), clock())
    found = stores.inbox.read(ADA.id, clock())
    assert (found.unread, found.read_up_to_ms) == (1, clock() + 1)


def test_inbox_drops_what_is_old_or_deleted_and_forgets(stores: Any, clock: ManualClock) -> None:
    stores.inbox.add(ADA.id, Notice("week", "old", clock() - KEPT_MS))
    kept, dropped = (Notice("week", name, clock()) for name in ("kept", "dropped"))
    stores.inbox.add(ADA.id, kept)
    stores.inbox.add(ADA.id, dropped)
    stores.inbox.delete(ADA.id, [dropped])
    assert stores.inbox.read(ADA.id, clock()).notices == (kept,)
    stores.inbox.mark_read(ADA.id, clock(), clock())
    stores.inbox.forget(ADA.id)
    assert stores.inbox.read(ADA.id, clock()) == Inbox()

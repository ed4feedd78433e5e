"""Boards by what players have besides taps: projected, repaired, completed, archived, over real stores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from support.calls import assert_refused
from support.economy import op_at
from support.economy_players import give, give_taps
from support.game import Game, MakeGame, Player, TestContainer
from support.permissions import running
from support.timed import NOON, Clock, patient
from tapstack.economy import commands, completion
from tapstack.economy.performing import perform, whole
from tapstack.economy.rules import standings
from tapstack.leaderboards.archive import AFTER_MS
from tapstack.leaderboards.model import OF_WALLETS, ArchivedBoard, BoardId, BoardMetric, MetricScore, SeasonPeriod
from tapstack.leaderboards.redis_metrics import RedisMetricBoards
from tapstack.moderation.status import set_status
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import StoreUnavailable
from tapstack.players.model import ModerationStatus
from tapstack.privacy.erasure import SETTLED_MS, finish_due, request

complete_due = running("maintenance")(completion.complete_due)
MIDNIGHT = (NOON // DAY_MS + 1) * DAY_MS
YESTERDAY = "2027-03-03"


class Killed(BaseException):
    """The process ends here."""


class FaultyBoards(RedisMetricBoards):
    """Meets what a test says before anything is projected."""

    fault: BaseException | None = None

    def project(self, scores: Mapping[str, Iterable[MetricScore]], now_ms: int) -> None:
        if self.fault:
            raise self.fault
        super().project(scores, now_ms)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def game(make_game: MakeGame, clock: Clock) -> Game:
    found = patient(make_game, clock)
    found.run("sync")
    return found


@pytest.fixture
def faulty(game: Game) -> FaultyBoards:
    boards = FaultyBoards(game.stores.redis, buckets=game.stores.settings.play.buckets)
    game.stores.metric_boards = boards
    return boards


def settle(player: Player, paid_taps: int) -> None:
    stores = player.game.stores
    give_taps(stores, player.id, paid_taps)
    perform(stores, player.id, op_at(stores.clock()), commands.Settle())


def get(game: Game, path: str, player: Player | None = None, **query: str) -> Any:
    answer = game.call("leaderboard", "GET", path, query=query, headers=player.headers if player else {})
    assert answer.status == 200, answer
    return answer.body


def rows(
    stores: TestContainer, metric: BoardMetric, period: Period | None = None, back: int = 0
) -> list[tuple[str, int]]:
    number = period.number_at(stores.clock()) - back if period else 0
    return stores.metric_boards.top(BoardId(metric, period), number, 100).rows


def all_rows(stores: TestContainer) -> dict[Any, Any]:
    periods = [None, *Period]
    return {(m, p, back): rows(stores, m, p, back) for m in OF_WALLETS for p in periods for back in (0, 1)}


def test_command_puts_its_player_on_every_board_of_what_they_have(game: Game) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    settle(ada, 300)
    settle(bob, 500)
    give(game.stores, bob.id, paper_bag=2)
    perform(game.stores, bob.id, op_at(game.stores.clock()), commands.Open(crate="paper_bag", count=2))
    found = get(game, "/leaderboard", metric="xp", period="week")
    assert (found["metric"], found["period"], found["name"], found["closed"]) == ("xp", "week", "2027-W09", False)
    assert [(e["rank"], e["id"], e["clicks"]) for e in found["entries"]] == [(1, bob.id, 500), (2, ada.id, 300)]
    for period in (None, *Period):
        assert rows(game.stores, BoardMetric.XP, period) == [(bob.id, 500), (ada.id, 300)]
        assert rows(game.stores, BoardMetric.CRATES, period) == [(bob.id, 2)]
        assert rows(game.stores, BoardMetric.FRIENDS, period) == []
    own = get(game, "/leaderboard/me", ada, metric="xp", period="year")
    assert (own["rank"], own["clicks"], [e["id"] for e in own["around"]]) == (2, 300, [bob.id, ada.id])
    nothing = get(game, "/leaderboard/me", ada, metric="friends")
    assert (nothing["rank"], nothing["clicks"]) == (1, 0)
    assert "metric" not in get(game, "/leaderboard", period="week")


def test_who_reached_a_number_first_ranks_first_and_adding_nothing_changes_nothing(game: Game, clock: Clock) -> None:
    players = [game.sign_in(n) for n in range(1, 5)]
    for player in players:
        clock.now_ms += 1
        settle(player, 400)
    first = rows(game.stores, BoardMetric.COINS, Period.DAY)
    assert first == [(player.id, 400) for player in players]
    before = all_rows(game.stores)
    for player in players:
        clock.now_ms += 60_000
        settle(player, 400)
        settle(player, 0)  # as after a lost Redis
    assert all_rows(game.stores) == before


def test_retries_and_late_projections_change_nothing(game: Game, faulty: FaultyBoards, clock: Clock) -> None:
    ada, op = game.sign_in(1), op_at(clock.now_ms)
    give_taps(game.stores, ada.id, 100)
    perform(game.stores, ada.id, op, commands.Settle())
    old = list(standings.scores(whole(game.stores, ada.id).holdings.wallet))
    settle(ada, 250)
    before = all_rows(game.stores)
    perform(game.stores, ada.id, op, commands.Settle())
    faulty.project({ada.id: old}, clock.now_ms)
    assert all_rows(game.stores) == before
    assert rows(game.stores, BoardMetric.COINS) == [(ada.id, 250)]


def test_failed_projection_fails_no_command_and_the_next_look_at_the_wallet_makes_up_for_it(
    game: Game, faulty: FaultyBoards, clock: Clock
) -> None:
    ada = game.sign_in(1)
    faulty.fault = StoreUnavailable("injected", retry_after_s=1)
    settle(ada, 100)
    assert rows(game.stores, BoardMetric.COINS) == []
    faulty.fault = None
    clock.now_ms += 5_000
    assert game.call("economy", "GET", "/economy", headers=ada.headers).status == 200
    assert rows(game.stores, BoardMetric.COINS, Period.WEEK) == [(ada.id, 100)]
    bob = game.sign_in(2)
    settle(bob, 100)  # later, so behind: a repair keeps the time of the entry
    assert rows(game.stores, BoardMetric.COINS, Period.WEEK) == [(ada.id, 100), (bob.id, 100)]


def test_process_that_dies_before_its_projection_loses_nothing(game: Game, faulty: FaultyBoards, clock: Clock) -> None:
    """Ada's next command makes up for it, also on boards that are over by then; Bob never comes back."""
    ada, bob = game.sign_in(1), game.sign_in(2)
    clock.now_ms = MIDNIGHT - 10
    for player, paid_taps in ((ada, 100), (bob, 70)):
        faulty.fault = Killed()
        with pytest.raises(Killed):
            settle(player, paid_taps)
        faulty.fault = None
    assert rows(game.stores, BoardMetric.COINS) == []
    clock.now_ms = MIDNIGHT + 10
    settle(ada, 130)
    assert rows(game.stores, BoardMetric.COINS) == [(ada.id, 130)]
    assert rows(game.stores, BoardMetric.COINS, Period.DAY, back=1) == [(ada.id, 100)]
    clock.now_ms = MIDNIGHT + AFTER_MS
    assert f"coins:{YESTERDAY}" in complete_due(game.stores)
    closed = get(game, "/leaderboard", metric="coins", period="day", name=YESTERDAY)
    assert [(e["id"], e["clicks"]) for e in closed["entries"]] == [(ada.id, 100), (bob.id, 70)]
    assert rows(game.stores, BoardMetric.COINS) == [(ada.id, 130), (bob.id, 70)]


def test_ledger_gives_back_what_a_wallet_has_moved_on_from(game: Game, faulty: FaultyBoards, clock: Clock) -> None:
    """Redis is lost after midnight: the wallet says what is of today, and only the ledger what was yesterday."""
    ada = game.sign_in(1)
    settle(ada, 100)
    clock.now_ms = MIDNIGHT - 1
    settle(ada, 160)
    give(game.stores, ada.id, coin=7)
    clock.now_ms = MIDNIGHT + 1
    settle(ada, 200)
    settle(ada, 230)
    game.stores.redis.flushall()
    clock.now_ms = MIDNIGHT + AFTER_MS
    assert complete_due(game.stores) == []  # not before the boards by taps are back
    game.run("sync")
    assert f"xp:{YESTERDAY}" in complete_due(game.stores)
    closed = [game.stores.archive.get(Period.DAY, YESTERDAY, metric) for metric in (BoardMetric.COINS, BoardMetric.XP)]
    assert [board and list(board.rows) for board in closed] == [[(ada.id, 167)], [(ada.id, 160)]]
    assert rows(game.stores, BoardMetric.XP, Period.DAY) == [(ada.id, 70)]


def test_period_is_archived_once_and_is_in_the_hall_of_fame(game: Game, clock: Clock) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    settle(ada, 100)
    settle(bob, 90)
    clock.now_ms = MIDNIGHT + AFTER_MS - 1
    settle(bob, 200)
    assert complete_due(game.stores) == []
    clock.now_ms += 1
    assert sorted(complete_due(game.stores)) == [f"coins:{YESTERDAY}", f"xp:{YESTERDAY}"]
    assert complete_due(game.stores) == []
    listed = get(game, "/leaderboard/closed", metric="xp", period="day")["entries"]
    assert [(e["name"], e["players"], e["best"]["id"]) for e in listed] == [(YESTERDAY, 2, ada.id)]
    assert get(game, "/leaderboard/closed", period="day")["entries"] == []
    fame = get(game, "/leaderboard/fame", metric="xp")
    assert [(r["id"], r["clicks"], r["name"]) for r in fame["day"]] == [
        (ada.id, 100, YESTERDAY),
        (bob.id, 90, YESTERDAY),
    ]
    assert (fame["week"], fame["year"]) == ([], [])
    clock.now_ms = Period.YEAR.start_ms(2028 - 1970) + AFTER_MS
    assert "coins:2027" in complete_due(game.stores)
    assert [(r["clicks"], r["name"]) for r in get(game, "/leaderboard/fame", metric="coins")["year"]] == [
        (200, "2027"),
        (100, "2027"),
    ]


def test_archiving_that_was_cut_short_is_done_again_to_the_same_end(
    game: Game, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = game.sign_in(1)
    settle(ada, 100)
    clock.now_ms = MIDNIGHT + AFTER_MS
    with monkeypatch.context() as patched:
        patched.setattr(game.stores.archive, "put", lambda _: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            complete_due(game.stores)
    clock.now_ms += 120_000
    assert sorted(complete_due(game.stores)) == [f"coins:{YESTERDAY}", f"xp:{YESTERDAY}"]
    assert len(get(game, "/leaderboard/fame", metric="coins")["day"]) == 1


def test_lost_redis_gives_back_every_board_with_its_ties(game: Game, clock: Clock) -> None:
    players = [game.sign_in(n) for n in range(1, 8)]
    for n, player in enumerate(players):
        clock.now_ms += 7
        settle(player, 100 + n // 2)
    assert complete_due(game.stores) == []
    before = all_rows(game.stores)
    assert [row[1] for row in before[BoardMetric.XP, Period.MONTH, 0]] == [103, 102, 102, 101, 101, 100, 100]
    assert complete_due(game.stores) == []
    game.stores.redis.flushall()
    clock.now_ms += 60_000
    game.run("sync")
    assert rows(game.stores, BoardMetric.XP) == []
    assert get(game, "/leaderboard", metric="xp")["rebuilding"]
    complete_due(game.stores)
    assert all_rows(game.stores) == before
    assert not get(game, "/leaderboard", metric="xp", period="day")["rebuilding"]


def test_completion_is_continued_where_it_was_cut_short_and_begun_again_after_a_loss(
    game: Game, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    players = [game.sign_in(n) for n in range(1, 4)]
    for player in players:
        settle(player, 50)
    stores, asked = game.stores, list[str | None]()
    wallets = dict(stores.wallet_pages.page(None)[0])

    def page(cursor: str | None) -> Any:
        """One wallet a page."""
        asked.append(cursor)
        ids = sorted(wallets)
        at = ids.index(cursor) + 1 if cursor else 0
        return [(ids[at], wallets[ids[at]])], ids[at] if at + 1 < len(ids) else None

    monkeypatch.setattr(stores.wallet_pages, "page", page)
    for cursor in (None, *sorted(wallets)[:2]):
        complete_due(stores, budget_s=0)
        assert asked[-1] == cursor
    day = NOON // DAY_MS
    assert stores.board_completion.state(day).incomplete == []
    stores.redis.flushall()
    game.run("sync")
    complete_due(stores, budget_s=0)
    stores.redis.delete(*(key for key in stores.redis.scan_iter("*:m:*")))
    complete_due(stores)
    assert asked[-4:] == [None, None, *sorted(wallets)[:2]]
    assert len(rows(stores, BoardMetric.XP)) == 3


@pytest.mark.parametrize("status", [ModerationStatus.SHADOW, ModerationStatus.BANNED])
def test_hidden_player_is_on_no_board_and_a_shadow_sees_themselves(game: Game, clock: Clock, status: Any) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    settle(ada, 100)
    settle(bob, 50)
    give_taps(game.stores, ada.id, 100)
    set_status(game.stores, ada.id, status)
    before = all_rows(game.stores)
    assert {i for found in before.values() for i, _ in found} == {bob.id}
    if status is ModerationStatus.SHADOW:
        settle(ada, 120)
        own = get(game, "/leaderboard/me", ada, metric="coins", period="week")
        assert (own["rank"], own["clicks"]) == (1, 120)
    clock.now_ms = MIDNIGHT + AFTER_MS
    complete_due(game.stores)
    assert [row[0] for row in rows(game.stores, BoardMetric.COINS)] == [bob.id]
    closed = get(game, "/leaderboard", metric="coins", period="day", name=YESTERDAY)
    assert [e["id"] for e in closed["entries"]] == [bob.id]
    set_status(game.stores, ada.id, ModerationStatus.GOOD)
    assert [row[0] for row in rows(game.stores, BoardMetric.COINS)] == [ada.id, bob.id]


def test_erased_player_is_on_no_board(game: Game, clock: Clock) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    for player in (ada, bob):
        settle(player, 100)
    assert len(get(game, "/leaderboard", metric="coins")["entries"]) == 2
    request(game.stores, ada.id, "grace")
    clock.now_ms += SETTLED_MS
    finish_due(game.stores)
    assert {i for found in all_rows(game.stores).values() for i, _ in found} == {bob.id}
    assert [e["id"] for e in get(game, "/leaderboard", metric="coins")["entries"]] == [bob.id]
    assert ada.id not in str([game.stores.redis.get(key) for key in game.stores.redis.scan_iter("board:*")])


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("/leaderboard", {"metric": "gems"}, 400, "validation_failed"),
        ("/leaderboard", {"metric": ""}, 400, "validation_failed"),
        ("/leaderboard", {"metric": "coins", "period": "decade"}, 400, "validation_failed"),
        ("/leaderboard", {"metric": "coins", "period": "all", "name": "2026"}, 400, "validation_failed"),
        ("/leaderboard", {"metric": "coins", "period": "year", "name": "2026-11"}, 400, "validation_failed"),
        ("/leaderboard", {"metric": "coins", "period": "year", "name": "2026"}, 404, "board_unknown"),
        ("/leaderboard/closed", {"metric": "COINS", "period": "day"}, 400, "validation_failed"),
        ("/leaderboard/fame", {"metric": "coins:day"}, 400, "validation_failed"),
    ],
)
def test_metric_that_is_not_there_is_refused(
    game: Game, path: str, query: dict[str, str], status: int, code: str
) -> None:
    assert_refused(game.call("leaderboard", "GET", path, query=query), status, code)


def test_cursor_of_another_metric_is_refused(game: Game) -> None:
    for day in range(1, 4):
        game.stores.archive.put(ArchivedBoard(Period.DAY, f"2027-02-0{day}", 1, [("a" * 16, 1)], 1, BoardMetric.XP))
    cursor = get(game, "/leaderboard/closed", metric="xp", period="day", limit="2")["cursor"]
    assert len(get(game, "/leaderboard/closed", metric="xp", period="day", limit="2", cursor=cursor)["entries"]) == 1
    query = {"metric": "coins", "period": "day", "limit": "2", "cursor": cursor}
    assert game.call("leaderboard", "GET", "/leaderboard/closed", query=query).status == 400


BLOOM = SeasonPeriod(Period.DAY.parse("2027-03-01"))
"""Of the built-in catalogue, until June."""


def season_rows(stores: TestContainer) -> list[tuple[str, int]]:
    return stores.metric_boards.top(BoardId(BoardMetric.XP, BLOOM), BLOOM.day, 100).rows


def test_season_has_a_board_that_outlives_redis_and_is_archived_once(game: Game, clock: Clock) -> None:
    ada, bob, cat = (game.sign_in(n) for n in range(1, 4))
    for player in (bob, ada, cat):
        clock.now_ms += 7
        settle(player, 300)
    found = get(game, "/leaderboard", metric="xp", period="season")
    assert (found["period"], found["name"], found["closed"]) == ("season", "2027-03-01", False)
    assert [(e["id"], e["clicks"]) for e in found["entries"]] == [(bob.id, 300), (ada.id, 300), (cat.id, 300)]
    own = get(game, "/leaderboard/me", ada, metric="xp", period="season")
    assert (own["rank"], own["clicks"]) == (2, 300)
    set_status(game.stores, cat.id, ModerationStatus.SHADOW)
    assert season_rows(game.stores) == [(bob.id, 300), (ada.id, 300)]
    assert get(game, "/leaderboard/me", cat, metric="xp", period="season")["clicks"] == 300

    clock.now_ms = ended = found["ends_at_s"] * 1_000
    settle(ada, 400)  # of the next season, if there were one; Redis is lost before the board is archived
    game.stores.redis.flushall()
    clock.now_ms = ended + AFTER_MS
    game.run("sync")
    assert "season:2027-03-01" in complete_due(game.stores)
    assert complete_due(game.stores) == []
    assert season_rows(game.stores) == [(bob.id, 300), (ada.id, 300)]
    query = {"metric": "xp", "period": "season"}
    assert_refused(game.call("leaderboard", "GET", "/leaderboard", query=query), 404, "board_unknown")
    listed = get(game, "/leaderboard/closed", metric="xp", period="season")["entries"]
    assert [(e["name"], e["players"], e["best"]["id"]) for e in listed] == [("2027-03-01", 2, bob.id)]
    closed = get(game, "/leaderboard", metric="xp", period="season", name="2027-03-01")
    assert (closed["closed"], closed["ends_at_s"]) == (True, ended // 1_000)
    assert [(e["id"], e["clicks"]) for e in closed["entries"]] == [(bob.id, 300), (ada.id, 300)]

    request(game.stores, bob.id, "grace")
    clock.now_ms += SETTLED_MS
    finish_due(game.stores)
    assert season_rows(game.stores) == [(ada.id, 300)]


def test_ledger_gives_back_the_season_that_a_wallet_has_moved_on_from(game: Game, clock: Clock) -> None:
    """Redis is lost in the first minutes of a season: what was gained in the one before is in the ledger alone."""
    clock.now_ms = BLOOM.starts_ms - 10
    ada = game.sign_in(1)
    settle(ada, 100)
    clock.now_ms = BLOOM.starts_ms + 10
    settle(ada, 130)
    assert season_rows(game.stores) == [(ada.id, 30)]
    game.stores.redis.flushall()
    clock.now_ms = BLOOM.starts_ms + AFTER_MS
    game.run("sync")
    assert "season:2026-12-01" in complete_due(game.stores)
    closed = get(game, "/leaderboard", metric="xp", period="season", name="2026-12-01")
    assert [(e["id"], e["clicks"]) for e in closed["entries"]] == [(ada.id, 100)]
    assert season_rows(game.stores) == [(ada.id, 30)]

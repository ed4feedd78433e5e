"""The board of a season, over ports in memory: who is on it, when it runs, and what is refused."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from support.economy import catalogue, op_at
from support.fakes.economy import MemoryWallets
from support.fakes.platform import MemoryLeases
from support.fakes.ports import MemoryPorts
from support.timed import Clock
from tapstack.economy import commands
from tapstack.economy.catalogue.model import Catalogue
from tapstack.economy.performing import carry_out
from tapstack.leaderboards import metrics, seasons
from tapstack.leaderboards.model import BoardId, BoardMetric, SeasonPeriod
from tapstack.leaderboards.reading import Reader
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import BadRequest, NotFound
from tapstack.play.model import PaidTaps
from tapstack.play.rules.energy import energy_at

FROST, BLOOM = SeasonPeriod(20_788), SeasonPeriod(20_878)
"""Of the built-in catalogue, which begin on 2026-12-01 and 2027-03-01."""


class Ports(MemoryPorts):
    """A game whose clock and catalogue a test moves."""

    def __init__(self, time: Clock) -> None:
        super().__init__(time)
        self.time = time
        self.wallets = MemoryWallets(self.commons)
        nothing = PaidTaps(0, energy_at(0, 0, full=1, every_ms=1))
        self.paid_taps.paid_taps = lambda _: nothing  # type: ignore[assignment, method-assign]

    def gain(self, player_id: str, xp: int) -> None:
        self.time.now_ms += 1
        carry_out(self, player_id, op_at(self.time.now_ms), commands.Grant(account="mint:tests", xp=xp))

    def rows(self) -> list[tuple[str, int]]:
        """The board that runs, computed anew."""
        self.leases = MemoryLeases()
        board = Reader().board(self, "season", "", BoardMetric.XP)
        return [(entry.id, entry.clicks) for entry in board.entries]

    def push(self, counts: Catalogue) -> None:
        """As within a minute of a push."""
        self.catalogues.current = lambda: counts  # type: ignore[method-assign]


@pytest.fixture
def ports() -> Ports:
    return Ports(Clock(BLOOM.starts_ms - DAY_MS))


def of(season: SeasonPeriod) -> BoardId:
    return BoardId(BoardMetric.XP, season)


def moved(**dates: date) -> Catalogue:
    """The catalogue with other dates of the frost season."""
    shipped = catalogue()
    return msgspec.structs.replace(
        shipped,
        seasons=tuple(
            msgspec.structs.replace(one, **dates) if one.id == "frost_2027" else one for one in shipped.seasons
        ),
    )


def test_board_of_a_season_begins_anew_with_it_and_who_was_first_stays_first(ports: Ports) -> None:
    for player, xp in (("ada", 50), ("bob", 20), ("cat", 50)):
        ports.gain(player, xp)
    assert ports.rows() == [("ada", 50), ("cat", 50), ("bob", 20)]
    ports.time.now_ms = BLOOM.starts_ms
    assert ports.rows() == []
    for player, xp in (("bob", 30), ("ada", 30), ("cat", 10), ("cat", 30)):
        ports.gain(player, xp)
    ports.time.now_ms += 60_000
    assert ports.rows() == [("cat", 40), ("bob", 30), ("ada", 30)]
    found = Reader().board(ports, "season", "", BoardMetric.XP)
    assert (found.period, found.name, found.metric, found.closed) == ("season", "2027-03-01", "xp", False)
    assert found.ends_at_s == 1_811_808_000  # 2027-06-01
    own = metrics.own_rank(ports, "bob", seasons.current(ports, BoardMetric.XP), lambda _: 0.0)
    assert (own.rank, own.clicks, [row.id for row in own.around]) == (2, 30, ["cat", "bob", "ada"])


def test_what_the_first_command_after_the_end_brings_is_on_no_board_of_the_season_before(ports: Ports) -> None:
    ports.gain("ada", 50)
    ports.metric_boards.boards.clear()  # and the first command makes up for what was lost
    ports.time.now_ms = BLOOM.starts_ms
    ports.gain("ada", 7)
    tops = {season: ports.metric_boards.top(of(season), season.day, 9).rows for season in (FROST, BLOOM)}
    assert tops == {FROST: [("ada", 50)], BLOOM: [("ada", 7)]}


def test_push_ends_a_season_early_or_later_and_its_board_with_it(ports: Ports) -> None:
    ports.gain("ada", 50)
    ports.push(moved(ends=date(2027, 2, 20)))
    assert seasons.running(ports) is None
    with pytest.raises(NotFound) as refusal:
        ports.rows()
    assert refusal.value.code == "board_unknown"
    ports.gain("ada", 5)
    shown = ports.metric_boards.top(of(FROST), FROST.day, 9).rows
    assert shown == [("ada", 50)]


def test_season_that_is_given_more_time_goes_on(ports: Ports) -> None:
    ports.gain("ada", 50)
    without_bloom = moved(ends=date(2027, 4, 1))
    kept = tuple(one for one in without_bloom.seasons if one.id != "bloom_2027")
    ports.push(msgspec.structs.replace(without_bloom, seasons=kept))
    ports.time.now_ms = BLOOM.starts_ms + DAY_MS
    ports.gain("ada", 5)
    assert ports.rows() == [("ada", 55)]


def test_clock_that_is_set_back_gets_nobody_ahead(ports: Ports) -> None:
    ports.gain("ada", 50)
    ports.time.now_ms += 60_000
    ports.gain("bob", 40)
    ports.time.now_ms -= 120_000
    ports.gain("bob", 10)
    ports.time.now_ms += 180_000
    assert ports.rows() == [("ada", 50), ("bob", 50)]


@pytest.mark.parametrize("metric", [one for one in BoardMetric if one is not BoardMetric.XP])
def test_season_has_no_board_by_anything_else(ports: Ports, metric: BoardMetric) -> None:
    for name in ("", "2026-12-01"):
        with pytest.raises(NotFound) as refusal:
            Reader().board(ports, "season", name, metric)
        assert refusal.value.code == "board_unknown"
    assert Reader().history(ports, "season", 20, None, metric).entries == []


@pytest.mark.parametrize("name", ["2026-12-01", "2026-12-02", "2027-03-01", "1999-01-01", "9999-12-31"])
def test_season_that_is_not_over_has_no_closed_board(ports: Ports, name: str) -> None:
    with pytest.raises(NotFound) as refusal:
        Reader().board(ports, "season", name, BoardMetric.XP)
    assert refusal.value.code == "board_unknown"


@pytest.mark.parametrize("name", ["frost_2027", "2026-12", "2026-W47", "2026-13-01"])
def test_season_is_named_by_its_first_day(ports: Ports, name: str) -> None:
    with pytest.raises(BadRequest):
        Reader().board(ports, "season", name, BoardMetric.XP)

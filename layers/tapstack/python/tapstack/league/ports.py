"""What the league needs: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from tapstack.leaderboards.ports import OwnPeriodScorePorts, RankingPorts, RecoverableCounters
from tapstack.league.model import Division, League, Seat
from tapstack.platform.clock import Clock
from tapstack.platform.leases import Claims
from tapstack.players.model import Player
from tapstack.telegram.ports import ContextPorts

# -- stores --


class Divisions(Protocol):
    """The divisions as they are stored; raises StoreUnavailable."""

    def get(self, league: League, seat: Seat) -> Division | None: ...


class ChangingDivisions(Divisions, Protocol):
    def current(self) -> League | None: ...
    def replace(self, league: League, division: Division) -> bool: ...


class LeagueItems(ChangingDivisions, Protocol):
    def publish(self, league: League) -> bool: ...
    def open_tiers(self, league: League) -> bool: ...
    def put_all(self, league: League, divisions: Sequence[Division]) -> None: ...
    def last(self, league: League, tier: int) -> Division | None: ...
    def all(self, league: League) -> Iterator[Division]: ...


class Seats(Protocol):
    """Who sits where, for quick reads; raises StoreUnavailable."""

    def seat(self, week: int, player_id: str) -> tuple[League | None, Seat | None]: ...


class ReadableSeats(Seats, Protocol):
    def scores(self, week: int, player_ids: Sequence[str]) -> list[tuple[str, float]]: ...


class LeavableSeats(Seats, Protocol):
    def forget(self, week: int, player_id: str) -> None: ...


class LiveLeague(Seats, Protocol):
    def current(self) -> League | None: ...
    def ranked(self, week: int) -> list[str]: ...
    def newcomers(self, week: int, limit: int) -> list[str]: ...
    def looked_at(self, week: int, player_ids: Iterable[str]) -> None: ...
    def announce(self, week: int) -> None: ...
    def seated(self, week: int, player_ids: Sequence[str]) -> set[str]: ...
    def count(self, week: int) -> int: ...
    def put_seats(self, week: int, seats: Mapping[str, Seat]) -> None: ...
    def clear_seats(self, week: int) -> None: ...
    def show(self, league: League) -> None: ...
    def stored(self, league: League) -> int: ...
    def record_stored(self, league: League, count: int) -> None: ...


class Profiles(Protocol):
    def get_many(self, player_ids: Sequence[str]) -> Mapping[str, Player]: ...


# -- bundles --


class KeepLeaguePorts(RankingPorts, Protocol):
    """To close weeks and to seat newcomers."""

    clock: Clock

    @property
    def saving(self) -> RecoverableCounters: ...
    @property
    def league(self) -> LeagueItems: ...
    @property
    def live_league(self) -> LiveLeague: ...


class ReadLeaguePorts(OwnPeriodScorePorts, Protocol):
    """To show a player their division."""

    clock: Clock

    @property
    def leases(self) -> Claims: ...
    @property
    def league(self) -> Divisions: ...
    @property
    def live_league(self) -> ReadableSeats: ...
    @property
    def players(self) -> Profiles: ...


class LeaveLeaguePorts(Protocol):
    """To take an erased player out of the league."""

    @property
    def league(self) -> ChangingDivisions: ...
    @property
    def live_league(self) -> LeavableSeats: ...


class SeatPorts(Protocol):
    """To say where a player sits."""

    clock: Clock

    @property
    def live_league(self) -> Seats: ...


# -- scenes --


class LeagueScenePorts(ContextPorts, ReadLeaguePorts, Protocol): ...

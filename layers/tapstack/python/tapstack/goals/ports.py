"""What goals need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from tapstack.economy.ports import CommandPorts, EconomyScenePorts, Holding, RulesPorts
from tapstack.league.model import Division, League, Seat
from tapstack.play.model import PaidTaps

# -- stores --

Badge = tuple[str, int]
"""An achievement and a tier of it, from 1."""


class Live(NamedTuple):
    """What Redis knows of a player and their goals: None for paid taps of who is not loaded.

    `league` and `seat` are those of this week. `holders` says of how many players badges are, `players` how many there
    are: None where nobody has asked.
    """

    paid: PaidTaps | None
    league: League | None
    seat: Seat | None
    holders: Mapping[Badge, int] | None
    players: int | None


class LiveGoals(Protocol):
    """What is to be known of a player's goals, in one round trip; raises StoreUnavailable."""

    def read(self, player_id: str, week: int, own: Iterable[Badge], asked: Sequence[Badge]) -> Live: ...
    def add(self, player_id: str, badges: Iterable[Badge]) -> None: ...


class Holders(Protocol):
    """How many have badges, and how many players there are, in one round trip; raises StoreUnavailable."""

    def holders(self, player_id: str, badges: Sequence[Badge]) -> tuple[Mapping[Badge, int], int]: ...


class Divisions(Protocol):
    def get(self, league: League, seat: Seat) -> Division | None: ...


class Seats(Protocol):
    def seat(self, week: int, player_id: str) -> tuple[League | None, Seat | None]: ...


# -- bundles --


class PrizePorts(Protocol):
    """To look up a place in a closed league."""

    @property
    def league(self) -> Divisions: ...


class ReadGoalsPorts(RulesPorts, PrizePorts, Protocol):
    """To show a player their goals."""

    @property
    def wallets(self) -> Holding: ...
    @property
    def live_goals(self) -> LiveGoals: ...


class BadgePorts(Protocol):
    """To show a player's achievements on their profile."""

    @property
    def wallets(self) -> Holding: ...
    @property
    def live_goals(self) -> Holders: ...


class ClaimPorts(CommandPorts, PrizePorts, Protocol):
    """To claim rewards."""

    @property
    def live_goals(self) -> LiveGoals: ...
    @property
    def live_league(self) -> Seats: ...


class GoalScenePorts(EconomyScenePorts, ClaimPorts, Protocol):
    """To reach for goals in the chat."""

"""What score cards need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from tapstack.leaderboards.ports import OwnRankPorts
from tapstack.play.ports import PlayerLoading, SavedCounters
from tapstack.players.ports import ClickPorts, LinkPorts, LiveClicks

T = TypeVar("T")

# -- stores --


class Signatures(Protocol):
    """Text that only the game can have written."""

    def sign(self, position: Any, *scope: str) -> str: ...
    def read(self, text: str, shape: type[T], *scope: str) -> T: ...


class LivePlayers(PlayerLoading, LiveClicks, Protocol): ...


# -- bundles --


class PicturePorts(Protocol):
    """To read what a picture is to show."""

    @property
    def cursors(self) -> Signatures: ...


class CardPorts(OwnRankPorts, ClickPorts, Protocol):
    """To make a player's card."""

    @property
    def play(self) -> LivePlayers: ...
    @property
    def counters(self) -> SavedCounters: ...


class MyCardsPorts(CardPorts, LinkPorts, PicturePorts, Protocol):
    """To tell a player where their cards are."""

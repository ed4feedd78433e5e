"""Playing by a clock that a test turns, below HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from tapstack.play.taps import record_taps

from support.game import Game, Player

NOON = int(datetime(2027, 3, 3, 12, tzinfo=UTC).timestamp()) * 1_000
"""A Wednesday."""

YEAR_S = 31_536_000


class Clock:
    """A clock that a test turns."""

    def __init__(self, now_ms: int = NOON) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        return self.now_ms


def patient(make_game: Callable[..., Game], clock: Callable[[], int], **settings: str) -> Game:
    """A game whose players need not sign in again while a test lets months pass."""
    return make_game(clock, TOKEN_TTL_S="86400", INIT_DATA_MAX_AGE_S=str(YEAR_S), **settings)


def session_of(game: Game, player: Player) -> str:
    """The key of a player's session."""
    return next(iter(game.stores.saving.read([player.id])[0].sessions))


def tap(game: Game, player_id: str, session: str, total: int) -> int:
    """Says how many taps a session has made so far: how many of them counted just now."""
    return record_taps(game.stores, player_id, session, total).accepted

"""What the API says of duels. Times are ms since 1970."""

from __future__ import annotations

import msgspec

from tapstack.duels.model import State


class DuellistView(msgspec.Struct, frozen=True):
    """A player of a duel, and what they have tapped in it so far."""

    id: str
    public_name: str
    taps: int


class DuelView(msgspec.Struct, frozen=True):
    """A duel: `rival` is null as long as nobody has accepted. Taps count from `starts_at_ms` to `ends_at_ms`.

    `winner` is the id of who has tapped more: null before it is over, and for a draw.
    """

    id: str
    now_ms: int
    state: State
    host: DuellistView
    rival: DuellistView | None
    expires_at_ms: int
    starts_at_ms: int | None
    ends_at_ms: int | None
    winner: str | None
    stake: int = 0
    """Coins that each side has put on it; 0 for honour. The winner gets both, and in a draw each gets their own."""


class StakesView(msgspec.Struct, frozen=True):
    """What the caller may stake: nothing where `open` is false, or before the `level` and so many `days` of play.

    `most` coins on one duel, on `left` more of them today (UTC).
    """

    now_ms: int
    open: bool
    level: int
    days: int
    most: int
    left: int

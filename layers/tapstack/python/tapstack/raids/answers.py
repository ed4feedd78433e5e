"""What the API says of raids. Times are ms since 1970."""

from __future__ import annotations

import msgspec

from tapstack.economy.answers import Receipt
from tapstack.raids.rules import Size


class TargetView(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody to raid: `size` is of the coins that it would bring. `revenge`: they have raided the caller today."""

    id: str
    public_name: str
    level: int
    size: Size
    revenge: bool = False
    title: str = ""


class RaidsView(msgspec.Struct, frozen=True):
    """Whom the caller could raid. `open`: the caller has the level that it takes, and there are raids.

    `left` is the number of raids that the caller has today (UTC), `next_at_ms` when the next one may be.
    """

    now_ms: int
    level: int
    open: bool
    left: int
    next_at_ms: int
    targets: list[TargetView]


class Raided(Receipt, frozen=True, kw_only=True):
    """A raid: `coins` have arrived."""

    target: str
    coins: int
    revenge: bool
    left: int

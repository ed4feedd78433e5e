"""What an erasure knows of an account."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErasableAccount:
    """What an account holds of the values that only one player may hold; `closed` once its erasure has begun."""

    player_id: str
    telegram_id: int
    names: tuple[str, ...]
    ref_code: str
    banned: bool
    closed: bool

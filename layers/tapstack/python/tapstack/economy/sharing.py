"""What a share of a heist does to a draft: the house pays it, and of heists in groups so many a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapstack.economy.catalogue.model import Currency, Metric
from tapstack.economy.rules import metrics
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import Conflict

if TYPE_CHECKING:
    from tapstack.economy import commands
    from tapstack.economy.draft import Draft

IN_GROUPS_A_DAY = 8
"""Whoever has many groups gets no more."""


def share(draft: Draft, command: commands.Share) -> dict[str, Any]:
    """Pays a share; raises Conflict (`shares_used_up` with `until_ms`) for one too many in a day (UTC)."""
    if command.in_group:
        today = metrics.in_period(Metric.GROUP_SHARES, draft.wallet, draft.goals, Period.DAY, draft.now_ms)
        if today >= IN_GROUPS_A_DAY:
            until_ms = (draft.now_ms // DAY_MS + 1) * DAY_MS
            raise Conflict(f"{IN_GROUPS_A_DAY} shares in groups a day", code="shares_used_up", until_ms=until_ms)
        draft.reach(Metric.GROUP_SHARES)
    draft.earn("mint:heists", Currency.COIN, command.coin)
    return {"coins": command.coin}

"""From entries of the ledger to what the API says of claims: the same, whenever it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tapstack.economy.receipts import common
from tapstack.goals import answers

if TYPE_CHECKING:
    from tapstack.economy.model import Entry


def claimed(entry: Entry) -> answers.Claimed:
    return answers.Claimed(**common(entry), cause=entry.cause, reward=_reward(entry.result))


def rerolled(entry: Entry, cause: str) -> answers.Rerolled:
    return answers.Rerolled(**common(entry), cause=cause, new=entry.result["new"], paid=entry.result["paid"])


def checked_in(entry: Entry) -> answers.CheckedIn:
    result = {**entry.result, "reward": _reward(entry.result["reward"])}
    return answers.CheckedIn(**common(entry), **result)


def zone_set(entry: Entry) -> answers.ZoneSet:
    return answers.ZoneSet(**common(entry), **entry.result)


def _reward(data: dict[str, Any]) -> answers.RewardView:
    return msgspec.convert(data, answers.RewardView)

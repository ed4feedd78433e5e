"""The journal's arithmetic: legs that sum to zero, balances, and the chain of hashes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from tapstack.economy.catalogue.model import Currency
from tapstack.economy.model import COIN, PLAYER, Entry, Goals, Leg, Wallet

_canonical = msgspec.json.Encoder(order="sorted").encode


def imbalance(legs: Iterable[Leg]) -> dict[Currency, int]:
    """The currencies whose legs do not sum to zero, and by how much; empty for any entry that may be written."""
    sums: Counter[Currency] = Counter()
    for leg in legs:
        sums[leg.currency] += leg.amount
    return {currency: amount for currency, amount in sums.items() if amount}


def post(wallet: Wallet, legs: Sequence[Leg]) -> Wallet:
    """The wallet after the legs: the player's balances, and the flows of the house accounts."""
    own, booked = {Currency.COIN: wallet.coin, Currency.GEM: wallet.gem}, Counter[str]()
    for leg in legs:
        if leg.account == PLAYER:
            own[leg.currency] += leg.amount
        else:
            booked[flow_name(leg.account, leg.currency)] += leg.amount
    flows = flowed(wallet.flows, booked)
    return msgspec.structs.replace(wallet, coin=own[Currency.COIN], gem=own[Currency.GEM], flows=flows)


def flowed(flows: Mapping[str, int], booked: Mapping[str, int]) -> dict[str, int]:
    """The flows of the house accounts after what was booked, both by the flows' names."""
    after = dict(flows)
    for name, amount in booked.items():
        flow = after.get(name, 0) + amount
        if flow:
            after[name] = flow
        else:
            after.pop(name, None)
    return after


def flow_name(account: str, currency: Currency) -> str:
    """The key of an account's flow in a wallet; coins are the rule."""
    return account if currency is COIN else f"{account}/{currency}"


def account_of(flow: str) -> tuple[str, Currency]:
    """What a flow's name stands for."""
    account, _, currency = flow.partition("/")
    return account, Currency(currency) if currency else COIN


def hash_of(value: Any) -> str:
    """The hash of a value's canonical JSON, the same whoever computes it."""
    return hashlib.sha256(_canonical(value)).hexdigest()[:40]


def chained(entry: Entry, previous: str) -> Entry:
    """The entry with its place in the player's chain."""
    linked = msgspec.structs.replace(entry, previous=previous, hash="")
    msgspec.structs.force_setattr(linked, "hash", hash_of(linked))  # nobody else has it yet
    return linked


def breaks(entries: Iterable[Entry]) -> list[str]:
    """What is wrong with a player's journal, oldest entry first: gaps, altered entries, sums that are not zero."""
    faults, previous, seq = [], "", 0
    for entry in entries:
        if entry.seq != seq + 1:
            faults.append(f"{entry.cause}: number {entry.seq} after {seq}")
        if entry.previous != previous or entry.hash != chained(entry, entry.previous).hash:
            faults.append(f"{entry.cause}: does not continue the chain")
        if imbalance(entry.legs):
            faults.append(f"{entry.cause}: does not sum to zero")
        previous, seq = entry.hash, entry.seq
    return faults


MONEY = frozenset({"seq", "coin", "gem", "flows", "head"})
"""The fields of a wallet that follow from an entry's place and legs."""

BY_NAME = frozenset({"tallies", "marks"})
"""Fields that an entry keeps in part."""

_STATE = [
    (name, stored)
    for name, stored in zip(Wallet.__struct_fields__, Wallet.__struct_encode_fields__, strict=True)
    if name not in MONEY
]
"""The other fields, as they are called in Python and in JSON."""

_values = attrgetter(*(name for name, _ in _STATE))


def changes(old: Wallet, new: Wallet) -> dict[str, Any]:
    """The fields that differ beside the money, as JSON values; of the counters and marks only those that have moved."""
    changed: dict[str, Any] = {}
    set_anew = [one for one in zip(_STATE, _values(old), _values(new), strict=True) if one[1] is not one[2]]
    for (name, stored), before, after in set_anew:
        if name in BY_NAME:
            after = {key: tally for key, tally in after.items() if before.get(key) is not tally}
            before = {}
        if before != after:
            changed[stored] = after if type(after) is int else msgspec.to_builtins(after)
    return changed


_GOALS = list(zip(Goals.__struct_fields__, Goals.__struct_encode_fields__, strict=True))

_goal_values = attrgetter(*Goals.__struct_fields__)

_MERGED = frozenset({"counts", "achieved"})
"""Fields of the goals of which an entry has only what has changed."""


def goal_changes(old: Goals, new: Goals) -> dict[str, Any]:
    """The fields of the goals that differ, as JSON values; of counters and achievements only those that have grown."""
    changed: dict[str, Any] = {}
    if old is new:
        return changed
    for (name, stored), before, after in zip(_GOALS, _goal_values(old), _goal_values(new), strict=True):
        if before is after:
            continue
        if name in _MERGED:
            after = {key: value for key, value in after.items() if before.get(key) != value}
            before = {}
        if before != after:
            changed[stored] = msgspec.to_builtins(after)
    return changed


def replay_goals(goals: Goals, entry: Entry) -> Goals:
    """The goals after an entry, computed from the journal alone."""
    if not entry.goals:
        return goals
    data = msgspec.to_builtins(goals)
    merged = {name: {**data.get(name, {}), **entry.goals[name]} for name in _MERGED if name in entry.goals}
    return msgspec.convert({**data, **entry.goals, **merged}, Goals)


def replay(wallet: Wallet, entry: Entry) -> Wallet:
    """The wallet after an entry, computed from the journal alone."""
    posted = msgspec.to_builtins(post(wallet, entry.legs))
    state = dict(entry.state)
    for name in BY_NAME & state.keys():
        state[name] = {**posted.get(name, {}), **state[name]}
    return msgspec.convert({**posted, **state, "seq": entry.seq, "head": entry.hash}, Wallet)

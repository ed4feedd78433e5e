"""From a player's journal to what they have: the journal is the truth, whatever has become of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from tapstack.economy.model import Entry, Goals, Holdings, Instance, Wallet
from tapstack.economy.rules.journal import replay, replay_goals


@dataclass
class Rebuilt:
    """What the journal says of a player, and by which entry each stack, piece and the goals were last written."""

    player_id: str
    wallet: Wallet = field(default_factory=Wallet)
    stacks: dict[str, int] = field(default_factory=dict)
    instances: dict[str, Instance] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    goals: Goals = field(default_factory=Goals)
    goals_mark: int = 0


def rebuilt(player_id: str, entries: Iterable[Entry]) -> Rebuilt:
    """What a player has after their entries, the oldest first."""
    now = Rebuilt(player_id)
    for entry in entries:
        now.wallet = replay(now.wallet, entry)
        if entry.goals:
            now.goals, now.goals_mark = replay_goals(now.goals, entry), entry.seq
        for item_id, change in entry.goods.items():
            now.stacks[item_id] = now.stacks.get(item_id, 0) + change
            now.marks[item_id] = entry.seq
        for instance_id, instance in entry.instances.items():
            if instance is None:
                now.instances.pop(instance_id, None)
            else:
                now.instances[instance_id] = instance
            now.marks[instance_id] = entry.seq
    now.stacks = {item_id: count for item_id, count in now.stacks.items() if count}
    now.marks = {key: seq for key, seq in now.marks.items() if key in now.stacks or key in now.instances}
    return now


def differences(found: Rebuilt, held: Holdings) -> list[str]:
    """What a player has that the journal does not say, and the other way round."""
    faults = []
    pairs: tuple[tuple[str, Wallet | Goals, Wallet | Goals], ...] = (
        ("wallet", found.wallet, held.wallet),
        ("goals", found.goals, held.goals),
    )
    for part, by_journal, there in pairs:
        for name in there.__struct_fields__:
            said, has = getattr(by_journal, name), getattr(there, name)
            if said != has:
                faults.append(f"{part}.{name}: {_short(has)}, by the journal {_short(said)}")
    for what, said_of, has_of in (
        ("stack", found.stacks, held.stacks),
        ("piece", found.instances, held.instances),
    ):
        for key in sorted({*said_of, *has_of}):
            if said_of.get(key) != has_of.get(key):
                faults.append(f"{what} {key}: {_short(has_of.get(key))}, by the journal {_short(said_of.get(key))}")
    return faults


def _short(value: object) -> str:
    return msgspec.json.encode(value).decode()[:80]

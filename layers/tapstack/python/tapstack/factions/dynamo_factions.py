"""Factions among the items that players share (CommonsTable).

`FAC#id` is a faction: what its officers change is one body with a `seq`, which each change requires and raises; its
treasury, what that has spent ever, and what each member has given stand beside, so that a donation waits for nobody.
It stands in a list by its name. `FACNAME#key` holds a name for it, `MEMBER#player` says where a player belongs, and
`TER#week` how the contest of a week has ended, in a list of its own, with those who may claim for it in `TER#week#who`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import msgspec
from msgspec.structs import replace

from tapstack.economy.model import Shared, SharedChange
from tapstack.economy.ports import SharedItems
from tapstack.factions.model import Faction, Membership, Stored, StoredMembership, WeekOver
from tapstack.factions.rules import name_key
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.errors import StoreUnavailable
from tapstack.players.rules.names import fold

FACTION, NAME, MEMBER, WEEK = "FAC#", "FACNAME#", "MEMBER#", "TER#"
BY_NAME, WEEKS = "faction", "territories"
READ_AT_ONCE = 50
CLAIMED_FOR_DAYS = 15


class FactionStore:
    """Every call raises StoreUnavailable where the items are unavailable."""

    def __init__(self, items: SharedItems) -> None:
        self.items = items

    # -- reading --

    def get(self, faction_id: str) -> Stored | None:
        """A faction as it stands now, None where there is none, or none any more."""
        return self.get_many([faction_id]).get(faction_id)

    def get_many(self, faction_ids: Sequence[str]) -> dict[str, Stored]:
        """Those of the factions that there are."""
        if not faction_ids:
            return {}
        found = self.items.shared([FACTION + one for one in faction_ids])
        return {key.removeprefix(FACTION): _stored(item) for key, item in found.items() if "body" in item}

    def search(self, start: str, after: str, limit: int) -> list[tuple[str, Stored]]:
        """Factions whose folded names begin like this, each with the place that the next page begins after."""
        rows = self.items.listed(BY_NAME, start, after, limit)
        found = self.items.shared([key for _, key in rows]) if rows else {}
        return [(f"{name}\n{key}", _stored(found[key])) for name, key in rows if key in found and "body" in found[key]]

    def page(self, after: str) -> tuple[list[Stored], str]:
        """A page of all factions, and what the next one begins after, "" at the end."""
        rows = self.items.listed(BY_NAME, "", after, READ_AT_ONCE)
        found = self.get_many([key.removeprefix(FACTION) for _, key in rows])
        more = f"{rows[-1][0]}\n{rows[-1][1]}" if len(rows) == READ_AT_ONCE else ""
        return list(found.values()), more

    def membership(self, player_id: str) -> StoredMembership:
        """Where a player belongs, as it stands now."""
        return self.memberships([player_id])[player_id]

    def memberships(self, player_ids: Sequence[str]) -> dict[str, StoredMembership]:
        """The same of several players."""
        found = self.items.shared([MEMBER + one for one in player_ids]) if player_ids else {}
        return {one: _membership(one, found.get(MEMBER + one)) for one in player_ids}

    def named(self, name: str) -> str | None:
        """The faction that holds a name, or one that people would take for it."""
        item = self.items.shared([NAME + name_key(name)]).get(NAME + name_key(name))
        return str(item["faction"]) if item else None

    # -- writing --

    def write(self, changes: Sequence[SharedChange]) -> bool:
        """Makes changes, all or none; False where something has changed since it was read."""
        return self.items.change(changes)

    def founded(self, faction: Faction, leader: StoredMembership, membership: Membership) -> list[SharedChange]:
        """What a new faction takes: nobody has its name, and its leader belongs where they did."""
        put = {**_listed(faction), "body": _json(faction), "seq": 1, "given": dict.fromkeys(faction.members, 0)}
        absent = {"seq": None}
        return [
            SharedChange(FACTION + faction.id, put=put, where=absent),
            SharedChange(NAME + name_key(faction.name), put={"faction": faction.id}, where={"faction": None}),
            _member_change(leader, membership),
        ]

    def changed(
        self,
        read: Stored,
        faction: Faction,
        memberships: Sequence[tuple[StoredMembership, Membership]] = (),
        cost: int = 0,
    ) -> list[SharedChange]:
        """A faction's next state, paid for by its treasury, with where players belong then."""
        came = [one for one in faction.members if one not in read.faction.members]
        gone = [one for one in read.faction.members if one not in faction.members]
        return [
            SharedChange(
                FACTION + faction.id,
                put={"body": _json(faction), "seq": read.seq + 1, **{f"given.{one}": 0 for one in came}},
                add={"treasury": -cost, "spent": cost} if cost else {},
                drop=tuple(f"given.{one}" for one in gone),
                where={"seq": read.seq, **({"treasury": read.treasury} if cost else {})},
            ),
            *(_member_change(before, after) for before, after in memberships),
        ]

    def dissolved(self, read: Stored, memberships: Sequence[tuple[StoredMembership, Membership]]) -> list[SharedChange]:
        """The end of a faction: its treasury counts as spent, its name is free."""
        held: dict[str, str | int | None] = {"seq": read.seq}
        held["treasury"] = read.treasury if read.treasury or read.spent else None
        return [
            SharedChange(
                FACTION + read.faction.id,
                put={"seq": read.seq + 1, "treasury": 0, "spent": read.spent + read.treasury},
                drop=("body", "given", "list", "sort"),
                where=held,
            ),
            SharedChange(NAME + name_key(read.faction.name), where={"faction": read.faction.id}, delete=True),
            *(_member_change(before, after) for before, after in memberships),
        ]

    def renamed(self, read: Stored, name: str, weeks: int) -> list[SharedChange]:
        """Another name for a faction, also in how so many of the last weeks have ended; nobody else has it."""
        faction = replace(read.faction, name=name)
        put: dict[str, Shared] = {**_listed(faction), "body": _json(faction), "seq": read.seq + 1}
        changes = [SharedChange(FACTION + faction.id, put=put, where={"seq": read.seq})]
        before, after = NAME + name_key(read.faction.name), NAME + name_key(name)
        if before != after:
            changes.append(SharedChange(before, where={"faction": faction.id}, delete=True))
            changes.append(SharedChange(after, put={"faction": faction.id}, where={"faction": None}))
        for key, item in self._weeks(weeks):
            over = _over(item)
            held = tuple(replace(one, name=name) if one.faction == faction.id else one for one in over.held)
            if held != over.held:
                body = _json(replace(over, held=held))
                changes.append(SharedChange(key, put={"body": body}, where={"body": str(item["body"])}))
        return changes

    def donated(self, faction_id: str, player_id: str, coins: int) -> list[SharedChange]:
        """A donation of a member."""
        add = {"treasury": coins, f"given.{player_id}": coins}
        return [SharedChange(FACTION + faction_id, add=add, there=(f"given.{player_id}", "body"))]

    def asking(self, read: StoredMembership, membership: Membership) -> list[SharedChange]:
        """A player asks other factions from now on."""
        return [_member_change(read, membership)]

    def forgotten(self, player: StoredMembership) -> list[SharedChange]:
        """Nothing is kept of a player who belongs to no faction."""
        if player.seq is None:
            return []
        return [SharedChange(MEMBER + player.player_id, where={"seq": player.seq}, delete=True)]

    # -- territories --

    def week(self, week: int) -> WeekOver | None:
        """How the contest of a week has ended, None where that is not decided."""
        key = _week_key(week)
        item = self.items.shared([key]).get(key)
        return _over(item) if item else None

    def weeks(self, limit: int) -> list[WeekOver]:
        """How the last contests have ended, the newest first."""
        return [_over(item) for _, item in self._weeks(limit)]

    def _weeks(self, limit: int) -> list[tuple[str, Mapping[str, Any]]]:
        rows: list[tuple[str, str]] = []
        page = self.items.listed(WEEKS, "", "", READ_AT_ONCE)
        while page:
            rows = [*rows, *page][-limit:]
            more = len(page) == READ_AT_ONCE
            page = self.items.listed(WEEKS, "", "\n".join(page[-1]), READ_AT_ONCE) if more else []
        found = self.items.shared([key for _, key in rows]) if rows else {}
        return [(key, found[key]) for _, key in reversed(rows) if key in found]

    def fighters(self, week: int) -> dict[str, list[str]]:
        """Who may claim for each territory after a week."""
        key = f"{_week_key(week)}#who"
        item = self.items.shared([key]).get(key)
        return msgspec.json.decode(str(item["body"]), type=dict[str, list[str]]) if item else {}

    def close(self, over: WeekOver, fighters: Mapping[str, Sequence[str]]) -> bool:
        """Records how a week has ended, once: False where that is decided already."""
        key = _week_key(over.week)
        expires_at_s = (Period.WEEK.start_ms(over.week + 1) + CLAIMED_FOR_DAYS * DAY_MS) // 1_000
        put: dict[str, Shared] = {"body": _json(over), "list": WEEKS, "sort": Period.WEEK.label(over.week)}
        who: dict[str, Shared] = {"body": _json(fighters), "expires_at_s": expires_at_s}
        return self.items.change(
            [SharedChange(key, put=put, where={"body": None}), SharedChange(f"{key}#who", put=who)]
        )


def _over(item: Mapping[str, Any]) -> WeekOver:
    return msgspec.json.decode(str(item["body"]), type=WeekOver)


def _week_key(week: int) -> str:
    return f"{WEEK}{Period.WEEK.label(week)}"


def _listed(faction: Faction) -> dict[str, Shared]:
    return {"list": BY_NAME, "sort": fold(faction.name)}


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _member_change(read: StoredMembership, membership: Membership) -> SharedChange:
    put: dict[str, Shared] = {"body": _json(membership), "seq": (read.seq or 0) + 1}
    return SharedChange(MEMBER + read.player_id, put=put, where={"seq": read.seq})


def _membership(player_id: str, item: Mapping[str, Any] | None) -> StoredMembership:
    if item is None:
        return StoredMembership(player_id)
    return StoredMembership(player_id, msgspec.json.decode(item["body"], type=Membership), int(item["seq"]))


def _stored(fields: Mapping[str, Any]) -> Stored:
    try:
        faction = msgspec.json.decode(fields["body"], type=Faction)
    except (KeyError, msgspec.DecodeError) as error:
        raise StoreUnavailable("this faction can't be read", code="faction_unreadable", retry_after_s=60) from error
    given = cast("dict[str, int]", fields.get("given", {}))
    return Stored(faction, int(fields["seq"]), int(fields.get("treasury", 0)), int(fields.get("spent", 0)), given)

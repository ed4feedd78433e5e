"""Showing factions: one's own, any other, the boards and the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.factions import rules
from tapstack.factions.answers import (
    Contender,
    FactionBoard,
    FactionRow,
    FactionView,
    HeldView,
    Inside,
    MemberView,
    OwnFaction,
    PastWeek,
    Territories,
    TerritoryView,
    Waiting,
    card,
)
from tapstack.factions.changing import OFFICERS, known, message_length, seats
from tapstack.factions.claims import may_claim
from tapstack.factions.model import Membership, Stored, WeekOver
from tapstack.factions.paying import territory_cause
from tapstack.factions.seeing import faces, seen_counters
from tapstack.platform.calendar import Period
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapstack.factions.ports import ReadFactionPorts
    from tapstack.players.model import Shown

TOP, LEADING, WEEKS = 20, 3, 4


def start_param(faction_id: str, code: str) -> str:
    """The start parameter of a faction's link."""
    return f"fac_{faction_id}_{code}"


def own(ports: ReadFactionPorts, player_id: str) -> OwnFaction:
    """The faction of a player, or what they need to find one."""
    membership = ports.factions.membership(player_id).membership
    stored = ports.factions.get(membership.faction) if membership.faction else None
    asked = ports.factions.get_many(membership.asked) if not stored and membership.asked else {}
    free_at_ms = membership.free_at_ms if membership.free_at_ms > ports.clock() else 0
    return OwnFaction(
        faction=_view(ports, stored, player_id) if stored else None,
        free_at_s=-(-free_at_ms // 1_000),
        asked=[card(one.faction) for one in asked.values() if player_id in one.faction.requests],
        price=ports.catalogues.current().factions.price,
    )


def view(ports: ReadFactionPorts, player_id: str, faction_id: str) -> FactionView:
    """A faction as a player sees it; raises NotFound (`faction_unknown`)."""
    return _view(ports, known(ports.factions, faction_id), player_id)


def _view(ports: ReadFactionPorts, stored: Stored, player_id: str) -> FactionView:
    faction, catalogue, now_ms = stored.faction, ports.catalogues.current(), ports.clock()
    member = faction.members.get(player_id)
    officer = member is not None and member.role in OFFICERS
    waiting = list(faction.requests) if officer else []
    seen = faces(ports, [*faction.members, *waiting], player_id)
    shown = [one for one in faction.members if one in seen]
    counted = seen_counters(ports, shown)
    week = Period.WEEK.number_at(now_ms)
    rows = []
    for one in shown:
        of, counter, face = faction.members[one], counted[one], seen[one]
        rows.append(
            MemberView(
                id=one,
                name=public_name(one, face.username),
                username=face.username,
                title=face.title,
                role=of.role,
                joined_at_s=of.joined_at_ms // 1_000,
                taps_week=rules.in_period(counter, Period.WEEK, week, of.clicks),
                taps=max(0, counter.clicks - of.clicks),
                given=stored.given.get(one, 0),
                territory=of.territory if member else "",
            )
        )
    inside = None
    if member is not None:
        inside = Inside(
            role=member.role,
            treasury=stored.treasury,
            link=start_param(faction.id, faction.code),
            waiting=_waiting(faction.requests, seen) if officer else [],
            bought=list(faction.bought),
            message_length=message_length(catalogue, faction),
        )
    taps = {period: rules.score(faction, counted, period, period.number_at(now_ms)) for period in Period}
    return FactionView(
        card=card(faction),
        created_at_s=faction.created_at_ms // 1_000,
        seats=min(rules.MOST_MEMBERS, seats(catalogue, faction)),
        taps_day=taps[Period.DAY],
        taps_week=taps[Period.WEEK],
        taps_month=taps[Period.MONTH],
        taps=rules.score(faction, counted, None, 0),
        paid_taps=rules.paid(faction, counted),
        next_level_taps=catalogue.factions.next_taps(faction.level),
        members=sorted(rows, key=lambda row: (-row.taps_week, -row.taps, row.joined_at_s, row.id)),
        inside=inside,
    )


def _waiting(requests: Mapping[str, int], seen: Mapping[str, Shown]) -> list[Waiting]:
    return [
        Waiting(one, public_name(one, seen[one].username), at_ms // 1_000)
        for one, at_ms in requests.items()
        if one in seen
    ]


def board(ports: ReadFactionPorts, player_id: str, period: Period | None) -> FactionBoard:
    """The best factions of the current period, or ever (None)."""
    number = period.number_at(ports.clock()) if period else 0
    top = ports.live_factions.top(period, number, TOP)
    mine = ports.factions.membership(player_id).membership.faction
    place = ports.live_factions.place(period, number, mine) if mine else None
    cards = ports.live_factions.cards([*(row.id for row in top), *([mine] if mine else [])])
    rows = [FactionRow(rank, row.taps, cards[row.id]) for rank, row in enumerate(top, 1) if row.id in cards]
    own_row = FactionRow(place[0], place[1], cards[mine]) if place and mine in cards else None
    return FactionBoard(
        period=str(period or "all"), name=period.label(number) if period else "", rows=rows, own=own_row
    )


def territories(ports: ReadFactionPorts, player_id: str) -> Territories:
    """The map with this week's contest, and who won the last ones."""
    week = Period.WEEK.number_at(ports.clock())
    places = ports.catalogues.current().territories
    contests = ports.live_factions.contests(week, [one.id for one in places], LEADING)
    membership = ports.factions.membership(player_id).membership
    stored = ports.factions.get(membership.faction) if membership.faction else None
    past = ports.factions.weeks(WEEKS)
    over = next((one for one in past if one.week == week - 1), None)
    held = {one.territory: one for one in over.held} if over else {}
    ids = {row.id for rows in contests.values() for row in rows} | {one.faction for one in held.values()}
    cards = ports.live_factions.cards(sorted(ids))
    return Territories(
        week=Period.WEEK.label(week),
        ends_at_s=Period.WEEK.start_ms(week + 1) // 1_000,
        territories=[
            TerritoryView(
                id=place.id,
                holder=Contender(
                    held[place.id].faction,
                    held[place.id].name,
                    cards[held[place.id].faction].colour if held[place.id].faction in cards else "",
                    held[place.id].taps,
                )
                if place.id in held
                else None,
                leading=[
                    Contender(row.id, cards[row.id].name, cards[row.id].colour, row.taps)
                    for row in contests[place.id]
                    if row.id in cards
                ],
            )
            for place in places
        ],
        own=stored.faction.members[player_id].territory if stored and player_id in stored.faction.members else "",
        claimable=_claimable(ports, player_id, over, membership) if over else None,
        history=[
            PastWeek(Period.WEEK.label(one.week), [HeldView(h.territory, h.faction, h.name, h.taps) for h in one.held])
            for one in past
        ],
    )


def _claimable(ports: ReadFactionPorts, player_id: str, over: WeekOver, membership: Membership) -> str | None:
    """The territory whose reward a player may take and has not."""
    fought = membership.fought.get(str(over.week), {})
    mine = [
        one.territory
        for one in over.held
        if one.faction == membership.faction or rules.cause(one.faction, one.territory) in fought
    ]
    if not mine:
        return None
    fighters = ports.factions.fighters(over.week)
    places = [place for place in ports.catalogues.current().territories if place.id in mine]
    found = next((place.id for place in places if may_claim(ports, player_id, over, place, fighters)), None)
    return found if found and ports.wallets.entry(player_id, territory_cause(over.week)) is None else None

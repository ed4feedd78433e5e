"""The people whom a broadcast is for, in pages: each page is a few bulk reads. For operators only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tapstack.broadcasts.model import Audience, Person, Verdict
from tapstack.broadcasts.rules import judge

if TYPE_CHECKING:
    from tapstack.broadcasts.ports import AudiencePorts
    from tapstack.players.model import Player
    from tapstack.telegram.model import Chat

PAGE = 100
"""One BatchGetItem: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html"""


@dataclass(frozen=True, slots=True)
class Survey:
    """How many people would get a broadcast, by language, and how many are skipped, by verdict."""

    by_language: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)


def page(ports: AudiencePorts, audience: Audience, cursor: str | None) -> tuple[list[tuple[int, Person]], str | None]:
    """A page of the people among whom an audience is found, by chat id, and the next cursor, None at the end."""
    if audience.kind == "players":
        begin = int(cursor or 0)
        end = begin + PAGE
        named = ports.players.get_many(audience.players[begin:end])
        players = {player.telegram_id: player for player in named.values()}
        found = ports.conversations.get_many(list(players)) if players else {}
        following = str(end) if end < len(audience.players) else None
        return _people(ports, audience, {i: found.get(i) for i in players}, players), following
    chats, following = ports.conversations.scan_page(cursor, PAGE)
    players = ports.players.by_telegram_ids([chat.id for chat in chats]) if chats else {}
    return _people(ports, audience, {chat.id: chat for chat in chats}, players), following


def _people(
    ports: AudiencePorts,
    audience: Audience,
    chats: Mapping[int, Chat | None],
    players: Mapping[int, Player],
) -> list[tuple[int, Person]]:
    taps: dict[str, int] = {}
    if audience.kind == "active" and players:
        taps = ports.counters.last_taps([player.id for player in players.values()])
    rows = ((i, chat, players.get(i)) for i, chat in chats.items())
    return [(i, Person(chat, player, taps.get(player.id, 0) if player else 0)) for i, chat, player in rows]


def pages(ports: AudiencePorts, audience: Audience) -> Iterator[list[tuple[int, Person]]]:
    """All pages of an audience."""
    cursor: str | None = None
    while True:
        people, cursor = page(ports, audience, cursor)
        yield people
        if cursor is None:
            return


def survey(ports: AudiencePorts, audience: Audience, seen: Callable[[int], None] = lambda _: None) -> Survey:
    """Counts an audience, and changes nothing; `seen` is called with the number of people just looked at."""
    found = Survey()
    for people in pages(ports, audience):
        for _, person in people:
            verdict = judge(audience, person)
            if verdict is Verdict.SEND:
                found.by_language[person.language or "unknown"] += 1
            elif verdict is not Verdict.OUTSIDE:
                found.skipped[verdict] += 1
        seen(len(people))
    return found

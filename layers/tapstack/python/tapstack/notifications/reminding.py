"""Reminding players who have closed the game: one message a day at most, of all that there is, and each at most once.

Run every minute. It walks through all chats, a few pages at a time, and compares each player with what the walk before
has seen of them; a tap costs nothing. What it finds goes into the inbox, and what has come there from others and is
not read goes into the message. A reminder is a message of the day's broadcast: that is how each is sent at most
once whatever is killed or lost (broadcasts/driving.py), how blocked bots are noticed, and how an operator counts
reminders (`tapstack broadcast list`) and stops those of today (`tapstack broadcast stop`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tapstack.broadcasts import audience as audiences
from tapstack.broadcasts.model import Audience, Broadcast, Person, State, Verdict
from tapstack.broadcasts.rules import judge, key
from tapstack.notifications import leases, rules
from tapstack.notifications.finding import found
from tapstack.notifications.kinds import KINDS, Told
from tapstack.notifications.model import Facts, Seen, Walk
from tapstack.notifications.texts import TEXTS
from tapstack.notifications.wording import digest, line, names_of
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import NotFound
from tapstack.play.rules.score import clicks_of
from tapstack.telegram.notices import text_call, wake_sender
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from tapstack.notifications.ports import RemindPorts

WALK_EVERY_MS = 3 * rules.HOUR_MS
"""At least once within the hours at which somebody may be written to (rules.AROUND_MS)."""

PAGES_AT_ONCE = 6
"""Of 100 chats, in one run: 108,000 in three hours."""

MESSAGES_AT_ONCE = 300
"""In one run: a fifth of what the outbox sends in a minute, and more wait for the next."""

LEASE_MS = 55_000
"""Shorter than a minute: the next run claims it anew."""

LINES = 8
"""Of a message; the inbox has the rest."""

OPERATOR = "reminders"


def remind(ports: RemindPorts) -> int:
    """Looks at the next players, and answers how many messages were handed to the outbox."""
    if not ports.settings.telegram.reminders or not ports.leases.claim(leases.WALK, LEASE_MS):
        return 0
    now_ms = ports.clock()
    walk = ports.reminders.walk()
    if walk.cursor is None:
        if now_ms - walk.began_at_ms < WALK_EVERY_MS:
            return 0
        walk = Walk(now_ms)
    today = _todays_broadcast(ports, now_ms)
    if today is None:
        return 0
    audience = Audience("active", since_ms=now_ms - rules.LOST_MS)
    sent = 0
    for _ in range(PAGES_AT_ONCE):
        people, cursor = audiences.page(ports, audience, walk.cursor)
        sent += _page(ports, today, audience, people, now_ms)
        walk = replace(walk, cursor=cursor)
        ports.reminders.keep_walk(walk)
        if cursor is None or sent >= MESSAGES_AT_ONCE:
            break
    if sent:
        wake_sender(ports)
    return sent


def _todays_broadcast(ports: RemindPorts, now_ms: int) -> Broadcast | None:
    """The broadcast that today's reminders belong to, None if an operator has stopped it."""
    try:
        found = ports.broadcasts.get(_name(now_ms))
    except NotFound:
        _finish_yesterdays(ports, now_ms)
        found = Broadcast(
            _name(now_ms),
            texts={},
            audience=Audience("players"),
            pace=1,
            operator=OPERATOR,
            started_at_ms=now_ms,
            driver=OPERATOR,
            alive_until_ms=(now_ms // DAY_MS + 1) * DAY_MS,
        )
        ports.broadcasts.create(found)
    return found if found.state is State.RUNNING else None


def _finish_yesterdays(ports: RemindPorts, now_ms: int) -> None:
    """What is still waiting of it is out of date, and is not sent."""
    try:
        before = ports.broadcasts.get(_name(now_ms - DAY_MS))
    except NotFound:
        return
    before.state, before.ended_at_ms = State.FINISHED, now_ms
    ports.broadcasts.save(before)


def _name(at_ms: int) -> str:
    """As broadcasts are named; those of operators do not end like this."""
    return f"{datetime.fromtimestamp(at_ms / 1_000, UTC):%Y%m%d}-000000-0000"


def _page(
    ports: RemindPorts,
    today: Broadcast,
    audience: Audience,
    people: Sequence[tuple[int, Person]],
    now_ms: int,
) -> int:
    """Looks at a page of people; how many messages were handed over."""
    listening = {
        person.player.id: (chat_id, person)
        for chat_id, person in people
        if judge(audience, person) is Verdict.SEND and person.player and person.chat and person.chat.reminders
    }
    facts = _facts(ports, list(listening), now_ms)
    seen: dict[str, Seen] = {}
    sent = 0
    for player_id, now in facts.items():
        chat_id, person = listening[player_id]
        text = _text(ports, person, now)
        if text:
            sent += ports.outbox.put_named(key(today.id), _message(ports, chat_id, text, _language(person)))
            seen[player_id] = Seen(clicks_of(now.score), now.rank, now_ms)
        elif now.before.clicks != clicks_of(now.score):
            seen[player_id] = Seen(clicks_of(now.score), now.rank, now.before.reminded_at_ms)
    if seen:
        ports.reminders.keep_seen(seen)
    return sent


def _facts(ports: RemindPorts, player_ids: Sequence[str], now_ms: int) -> dict[str, Facts]:
    """What is known of those players who are on the board, in five round trips at most."""
    scores = ports.all_time_board.scores(player_ids)
    seen = ports.reminders.seen(list(scores))
    ranks = dict(zip(scores, ports.all_time_board.ranks(list(scores.values())), strict=True))
    week: Mapping[str, float] = {}
    if rules.is_first_day_of_week(now_ms):
        week = dict(ports.live_league.scores(rules.last_week(now_ms), list(scores)))
    return {i: _fact(now_ms, i, score, ranks[i], seen.get(i), week.get(i, 0.0)) for i, score in scores.items()}


def _fact(now_ms: int, player_id: str, score: float, rank: int, seen: Seen | None, week_score: float) -> Facts:
    clicks = clicks_of(score)
    if seen is None:
        before = Seen(-1, rank)
    else:
        before = seen if seen.clicks == clicks else replace(seen, rank=rank)
    return Facts(now_ms, player_id, score, rank, before, week_score)


def _text(ports: RemindPorts, person: Person, facts: Facts) -> str:
    """What to remind somebody of now, "" for nothing: what was found, and what waits since the last reminder."""
    chat = person.chat
    if chat is None or not rules.may_remind(facts.now_ms, chat, person.language, person.last_tap_at_ms, facts.before):
        return ""
    notices = [notice for notice in found(ports, facts) if ports.inbox.add(facts.player_id, notice)]
    known = {(notice.kind, notice.key) for notice in notices}
    box = ports.inbox.read(facts.player_id, facts.now_ms)
    since_ms = max(box.read_up_to_ms, facts.before.reminded_at_ms)
    notices += [one for one in box.notices if one.at_ms > since_ms and (one.kind, one.key) not in known]
    told = [one for kind in KINDS for one in notices if one.kind == kind and KINDS[kind].told is Told.DAILY]
    told = [one for one in told if chat.wants(one.kind)][:LINES]
    names, language = names_of(ports, told), _language(person)
    return digest([text for text in (line(one, names, language) for one in told) if text], language)


def _language(person: Person) -> str:
    return language_of(person.language)


def _message(ports: RemindPorts, chat_id: int, text: str, language: str) -> dict[str, Any]:
    """A reminder, with a button into the game and one that ends reminders."""
    url = ports.settings.telegram.button_url
    play: dict[str, Any] = {"text": TEXTS.plain("b.open", language), "web_app": {"url": url}}
    if not url:
        play = {"text": TEXTS.plain("reminder.tap", language), "callback_data": "tap:open"}
    stop = {"text": TEXTS.plain("reminder.stop", language), "callback_data": "reminders:off"}
    return text_call(chat_id, text) | {"reply_markup": {"inline_keyboard": [[play], [stop]]}}

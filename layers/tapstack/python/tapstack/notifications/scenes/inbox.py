"""The inbox in the chat, and what the bot may tell, and when."""

from __future__ import annotations

from datetime import UTC, datetime

from telegram import InlineKeyboardButton

from tapstack.inbox.model import Kind
from tapstack.notifications import inbox
from tapstack.notifications.kinds import KINDS
from tapstack.notifications.ports import NotificationScenePorts
from tapstack.notifications.texts import TEXTS
from tapstack.notifications.wording import line, names_of
from tapstack.platform.calendar import DAY_MS
from tapstack.players.model import Player
from tapstack.telegram.context import Context, Rows
from tapstack.telegram.scene import Scene

InboxContext = Context[Player, NotificationScenePorts]

LINES = 8
STEPS = {"back": -1, "on": 1}
HOURS = {"from": "quiet.from", "to": "quiet.to", "zone": "quiet.zone"}
FARTHEST_MIN = (-720, 840)
GUESSES_MIN = {"ru": 180}
"""What somebody's time may be who begins to set it, by language."""

scene: Scene[Player, NotificationScenePorts] = Scene("inbox", TEXTS, commands=("inbox",))


@scene.opens
def show(context: InboxContext) -> None:
    found = context.ports.inbox.read(context.player.id, context.ports.clock())
    shown = found.notices[:LINES]
    names = names_of(context.ports, shown)
    lines = [text for text in (line(notice, names, context.language) for notice in shown) if text]
    if found.unread:
        inbox.mark_read(context.ports, context.player.id, found.notices[0].at_ms)
    parts = [context.say("inbox.title"), *(lines or [context.say("inbox.empty")])]
    if len(found.notices) > len(shown):
        parts.append(context.say("inbox.more"))
    settings = [context.button("b.inbox_settings", "inbox:settings")]
    context.show("\n\n".join(parts), [settings, [*context.open_button(), *context.home_row()]])


@scene.on("settings")
def settings(context: InboxContext) -> None:
    chat = context.chat
    rows: Rows = [[_switch(context, "kind.daily", chat.reminders, "inbox:daily")]]
    kinds = [_switch(context, KINDS[kind].name, kind not in chat.muted, f"inbox:kind:{kind}") for kind in KINDS]
    rows += [kinds[at : at + 2] for at in range(0, len(kinds), 2)]
    for what, key in HOURS.items():
        if what == "zone" and chat.zone:
            continue
        name = context.plain(key)
        back = context.button("b.earlier", f"inbox:{what}:back", what=name)
        rows.append([back, context.button("b.later", f"inbox:{what}:on", what=name)])
    rows.append([context.button("b.inbox", "inbox:open"), *context.home_row()])
    context.show(f"{context.say('inbox.settings')}\n\n{_hours(context)}", rows)


@scene.on("daily")
def daily(context: InboxContext) -> None:
    context.chat.reminders = not context.chat.reminders
    settings(context)


@scene.on("kind")
def kind(context: InboxContext) -> None:
    muted = set(context.chat.muted)
    if context.argument in set(Kind):
        context.chat.muted = sorted(muted ^ {context.argument})
    settings(context)


@scene.on("from")
def quiet_from(context: InboxContext) -> None:
    context.chat.quiet_from_h = (context.chat.quiet_from_h + _step(context)) % 24
    settings(context)


@scene.on("to")
def quiet_to(context: InboxContext) -> None:
    context.chat.quiet_to_h = (context.chat.quiet_to_h + _step(context)) % 24
    settings(context)


@scene.on("zone")
def zone(context: InboxContext) -> None:
    """The first press begins with a guess; who has a time zone needs none."""
    chat = context.chat
    if chat.zone:
        pass
    elif chat.utc_offset_min is None:
        chat.utc_offset_min = GUESSES_MIN.get(context.language, 0)
    else:
        least, most = FARTHEST_MIN
        chat.utc_offset_min = max(least, min(most, chat.utc_offset_min + _step(context) * 60))
    settings(context)


def _step(context: InboxContext) -> int:
    return STEPS.get(context.argument, 0)


def _switch(context: InboxContext, name: str, on: bool, data: str) -> InlineKeyboardButton:
    return context.button("b.kind_on" if on else "b.kind_off", data, kind=context.plain(name))


def _hours(context: InboxContext) -> str:
    chat = context.chat
    now_ms = context.ports.clock()
    ahead_min = chat.ahead_min(now_ms)
    if ahead_min is None:
        return context.say("inbox.zone_unknown")
    local_ms = (now_ms + ahead_min * 60_000) % DAY_MS
    now = f"{datetime.fromtimestamp(local_ms / 1_000, UTC):%H:%M}"
    if chat.quiet_from_h == chat.quiet_to_h:
        return context.say("inbox.no_quiet", now=now)
    return context.say("inbox.quiet", start=chat.quiet_from_h, end=chat.quiet_to_h, now=now)

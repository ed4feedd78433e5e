"""Rallies of group chats: begun by a command, drawn while they go on, and told of once when they are over.

A group has one rally at a time, whoever of it began it. Its message is known from the first press of a button on it:
Telegram tells nobody the id of a message that answers an update.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tapstack.economy.rules import ops
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import NotFound
from tapstack.platform.one_by_one import LATER_MS, one_by_one
from tapstack.rallies import leases
from tapstack.rallies.chat import edit_call, group_call
from tapstack.rallies.ending import end_due
from tapstack.rallies.model import GroupRally
from tapstack.rallies.rules import GRACE_MS
from tapstack.telegram.notices import notify, wake_sender

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapstack.rallies.answers import RallyView
    from tapstack.rallies.ports import DrawPorts, GroupBeginPorts, KeepRalliesPorts
    from tapstack.rallies.rallying import Rallying

EVERY_MS = 5_000
"""A bar is drawn so often at most: 12 times a minute, where Telegram allows a group 20 messages."""

TOLD_WITHIN_MS = 600_000
"""So soon after the end of one, another one in the group sees to it that the group has been told of the end."""

DRAWN = 50
"""Rallies that go on and that one run of maintenance draws: edits must not use up what Telegram allows the bot."""


def begin(
    ports: GroupBeginPorts, rallying: Rallying, chat_id: int, player_id: str, language: str, update_id: int
) -> tuple[RallyView, str]:
    """Begins a rally in a group, or finds the one that goes on there; returns it, and its language.

    The op is the same whenever Telegram sends the update of a day. Raises what `Rallying.begin` raises.
    """
    now_ms, known = ports.clock(), ports.rallies.in_group(chat_id)
    if known and now_ms < known.ends_at_ms + GRACE_MS:
        return rallying.view(ports, player_id, known.rally), known.language
    if known and now_ms < known.ends_at_ms + TOLD_WITHIN_MS:
        _tell(ports, known, rallying.view(ports, player_id, known.rally))
    op = ops.made_for(now_ms // DAY_MS * DAY_MS, f"rally {chat_id} {player_id} {update_id}")
    view = rallying.begin(ports, player_id, op)
    own = GroupRally(chat_id, view.id, view.ends_at_ms, language)
    if not ports.rallies.place(own, known.rally if known else ""):
        known = ports.rallies.in_group(chat_id)
        if known and known.rally != view.id:
            return rallying.view(ports, player_id, known.rally), known.language
    return view, language


def draw(ports: DrawPorts, rallying: Rallying, chat_id: int, rally_id: str, message_id: int) -> None:
    """Has a group's message show how its rally stands, unless that was done a moment ago; the newest one alone."""
    if not ports.leases.claim(leases.bar(rally_id), EVERY_MS):
        return
    known = ports.rallies.in_group(chat_id)
    if known is None or known.rally != rally_id:  # of another group, or of before
        return
    if message_id > known.message_id:
        ports.rallies.seen(chat_id, rally_id, message_id)
        known = replace(known, message_id=message_id)
    if known.message_id:
        _edit(ports, known, rallying.view(ports, "", rally_id))


def keep(ports: KeepRalliesPorts, rallying: Rallying) -> int:
    """Each minute: ends rallies that are over, draws those of groups, and tells each group once what came of its own.

    Those first whose rallies have ended first. Returns how many have ended. What one run leaves open a later one does.
    """
    later_ms = ports.clock() + LATER_MS
    try:
        return end_due(ports)
    finally:
        one_by_one(
            _groups(ports),
            lambda chat_id: _keep(ports, rallying, chat_id),
            lambda _: "the rally of a group",
            lambda chat_id: ports.rallies.put_off_group(chat_id, later_ms),
        )


def _groups(ports: KeepRalliesPorts) -> Iterator[int]:
    """The groups whose rallies have ended, all of them, and a few of those whose go on."""
    now_ms, drawn = ports.clock(), 0
    for ends_at_ms, chat_id in ports.rallies.groups():
        drawn += now_ms < ends_at_ms + GRACE_MS
        if drawn > DRAWN:
            return
        yield chat_id


def _keep(ports: KeepRalliesPorts, rallying: Rallying, chat_id: int) -> int:
    """Draws, or tells the end of, the rally of a group; returns how many it has told of."""
    known = ports.rallies.in_group(chat_id)
    if known is None:
        return 0
    try:
        view = rallying.view(ports, "", known.rally)
    except NotFound:
        ports.rallies.told(known)
        return 0
    if known.message_id:
        _edit(ports, known, view)
    if view.over:
        _tell(ports, known, view)
        ports.rallies.told(known)
    return int(view.over)


def _edit(ports: DrawPorts, known: GroupRally, view: RallyView) -> None:
    if ports.outbox.put_edit(edit_call(_call(ports, known, view), known.message_id)):
        wake_sender(ports)


def _tell(ports: DrawPorts, known: GroupRally, view: RallyView) -> None:
    notify(ports, f"rally-{known.rally}", _call(ports, known, view))


def _call(ports: DrawPorts, known: GroupRally, view: RallyView) -> dict[str, Any]:
    juggernaut = ports.catalogues.current().rallies.juggernaut
    return group_call(known.chat_id, view, juggernaut, known.language)

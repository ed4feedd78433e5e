"""Duels that were accepted in the chat: counted in time though nobody watches, and told of when they are over.

The sync function is asked for it a moment after the start and a moment after the end; a minute's schedule makes good
what the queue has lost, though a duel that nobody has looked at in time is a draw then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.duels import duelling, leases, rules
from tapstack.duels.chat import app_row, group_call, lines_of
from tapstack.duels.model import State, TalkedDuel
from tapstack.duels.texts import TEXTS
from tapstack.platform.errors import NotFound
from tapstack.platform.one_by_one import LATER_MS, one_by_one
from tapstack.play.taps import ask_for
from tapstack.players.mentions import mention
from tapstack.telegram.links import known_bot_name
from tapstack.telegram.notices import text_call, wake_sender
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from tapstack.duels.answers import DuelView
    from tapstack.duels.ports import SettlePorts, TalkPorts

BUDGET_S = 5.0
"""The queue's function does other work too; what is left the next run settles."""

DRAWN_EVERY_MS = 4_000
"""The score is drawn so often at most: a group allows an edit every 3 s."""

AFTER_MS = 1_000
"""So long after the start, and after the last taps have come in, the duel is looked at."""


def accepted(ports: TalkPorts, view: DuelView, language: str, chat_id: int = 0, message_id: int = 0) -> None:
    """Sees to it that a duel is watched; in a private chat the host hears at once who has accepted."""
    ends_at_ms, now_ms = view.ends_at_ms or 0, ports.clock()
    ports.duels.talk(TalkedDuel(view.id, view.host.id, ends_at_ms, language, chat_id, message_id))
    for at_ms in ((view.starts_at_ms or 0) + AFTER_MS, ends_at_ms + rules.GRACE_MS + AFTER_MS):
        ask_for(ports, "duels", delay_s=max(0, -(-(at_ms - now_ms) // 1_000)))
    if not chat_id and view.rival:
        _tell(ports, view, view.host.id, "accepted", mention(view.rival.id))


def settle(ports: SettlePorts) -> int:
    """Looks at each duel of the chat that has just begun, and tells of those that are over; returns how many."""
    now_ms = ports.clock()
    return one_by_one(
        ports.duels.talked(now_ms),
        lambda duel_id: _settle(ports, duel_id),
        "duel {}".format,
        lambda duel_id: ports.duels.put_off_talked(duel_id, now_ms + LATER_MS),
        budget_s=BUDGET_S,
    )


def _settle(ports: SettlePorts, duel_id: str) -> bool:
    known = ports.duels.talked_of(duel_id)
    if known is None:
        return False
    try:
        view = duelling.view(ports, known.host, duel_id)
    except NotFound:
        ports.duels.talk_over(duel_id)
        return False
    if known.chat_id and (view.state is State.OVER or ports.leases.claim(leases.score(duel_id), DRAWN_EVERY_MS)):
        draw(ports, known, view)
    if view.state is not State.OVER:
        return False
    if known.chat_id:
        result = group_call(known.chat_id, view, known.language, None)
        _put(ports, f"duel-{duel_id}", result)
    else:
        for one in filter(None, (view.host, view.rival)):
            _tell(ports, view, one.id, "over")
    ports.duels.talk_over(duel_id)
    return True


def draw(ports: TalkPorts, known: TalkedDuel, view: DuelView) -> None:
    """Has the group's message show how the duel stands."""
    call = group_call(known.chat_id, view, known.language, known_bot_name(ports))
    if ports.outbox.put_edit(call | {"method": "editMessageText", "message_id": known.message_id}):
        wake_sender(ports)


def _tell(ports: TalkPorts, view: DuelView, player_id: str, what: str, name: str = "") -> None:
    """Tells a player in their private chat, once."""
    player = ports.players.get_many([player_id]).get(player_id)
    if player is None:
        return
    language = language_of(*player.wished_languages())
    lines = lines_of(view, language)
    rows = []
    if name:
        lines = [TEXTS.say("duel.accepted", language, name=name), *lines]
        tap = {"text": TEXTS.plain("b.duel_here", language), "callback_data": "tap:open"}
        rows = [[tap], *app_row(view.id, language, known_bot_name(ports))]
    call: dict[str, object] = text_call(player.telegram_id, "\n".join(lines))
    if rows:
        call |= {"reply_markup": {"inline_keyboard": rows}}
    _put(ports, f"duel-{view.id}-{what}-{player_id}", call)


def _put(ports: TalkPorts, key: str, call: dict[str, object]) -> None:
    """Both wait for it: it goes before what nobody waits for."""
    if ports.outbox.put_once(key, call):
        wake_sender(ports)

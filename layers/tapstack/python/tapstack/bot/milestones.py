"""One message for each milestone that a player has reached, with an effect; whatever is repeated, or lost and rebuilt.

It follows the saving of players. What a chat was told of is kept with the chat, so that neither a sync that runs again,
a Redis that has lost everything, nor a score that an operator corrects down makes it told twice. A cache in Redis keeps
players who have reached nothing new from being looked up. Nothing here loads python-telegram-bot: a sync starts often.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tapstack.bot.texts import TEXTS
from tapstack.inbox.model import Kind
from tapstack.inbox.notifying import notify
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.rules.milestones import FIRST_MILESTONE, last_milestone
from tapstack.telegram.notices import text_call
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from tapstack.bot.ports import MilestonePorts
    from tapstack.play.model import Counter
    from tapstack.players.model import Player

log = logging.getLogger(__name__)

EFFECT = "5046509860389126442"
"""Confetti; an effect of Telegram's own, for private chats: https://core.telegram.org/bots/api#sendmessage"""

ATTEMPTS = 4


def celebrate(ports: MilestonePorts, counters: Sequence[Counter]) -> None:
    """Tells players of the milestones that they have reached; what is unavailable now is made good by a later sync.

    Raises nothing: they have been saved, and others must be, too, whatever goes wrong here.
    """
    reached = {c.player_id: c.clicks for c in counters if c.clicks >= FIRST_MILESTONE}
    if not reached:
        return
    try:
        known = ports.milestones.known(list(reached))
        _tell(ports, {i: clicks for i, clicks in reached.items() if last_milestone(clicks) > known.get(i, 0)})
    except StoreUnavailable as error:
        log.warning("milestones are told later: %s", error)
    except Exception:
        log.exception("milestones can't be told")


def _tell(ports: MilestonePorts, reached: Mapping[str, int]) -> None:
    """Tells players, by their clicks, who have a chat that wants to hear it; it is remembered there first or last.

    A whole round is looked up, and remembered, in one go: after Redis has lost everything all players are in it.
    """
    if not reached:
        return
    found = ports.players.get_many(list(reached))
    told: dict[str, int] = {}
    try:
        for player_id, clicks in reached.items():
            player, milestone = found.get(player_id), last_milestone(clicks)
            if player is None or _recorded(ports, player, clicks, milestone):
                told[player_id] = milestone  # else the chat is being changed all the time: the next sync tries again
    finally:
        ports.milestones.keep(told)


def _recorded(ports: MilestonePorts, player: Player, clicks: int, milestone: int) -> bool:
    for _ in range(ATTEMPTS):
        chat = ports.conversations.get(player.telegram_id)
        if not chat.version or chat.milestone >= milestone:
            return True
        fresh = _is_fresh(clicks, milestone)
        if fresh:
            notify(ports, player.id, Kind.MILESTONE, str(milestone), count=milestone)
        if chat.wants(Kind.MILESTONE) and not player.hidden and fresh:
            language = language_of(*player.wished_languages(chat.language))
            text = TEXTS.say("milestone.reached", language, count=milestone)
            call = text_call(chat.id, text, silent=chat.is_quiet(ports.clock()))
            if ports.outbox.put_once(f"milestone-{milestone}", call | {"message_effect_id": EFFECT}, urgent=False):
                ports.outbox_queue.wake()
        chat.milestone = milestone
        if ports.conversations.save(chat, ports.clock() // 1_000):
            return True
    return False


def _is_fresh(clicks: int, milestone: int) -> bool:
    """Whether a milestone has just been reached: not long ago, nor by a correction, before anybody kept record."""
    return clicks < 2 * milestone

"""Tells an inviter that somebody has come by their link, to the Mini App or to the chat."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tapstack.inbox.model import Kind
from tapstack.inbox.notifying import gather
from tapstack.platform.calendar import Period
from tapstack.platform.errors import GameError
from tapstack.platform.limits import COOLDOWNS
from tapstack.players.names import name_for_others
from tapstack.players.texts import TEXTS
from tapstack.telegram.notices import notify, text_call
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from tapstack.players.model import Player
    from tapstack.players.ports import JoiningPorts

log = logging.getLogger(__name__)


def tell_inviter(ports: JoiningPorts, player: Player) -> None:
    """Tells the inviter of a new player, once: in the inbox, and by the bot unless they have muted or blocked it.

    Nobody's sign-in waits for it, or fails by it: where a store is unavailable, the list of friends has to do.
    """
    if player.referrer_id is None:
        return
    try:
        inviter = ports.players.get(player.referrer_id)
        today = Period.DAY.label(Period.DAY.number_at(player.created_at_ms))
        gather(ports, inviter.id, Kind.FRIEND, today, player.id)
        chat = ports.conversations.get(inviter.telegram_id)
        if chat.wants(Kind.FRIEND):
            ports.limiter.spend("joined", inviter.id, COOLDOWNS["joined"])
            language = language_of(*inviter.wished_languages(chat.language))
            text = TEXTS.say("invite.credited", language, name=name_for_others(player))
            quiet = chat.is_quiet(player.created_at_ms)
            notify(ports, f"credited-{player.id}", text_call(inviter.telegram_id, text, silent=quiet))
    except GameError as error:
        log.info("%s: the inviter of %s is not told", error.code, player.id)

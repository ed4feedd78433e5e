"""/start: welcomes a new player and tells their inviter; a known player is home."""

from __future__ import annotations

from tapstack.platform.errors import GameError, Retryable
from tapstack.players.model import Player
from tapstack.players.names import name_for_others
from tapstack.players.ports import StartPorts
from tapstack.players.texts import TEXTS
from tapstack.telegram.context import HOME, Context, message_call
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import language_of

scene: Scene[Player, StartPorts] = Scene("start", TEXTS, commands=("start",))


@scene.opens
def start(context: Context[Player, StartPorts]) -> None:
    if context.is_new and context.player.referrer_id:
        thank_inviter(context, context.player.referrer_id)
    if context.is_new and context.player.username is None:
        context.go_to("naming", "welcome")
    else:
        context.go_to(HOME)


def thank_inviter(context: Context[Player, StartPorts], inviter_id: str) -> None:
    """Tells an inviter that a new player has come by their link, unless they want no notifications."""
    try:
        inviter = context.ports.players.get(inviter_id)
    except Retryable:
        raise
    except GameError:
        return  # an inviter who is gone
    chat = context.ports.conversations.get(inviter.telegram_id)
    if chat.notify and not chat.blocked:
        language = language_of(*inviter.wished_languages(chat.language))
        text = TEXTS.say("invite.credited", language, name=name_for_others(context.player))
        context.notify(f"credited-{context.player.id}", message_call(inviter.telegram_id, text))

"""/start: a new player is welcomed, whoever invited them is told, and a known one is home."""

from tapstack.bot.views import name_for_others
from tapstack.platform.errors import GameError, StoreUnavailable
from tapstack.ports import Stores
from tapstack.telegram.context import Context, message_call
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import language_of, say

scene = Scene("start", commands=("start",))


@scene.opens
def start(context: Context) -> None:
    if context.is_new:
        thank_inviter(context)
    view = "welcome" if context.player.username is None and context.is_new else "open"
    context.go_to("naming" if view == "welcome" else "home", view)


def thank_inviter(context: Context) -> None:
    """Tells whose link a new player came by, unless they want no notifications."""
    ancestors: tuple[str, ...] = getattr(context.player, "ancestors", ())
    if not ancestors:
        return
    try:
        _thank(context.stores, context, ancestors[0])
    except StoreUnavailable:
        raise
    except GameError:
        return  # an inviter who is gone


def _thank(stores: Stores, context: Context, inviter_id: str) -> None:
    inviter = stores.players.get(inviter_id)
    chat = stores.conversations.get(inviter.telegram_id)
    if chat.notify and not chat.blocked:
        language = language_of(chat.language, inviter.language)
        text = say("invite.credited", language, name=name_for_others(context.player))
        context.notify(f"credited-{context.player.id}", message_call(inviter.telegram_id, text))

"""/start: a new player is welcomed, whoever invited them is told, and a known one is home."""

from tapstack.errors import GameError, StoreUnavailable
from tapstack.services.stores import Stores
from tapstack.telegram.scene import Scene, scenes
from tapstack.telegram.texts import language_of, say
from tapstack.telegram.turn import Turn, message_call
from tapstack.telegram.views import name_for_others

scene = Scene("start", commands=("start",))


@scene.opens
def start(turn: Turn) -> None:
    if turn.is_new:
        thank_inviter(turn)
    view = "welcome" if turn.player.username is None and turn.is_new else "open"
    scenes()["naming" if view == "welcome" else "home"].actions[view](turn)


def thank_inviter(turn: Turn) -> None:
    """Tells whose link a new player came by, unless they want no notifications."""
    ancestors: tuple[str, ...] = getattr(turn.player, "ancestors", ())
    if not ancestors:
        return
    try:
        _thank(turn.stores, turn, ancestors[0])
    except StoreUnavailable:
        raise
    except GameError:
        return  # an inviter who is gone


def _thank(stores: Stores, turn: Turn, inviter_id: str) -> None:
    inviter = stores.players.get(inviter_id)
    chat = stores.chats.get(inviter.telegram_id)
    if chat.notify and not chat.blocked:
        language = language_of(chat.language, inviter.language)
        text = say("invite.credited", language, name=name_for_others(turn.player))
        turn.notify(f"credited-{turn.player.id}", message_call(inviter.telegram_id, text))

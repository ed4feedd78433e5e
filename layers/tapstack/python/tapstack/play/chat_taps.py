"""Tapping in the chat: every press is one tap of a session that is the chat's own.

The Mini App keeps its count and brings it again after a loss; in the chat the tap button carries it
(domain/tap_button.py). So what a Redis that loses its memory takes along is made good by the next press, up to what
the button shows; lost are only the presses since the last edit that has reached the chat, unless they were saved: a
sync comes at most 5 s after a press. Never is a press counted twice, not even one that Telegram brings again after a
loss: the last counted update is saved with the taps, and the button carries it, too.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from tapstack.platform.errors import SessionEnded, StoreUnavailable
from tapstack.play import sessions
from tapstack.play.redis_play import Refusal, TapResult
from tapstack.play.rules import tap_button
from tapstack.play.taps import follow_up, load_player
from tapstack.players.rules.identity import session_key

if TYPE_CHECKING:
    from tapstack.play.rules.tap_button import ButtonState
    from tapstack.ports import Stores
    from tapstack.telegram.init_data import TelegramUser

_CHATS = uuid.UUID("5a3ef1c0-7c1d-4e0b-9d0e-2f6c0a7b1c55")


def chat_session(player_id: str) -> str:
    """The key of a player's chat session: the same for ever, so no press depends on anything remembered."""
    return session_key(str(uuid.uuid5(_CHATS, player_id)))


def button_data(stores: Stores, player_id: str, shown: ButtonState | None) -> str:
    """The data of a tap button that is shown now."""
    if shown is None:
        return tap_button.PREFIX
    return tap_button.sign(shown, player_id, stores.clock() // 1_000, stores.settings.token_signing_keys[0])


def standing(stores: Stores, player_id: str) -> ButtonState | None:
    """How far a player's chat session has come; None while it is not open, or nothing was pressed in it."""
    return stores.play.shown(player_id, chat_session(player_id))


def press(stores: Stores, user: TelegramUser, player_id: str, update_id: int, data: str = "") -> TapResult:
    """Counts one tap, once per update; opens the session or takes it up again where that is needed.

    `data` is the pressed button's: if it is ours, what it has shown is made good. Anything else is a plain press.
    One round trip to Redis while the player is loaded and the session open. Raises TooManyRequests, Forbidden or
    StoreUnavailable.
    """
    session = chat_session(player_id)
    shown = tap_button.verify(data, player_id, stores.clock() // 1_000, stores.settings.token_signing_keys)
    outcome: TapResult | Refusal
    try:
        outcome = stores.play.record_press(player_id, session, update_id, shown)
    except SessionEnded:
        outcome = Refusal.SESSION_UNKNOWN
    if outcome is Refusal.NOT_LOADED:
        load_player(stores, player_id)
        outcome = Refusal.SESSION_UNKNOWN
    if outcome is Refusal.SESSION_UNKNOWN:
        resume(stores, user, player_id, shown)
        outcome = stores.play.record_press(player_id, session, update_id, shown)
    if isinstance(outcome, Refusal):
        raise StoreUnavailable("the session is just being cleaned up", retry_after_s=1)
    follow_up(stores, outcome)
    return outcome


def resume(stores: Stores, user: TelegramUser, player_id: str, shown: ButtonState | None = None) -> None:
    """Opens the chat's session, at its watermark where it has been before; raises as sessions.open_session."""
    sessions.open_session(stores, user, chat_session(player_id), at_least=shown.taps if shown else 0)

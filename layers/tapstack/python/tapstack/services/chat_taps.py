"""Tapping in the chat: every press is one tap of a session that is the chat's own."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from tapstack.domain.identity import session_key
from tapstack.errors import SessionEnded, StoreUnavailable
from tapstack.services import sessions
from tapstack.services.live import follow_up, load_player
from tapstack.stores.hot import Refusal, Tapped

if TYPE_CHECKING:
    from tapstack.domain.initdata import TelegramUser
    from tapstack.services.stores import Stores

_CHATS = uuid.UUID("5a3ef1c0-7c1d-4e0b-9d0e-2f6c0a7b1c55")


def chat_session(player_id: str) -> str:
    """The key of a player's chat session: the same for ever, so no press depends on anything remembered."""
    return session_key(str(uuid.uuid5(_CHATS, player_id)))


def press(stores: Stores, user: TelegramUser, player_id: str, update_id: int) -> Tapped:
    """Counts one tap, once per update; opens the session or takes it up again where that is needed.

    One round trip to Redis while the player is loaded and the session open. Raises TooManyRequests, Forbidden or
    StoreUnavailable.
    """
    session = chat_session(player_id)
    outcome: Tapped | Refusal
    try:
        outcome = stores.hot.record_press(player_id, session, update_id)
    except SessionEnded:
        outcome = Refusal.SESSION_UNKNOWN
    if outcome is Refusal.NOT_LOADED:
        load_player(stores, player_id)
        outcome = Refusal.SESSION_UNKNOWN
    if outcome is Refusal.SESSION_UNKNOWN:
        resume(stores, user, player_id)
        outcome = stores.hot.record_press(player_id, session, update_id)
    if isinstance(outcome, Refusal):
        raise StoreUnavailable("the session is just being cleaned up", retry_after_s=1)
    follow_up(stores, outcome)
    return outcome


def resume(stores: Stores, user: TelegramUser, player_id: str) -> None:
    """Opens the chat's session, at its watermark where it has been before; raises as sessions.open_session."""
    sessions.open_session(stores, user, chat_session(player_id))

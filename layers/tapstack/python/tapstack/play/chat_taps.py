"""Tapping in the chat: every callback query of the tap button is one tap of a session that is the chat's own.

The Mini App keeps its count and sends it again after a loss; in the chat the tap button carries the count
(rules/tap_button.py). So the next callback makes good what a lost Redis has forgotten, up to what the button shows.
Lost are only the taps since the last edit that reached the chat, unless they were saved: a sync follows a tap within
5 s. No callback is counted twice, not even one that Telegram repeats after a loss: the last counted update is saved
with the taps, and the button carries it, too.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from tapstack.platform.errors import SessionEnded, StoreUnavailable
from tapstack.play import sessions
from tapstack.play.model import Refusal, TapResult
from tapstack.play.rules import tap_button
from tapstack.play.taps import follow_up, load_player
from tapstack.players.rules.identity import session_key

if TYPE_CHECKING:
    from tapstack.play.ports import ButtonPorts, ButtonStatePorts, ChatTapPorts, SessionPorts
    from tapstack.play.rules.tap_button import ButtonState
    from tapstack.telegram.init_data import TelegramUser

_CHATS = uuid.UUID("5a3ef1c0-7c1d-4e0b-9d0e-2f6c0a7b1c55")


def chat_session(player_id: str) -> str:
    """The key of a player's chat session: always the same, so no tap depends on anything remembered."""
    return session_key(str(uuid.uuid5(_CHATS, player_id)))


def button_data(ports: ButtonPorts, player_id: str, shown: ButtonState | None) -> str:
    """The data of a tap button that is shown now."""
    if shown is None:
        return tap_button.PREFIX
    return tap_button.sign(shown, player_id, ports.clock() // 1_000, ports.settings.http.token_signing_keys[0])


def button_state(ports: ButtonStatePorts, player_id: str) -> ButtonState | None:
    """How far a player's chat session has come; None while it is not open, or nothing was tapped in it."""
    return ports.play.button_state(player_id, chat_session(player_id))


def record_tap_callback(
    ports: ChatTapPorts, user: TelegramUser, player_id: str, update_id: int, data: str = ""
) -> TapResult:
    """Counts one tap, once per update; opens or resumes the session where needed.

    `data` is the tapped button's: if this game signed it, taps that it shows and Redis has lost count again. Anything
    else is a plain tap. One round trip to Redis while the player is loaded and the session open. Raises
    TooManyRequests, Forbidden or StoreUnavailable.
    """
    session = chat_session(player_id)
    shown = tap_button.verify(data, player_id, ports.clock() // 1_000, ports.settings.http.token_signing_keys)
    outcome: TapResult | Refusal
    try:
        outcome = ports.play.record_tap_callback(player_id, session, update_id, shown)
    except SessionEnded:
        outcome = Refusal.SESSION_UNKNOWN
    if outcome is Refusal.NOT_LOADED:
        load_player(ports, player_id)
        outcome = Refusal.SESSION_UNKNOWN
    if outcome is Refusal.SESSION_UNKNOWN:
        resume(ports, user, player_id, shown)
        outcome = ports.play.record_tap_callback(player_id, session, update_id, shown)
    if isinstance(outcome, Refusal):
        raise StoreUnavailable("the session is just being cleaned up", retry_after_s=1)
    follow_up(ports, outcome)
    return outcome


def resume(ports: SessionPorts, user: TelegramUser, player_id: str, shown: ButtonState | None = None) -> None:
    """Opens the chat's session, at its watermark where it was open before; raises as sessions.open_session does."""
    sessions.open_session(ports, user, chat_session(player_id), at_least=shown.taps if shown else 0)

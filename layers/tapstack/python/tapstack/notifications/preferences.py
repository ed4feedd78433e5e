"""What a player wants the bot to tell them, kept with their chat."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from msgspec import UNSET

from tapstack.notifications.answers import NotificationSettings, SettingsChanges
from tapstack.notifications.kinds import KINDS
from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapstack.notifications.ports import PreferencePorts
    from tapstack.telegram.model import Chat

ATTEMPTS = 4


def settings_of(chat: Chat, now_ms: int) -> NotificationSettings:
    """The settings as they stand in a chat."""
    return NotificationSettings(
        enabled=chat.notify,
        daily=chat.reminders,
        kinds={str(kind): kind not in chat.muted for kind in KINDS},
        quiet_from_h=chat.quiet_from_h,
        quiet_to_h=chat.quiet_to_h,
        utc_offset_min=chat.ahead_min(now_ms),
        zone=chat.zone or None,
    )


def read(ports: PreferencePorts, player_id: str) -> NotificationSettings:
    """A player's settings; raises NotFound (`player_unknown`) and StoreUnavailable."""
    return settings_of(ports.conversations.get(ports.players.get(player_id).telegram_id), ports.clock())


def change(ports: PreferencePorts, player_id: str, changes: SettingsChanges) -> NotificationSettings:
    """Changes a player's settings; raises as `read` does."""
    return settings_of(_change(ports, player_id, lambda chat: apply(chat, changes)), ports.clock())


def follow(ports: PreferencePorts, player_id: str, zone: str) -> None:
    """Applies the time zone of a player's streak to their quiet hours; raises as `read` does."""

    def move(chat: Chat) -> None:
        chat.zone = zone

    _change(ports, player_id, move)


def _change(ports: PreferencePorts, player_id: str, edit: Callable[[Chat], None]) -> Chat:
    """Saves what an edit makes of a player's chat, if it changes anything.

    Who has never written to the bot gets a chat that counts as blocked: only their first message opens it.
    """
    chat_id = ports.players.get(player_id).telegram_id
    for _ in range(ATTEMPTS):
        chat = ports.conversations.get(chat_id)
        before = copy(chat)
        edit(chat)
        if chat == before:
            return chat
        chat.blocked = chat.blocked or not chat.version
        if ports.conversations.save(chat, ports.clock() // 1_000):
            return chat
    raise StoreUnavailable("this conversation is being changed elsewhere", retry_after_s=1)


def apply(chat: Chat, changes: SettingsChanges) -> None:
    """Makes the changes to a chat that somebody else saves."""
    if changes.enabled is not UNSET:
        chat.notify = changes.enabled
    if changes.daily is not UNSET:
        chat.reminders = changes.daily
    if changes.kinds is not UNSET:
        wanted = {str(kind) for kind, on in changes.kinds.items() if on}
        muted = {str(kind) for kind, on in changes.kinds.items() if not on}
        chat.muted = sorted((set(chat.muted) - wanted) | muted)
    if changes.quiet_from_h is not UNSET:
        chat.quiet_from_h = changes.quiet_from_h
    if changes.quiet_to_h is not UNSET:
        chat.quiet_to_h = changes.quiet_to_h
    if changes.utc_offset_min is not UNSET:
        chat.utc_offset_min = changes.utc_offset_min

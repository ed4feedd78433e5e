"""What rooms keep of a player, for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapstack.live.events import Message, known

if TYPE_CHECKING:
    from tapstack.live.ports import ExportRoomPorts


def exported(ports: ExportRoomPorts, player_id: str) -> dict[str, Any]:
    """What a player has said in rooms as far as it is kept, and where they are muted; times in s since 1970."""
    said = [
        {"room": room, "at_s": kept.at_ms // 1_000, "text": text}
        for room in sorted(ports.rooms.spoken(player_id))
        for kept in ports.rooms.look(room, "", 0).kept
        if kept.author == player_id and (text := _text(kept.event))
    ]
    mutes = [
        {"room": mute.room or None, "until_s": mute.until_ms // 1_000, "reason": mute.reason}
        for mute in ports.chat_moderation.mutes(player_id)
    ]
    return {"messages": said, "mutes": mutes}


def _text(event: bytes) -> str:
    found = known(event)
    return found.text if isinstance(found, Message) else ""

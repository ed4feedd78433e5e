"""Tickets: who opens a WebSocket, signed for a minute, as its address carries it. Verified without any I/O.

An address may stand in logs, so it takes no session token, and a ticket opens one WebSocket alone. Layout before
base64url: player id (8 bytes), expiry in s (4), random number (4), HMAC-SHA256 cut to 16 bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from collections.abc import Sequence
from typing import NamedTuple

from tapstack.platform.errors import Unauthenticated

TTL_S = 60

_BODY = struct.Struct(">8sI4s")
_MAC_BYTES = 16


class Ticket(NamedTuple):
    """Who opens a WebSocket, and the number that tells their tickets apart."""

    player_id: str
    number: str


def sign(player_id: str, now_s: int, key: str) -> str:
    """A ticket for a player, good for TTL_S."""
    body = _BODY.pack(bytes.fromhex(player_id), now_s + TTL_S, secrets.token_bytes(4))
    return base64.urlsafe_b64encode(body + _mac(body, key)).rstrip(b"=").decode()


def verify(text: str, keys: Sequence[str], now_s: int) -> Ticket:
    """What a ticket says; raises Unauthenticated (`ticket_invalid`, `ticket_expired`)."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raw = b""
    body, mac = raw[: _BODY.size], raw[_BODY.size :]
    if len(raw) != _BODY.size + _MAC_BYTES or not any(hmac.compare_digest(_mac(body, key), mac) for key in keys):
        raise Unauthenticated("this ticket is not ours", code="ticket_invalid")
    player, expires_at_s, number = _BODY.unpack(body)
    if not now_s < expires_at_s <= now_s + 2 * TTL_S:
        raise Unauthenticated("this ticket has expired: open the session again", code="ticket_expired")
    return Ticket(player.hex(), number.hex())


def _mac(body: bytes, key: str) -> bytes:
    return hmac.digest(key.encode(), b"live ticket\n" + body, hashlib.sha256)[:_MAC_BYTES]

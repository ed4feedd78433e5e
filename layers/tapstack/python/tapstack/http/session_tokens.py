"""Session tokens: a player, a session and an expiry, signed, in 59 characters.

Layout before base64url: player id (8 bytes), session uuid (16), expiry in s (4), HMAC-SHA256 cut to 16 bytes
(RFC 2104 section 5 allows half). Verified without any I/O.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tapstack.platform.errors import Unauthenticated

_BODY = struct.Struct(">8s16sI")
_MAC_BYTES = 16

KEPT = 16_384
"""Tokens that a process need not verify again, about 0.4 KB each: a player sends the same one many times."""


class SessionToken(NamedTuple):
    """The player, the session (as its 22-character key), and when the token expires."""

    player_id: str
    session_key: str
    expires_at_s: int


def _mac(body: bytes, key: str) -> bytes:
    return hmac.digest(key.encode(), b"session\n" + body, hashlib.sha256)[:_MAC_BYTES]


def sign(token: SessionToken, key: str) -> str:
    """The token as text, signed with a key."""
    session = base64.urlsafe_b64decode(token.session_key + "==")
    body = _BODY.pack(bytes.fromhex(token.player_id), session, token.expires_at_s)
    return base64.urlsafe_b64encode(body + _mac(body, key)).rstrip(b"=").decode()


def verify(text: str, keys: Sequence[str], now_s: int) -> SessionToken:
    """Verifies and reads a token that one of the keys has signed.

    Raises Unauthenticated: `token_invalid` for one that is malformed or forged, `token_expired` for an expired one.
    """
    token = _read(text, tuple(keys))
    if token.expires_at_s <= now_s:
        raise Unauthenticated("this session token has expired: open the session again", code="token_expired")
    return token


@lru_cache(KEPT)
def _read(text: str, keys: tuple[str, ...]) -> SessionToken:
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raw = b""
    body, mac = raw[: _BODY.size], raw[_BODY.size :]
    if len(raw) != _BODY.size + _MAC_BYTES or not any(hmac.compare_digest(_mac(body, key), mac) for key in keys):
        raise Unauthenticated("this session token is not ours", code="token_invalid")
    player, session, expires_at_s = _BODY.unpack(body)
    key = base64.urlsafe_b64encode(session).rstrip(b"=").decode()
    return SessionToken(player.hex(), key, expires_at_s)

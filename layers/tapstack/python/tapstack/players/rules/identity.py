"""Identities: player ids, session ids, buckets and usernames."""

from __future__ import annotations

import base64
import re
import uuid
import zlib

from tapstack.platform.errors import BadRequest

USERNAME = re.compile(r"[A-Za-z0-9_]{3,20}")
PLAYER_ID = re.compile(r"[0-9a-f]{16}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def bucket_of(player_id: str, buckets: int) -> int:
    """The bucket, 0 to buckets - 1, that keeps all live state of a player."""
    return zlib.crc32(player_id.encode()) % buckets


def session_key(session_id: str) -> str:
    """A session's uuid as 22 URL-safe characters: what stores and tokens carry, at half its length.

    Raises BadRequest for anything but a uuid in its usual form.
    """
    if not _UUID.fullmatch(session_id):
        raise BadRequest("session_id must be a uuid", code="validation_failed", field="session_id")
    return base64.urlsafe_b64encode(uuid.UUID(session_id).bytes).rstrip(b"=").decode()


def session_id(key: str) -> str:
    """The uuid behind a session key."""
    return str(uuid.UUID(bytes=base64.urlsafe_b64decode(key + "==")))


def check_username(username: str) -> str:
    """The username as given; raises BadRequest unless it is 3 to 20 of letters, digits and `_`."""
    if USERNAME.fullmatch(username):
        return username
    length_ok = 3 <= len(username) <= 20
    raise BadRequest(
        "a username is 3 to 20 letters, digits or underscores",
        code="validation_failed",
        field="username",
        reason="bad_characters" if length_ok else "bad_length",
    )


def username_key(username: str) -> str:
    """What two usernames have in common if they differ in case only."""
    return username.lower()

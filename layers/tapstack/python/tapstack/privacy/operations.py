"""The API of a player's own data: export and erasure."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from tapstack.http.operation import CHANGES, READS, Auth, Operation
from tapstack.platform.bounds import INIT_DATA_MAX


class EraseMe(msgspec.Struct, frozen=True):
    """Confirmation by the owner's recent launch data, because a session token could be stolen."""

    init_data: Annotated[str, Meta(min_length=1, max_length=INIT_DATA_MAX)]


class ErasureBegun(msgspec.Struct, frozen=True):
    """The account is closed; all its data is deleted within this many seconds."""

    done_within_s: int


EXPORT_ME: Operation[None, dict[str, Any]] = Operation(
    "exportMe",
    "GET",
    "/players/me/export",
    "What the game stores about the caller, as a file; once a minute",
    Auth.SESSION_TOKEN,
    answer=dict[str, Any],
    errors=(401, 404, 429, 503),
    limit=READS,
)
ERASE_ME: Operation[EraseMe, ErasureBegun] = Operation(
    "eraseMe",
    "DELETE",
    "/players/me",
    "Erase the caller permanently: closed at once, deleted within minutes; repeating it is harmless",
    Auth.SESSION_TOKEN,
    EraseMe,
    ErasureBegun,
    status=202,
    errors=(400, 401, 403, 404, 413, 429, 503),
    limit=CHANGES,
)

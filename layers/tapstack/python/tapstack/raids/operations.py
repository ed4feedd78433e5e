"""The API of raids."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from tapstack.economy.operations import COMMANDS, PLAYER_ID, Act
from tapstack.http.operation import COMMAND_ERRORS, READ_ERRORS, READS, Auth, Operation
from tapstack.raids import answers

PlayerId = Annotated[str, Meta(pattern=f"^({PLAYER_ID})$")]


class RaidRequest(Act, frozen=True, kw_only=True):
    """The id of a player."""

    target: PlayerId


TARGETS: Operation[None, answers.RaidsView] = Operation(
    "getRaids",
    "GET",
    "/raids",
    "A few players whom the caller could raid, and when",
    Auth.SESSION_TOKEN,
    answer=answers.RaidsView,
    errors=READ_ERRORS,
    limit=READS,
)
RAID: Operation[RaidRequest, answers.Raided] = Operation(
    "raid",
    "POST",
    "/raids",
    "Take a part of the revenue that a player has not collected",
    Auth.SESSION_TOKEN,
    request=RaidRequest,
    answer=answers.Raided,
    errors=COMMAND_ERRORS,
    limit=COMMANDS,
)

OPERATIONS = (TARGETS, RAID)

"""The API of goals."""

from __future__ import annotations

import msgspec

from tapstack.economy import commands
from tapstack.economy.commands import CauseText, ZoneName
from tapstack.economy.operations import COMMANDS, Act
from tapstack.goals import answers
from tapstack.http.operation import READS, Auth, Operation


class ClaimRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the reward is for, as GET /progress names it."""

    cause: CauseText


class RerollRequest(Act, frozen=True, kw_only=True):
    """The cause of a mission that is not claimed."""

    cause: CauseText

    @property
    def command(self) -> commands.Reroll:
        return commands.Reroll(cause=self.cause)


class ZoneRequest(Act, frozen=True, kw_only=True):
    """A time zone of the IANA database: `Europe/Lisbon`."""

    zone: ZoneName

    @property
    def command(self) -> commands.SetZone:
        return commands.SetZone(zone=self.zone)


_COMMAND = (400, 401, 403, 404, 409, 413, 429, 503)

PROGRESS: Operation[None, answers.ProgressView] = Operation(
    "getProgress",
    "GET",
    "/progress",
    "The caller's missions, achievements, streak, season and prizes, with what can be claimed",
    Auth.SESSION_TOKEN,
    answer=answers.ProgressView,
    errors=(400, 401, 403, 404, 429, 503),
    limit=READS,
)
CLAIM: Operation[ClaimRequest, answers.Claimed] = Operation(
    "claim",
    "POST",
    "/claims",
    "Claim a reward; a cause that was claimed gets the first answer again",
    Auth.SESSION_TOKEN,
    request=ClaimRequest,
    answer=answers.Claimed,
    errors=_COMMAND,
    limit=COMMANDS,
)
REROLL: Operation[RerollRequest, answers.Rerolled] = Operation(
    "rerollMission",
    "POST",
    "/missions/reroll",
    "Exchange a mission for another one, once a day",
    Auth.SESSION_TOKEN,
    request=RerollRequest,
    answer=answers.Rerolled,
    errors=_COMMAND,
    limit=COMMANDS,
)
CHECK_IN = Operation(
    "checkIn",
    "POST",
    "/economy/checkin",
    "Check in: once a day of the caller's time zone, after the day's first tap",
    Auth.SESSION_TOKEN,
    request=Act,
    answer=answers.CheckedIn,
    errors=_COMMAND,
    limit=COMMANDS,
)
ZONE: Operation[ZoneRequest, answers.ZoneSet] = Operation(
    "setZone",
    "POST",
    "/economy/zone",
    "Choose the time zone that days of the streak are of, at most once a week",
    Auth.SESSION_TOKEN,
    request=ZoneRequest,
    answer=answers.ZoneSet,
    errors=_COMMAND,
    limit=COMMANDS,
)

OPERATIONS = (PROGRESS, CLAIM, REROLL, CHECK_IN, ZONE)

"""The API of rallies."""

from __future__ import annotations

from tapstack.economy.operations import COMMANDS, Act
from tapstack.goals.answers import Claimed
from tapstack.http.operation import COMMAND_ERRORS, READ_ERRORS, READS, Auth, Operation
from tapstack.rallies.answers import RallyView

RALLY_ID = "[0-9a-f]{16}"

BEGIN: Operation[Act, RallyView] = Operation(
    "beginRally",
    "POST",
    "/rallies",
    "Begin a rally, and be in it: whoever gets its id can join",
    Auth.SESSION_TOKEN,
    request=Act,
    answer=RallyView,
    errors=COMMAND_ERRORS,
    limit=COMMANDS,
)
RALLY: Operation[None, RallyView] = Operation(
    "getRally",
    "GET",
    "/rallies/{rally}",
    "A rally: who is in it, and what they have tapped together",
    Auth.SESSION_TOKEN,
    answer=RallyView,
    errors=READ_ERRORS,
    limit=READS,
    places={"rally": RALLY_ID},
)
JOIN: Operation[None, RallyView] = Operation(
    "joinRally",
    "POST",
    "/rallies/{rally}/join",
    "Join a rally: the caller's taps count from now on. A repetition changes nothing",
    Auth.SESSION_TOKEN,
    answer=RallyView,
    errors=COMMAND_ERRORS,
    limit=COMMANDS,
    places={"rally": RALLY_ID},
)
CLAIM: Operation[None, Claimed] = Operation(
    "claimRally",
    "POST",
    "/rallies/{rally}/claim",
    "Claim what a rally that is over has brought; a repetition gets the first answer again",
    Auth.SESSION_TOKEN,
    answer=Claimed,
    errors=COMMAND_ERRORS,
    limit=COMMANDS,
    places={"rally": RALLY_ID},
)

OPERATIONS = (BEGIN, RALLY, JOIN, CLAIM)

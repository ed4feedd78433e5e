"""The API of duels."""

from __future__ import annotations

from tapstack.duels.answers import DuelView
from tapstack.economy.operations import COMMANDS, Act
from tapstack.http.operation import READS, Auth, Operation
from tapstack.platform.limits import COOLDOWNS

DUEL_ID = "[0-9a-f]{16}"

_ERRORS = (400, 401, 403, 404, 409, 413, 429, 503)

OFFER: Operation[Act, DuelView] = Operation(
    "offerDuel",
    "POST",
    "/duels",
    "Offer a duel of 30 seconds, for honour, to whoever gets its id",
    Auth.SESSION_TOKEN,
    request=Act,
    answer=DuelView,
    errors=_ERRORS,
    limit=COOLDOWNS["changes"],
)
DUEL: Operation[None, DuelView] = Operation(
    "getDuel",
    "GET",
    "/duels/{duel}",
    "A duel: what both have tapped, and in the end who has won. Ask every second while it goes on",
    Auth.SESSION_TOKEN,
    answer=DuelView,
    errors=(400, 401, 403, 404, 429, 503),
    limit=READS,
    places={"duel": DUEL_ID},
)
ACCEPT: Operation[None, DuelView] = Operation(
    "acceptDuel",
    "POST",
    "/duels/{duel}/accept",
    "Accept a duel: it starts in a few seconds. A repetition changes nothing",
    Auth.SESSION_TOKEN,
    answer=DuelView,
    errors=_ERRORS,
    limit=COMMANDS,
    places={"duel": DUEL_ID},
)
DECLINE: Operation[None, DuelView] = Operation(
    "declineDuel",
    "POST",
    "/duels/{duel}/decline",
    "Take back a duel of one's own that nobody has accepted. A repetition changes nothing",
    Auth.SESSION_TOKEN,
    answer=DuelView,
    errors=_ERRORS,
    limit=COMMANDS,
    places={"duel": DUEL_ID},
)

OPERATIONS = (OFFER, DUEL, ACCEPT, DECLINE)

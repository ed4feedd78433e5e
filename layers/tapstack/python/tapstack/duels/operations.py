"""The API of duels."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from tapstack.duels.answers import DuelView, StakesView
from tapstack.economy.commands import MAX_AMOUNT
from tapstack.economy.operations import COMMANDS, Act
from tapstack.http.operation import CHANGES, COMMAND_ERRORS, READ_ERRORS, READS, Auth, Operation

DUEL_ID = "[0-9a-f]{16}"

StakeOf = Annotated[int, Meta(ge=0, le=MAX_AMOUNT)]


class OfferRequest(Act, frozen=True, kw_only=True):
    """How many coins each side is to put on it; none for honour."""

    stake: StakeOf = 0


class AcceptRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The stake that the player was shown: another one is refused."""

    stake: StakeOf = 0


STAKES: Operation[None, StakesView] = Operation(
    "getDuelStakes",
    "GET",
    "/duels",
    "What the caller may stake on duels",
    Auth.SESSION_TOKEN,
    answer=StakesView,
    errors=READ_ERRORS,
    limit=READS,
)
OFFER: Operation[OfferRequest, DuelView] = Operation(
    "offerDuel",
    "POST",
    "/duels",
    "Offer a duel of 30 seconds to whoever gets its id: for honour, or for coins where the game allows it",
    Auth.SESSION_TOKEN,
    request=OfferRequest,
    answer=DuelView,
    errors=COMMAND_ERRORS,
    limit=CHANGES,
)
DUEL: Operation[None, DuelView] = Operation(
    "getDuel",
    "GET",
    "/duels/{duel}",
    "A duel: what both have tapped, and in the end who has won. Ask every second while it goes on",
    Auth.SESSION_TOKEN,
    answer=DuelView,
    errors=READ_ERRORS,
    limit=READS,
    places={"duel": DUEL_ID},
)
ACCEPT: Operation[AcceptRequest, DuelView] = Operation(
    "acceptDuel",
    "POST",
    "/duels/{duel}/accept",
    "Accept a duel: it starts in a few seconds. A repetition changes nothing",
    Auth.SESSION_TOKEN,
    request=AcceptRequest,
    answer=DuelView,
    errors=COMMAND_ERRORS,
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
    errors=COMMAND_ERRORS,
    limit=COMMANDS,
    places={"duel": DUEL_ID},
)

OPERATIONS = (STAKES, OFFER, DUEL, ACCEPT, DECLINE)

"""The API of heists."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from tapstack.economy.operations import COMMANDS, Act
from tapstack.heists import answers
from tapstack.heists.rules import ANY_ID, MAX_ANSWER
from tapstack.http.operation import COMMAND_ERRORS, READS, Auth, Operation


class AnswerRequest(Act, frozen=True, kw_only=True):
    """An answer, or the letter of an option."""

    answer: Annotated[str, Meta(min_length=1, max_length=MAX_ANSWER)]


MOMENT = "[0-9]{1,15}"

HEISTS: Operation[None, answers.HeistsView] = Operation(
    "getHeists",
    "GET",
    "/heists",
    "The heist that runs, the next ones, and what came of the last ones, or by `cursor` the caller's older shares",
    Auth.SESSION_TOKEN,
    answer=answers.HeistsView,
    errors=(400, 401, 404, 429, 503),
    limit=READS,
    texts={"cursor": MOMENT},
)
ANSWER: Operation[AnswerRequest, answers.HeistAnswered] = Operation(
    "answerHeist",
    "POST",
    "/heists/{heist}/answer",
    "Answer a running heist; a retry of an op gets the first answer",
    Auth.SESSION_TOKEN,
    request=AnswerRequest,
    answer=answers.HeistAnswered,
    errors=COMMAND_ERRORS,
    limit=COMMANDS,
    places={"heist": ANY_ID},
)
CLAIM: Operation[None, answers.HeistClaimed] = Operation(
    "claimHeist",
    "POST",
    "/heists/{heist}/claim",
    "Claim the caller's share of a heist that is over; again it changes nothing",
    Auth.SESSION_TOKEN,
    answer=answers.HeistClaimed,
    errors=COMMAND_ERRORS,
    limit=COMMANDS,
    places={"heist": ANY_ID},
)

OPERATIONS = (HEISTS, ANSWER, CLAIM)

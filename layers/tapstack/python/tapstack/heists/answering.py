"""Taking an answer: right or wrong is decided here, who was first by one script in Redis.

A place is acknowledged only once DynamoDB has it (`keep_place`): a Redis that is lost takes nobody's place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tapstack.economy.rules import ops
from tapstack.heists import rules
from tapstack.heists.announcing import tell_won
from tapstack.heists.answers import HeistAnswered
from tapstack.heists.model import Answered, Kept, Refused, Stored, Wait, Winner
from tapstack.heists.pools import data
from tapstack.platform.errors import Conflict, Forbidden, StoreUnavailable, TooManyRequests
from tapstack.players.accounts import refuse_banned
from tapstack.players.model import ModerationStatus

if TYPE_CHECKING:
    from tapstack.heists.ports import AnswerPorts
    from tapstack.players.model import Player

TRIES = 5

_REFUSALS: dict[Refused, Callable[[], Conflict]] = {
    Refused.OVER: lambda: Conflict("this heist is over", code="heist_over"),
    Refused.NOT_BEGUN: lambda: Conflict("this heist has not begun", code="heist_not_begun"),
    Refused.NO_TRIES: lambda: Conflict("you have no answer left", code="no_tries_left"),
    Refused.ANSWERED: lambda: Conflict("you have answered right", code="heist_answered"),
    Refused.REUSED: lambda: Conflict("this op was used for something else", code="op_reused"),
}


def answer(ports: AnswerPorts, player_id: str, heist_id: str, op: str, text: str) -> HeistAnswered:
    """Takes a player's answer by an op (a UUIDv7); a retry gets the first answer.

    Raises NotFound (`player_unknown`, `heist_unknown`), Forbidden (`banned`, `heist_barred`), Conflict (`op_expired`,
    `op_reused`, `heist_over`, `heist_not_begun`, `no_tries_left`, `heist_answered`), TooManyRequests (`too_soon`) and
    StoreUnavailable.
    """
    ops.refuse_expired(op, ports.clock())
    player = ports.players.get(player_id)
    refuse_barred(player)
    stored = _known(ports, heist_id)
    winner = Winner(player=player_id, op=op.lower(), sum=rules.digest(text))
    right = rules.is_right(stored.heist.asked, text)
    for _ in range(TRIES):
        said = ports.live_heists.answer(heist_id, player_id, winner.op, winner.sum, right)
        if said is Refused.NOT_LOADED:
            stored = _reloaded(ports, heist_id)
            if stored.result is None:
                continue
            said = Refused.OVER
        if isinstance(said, Wait):
            raise TooManyRequests("wait a moment", retry_after_s=1, code="too_soon", retry_after_ms=said.ms)
        if isinstance(said, Refused):
            return _refuse(ports, stored, said, winner)
        if said.rank:
            kept = ports.heists.keep_place(heist_id, said.rank, winner)
            if kept is Kept.LOST:
                stored = _reloaded(ports, heist_id)
                if stored.result is None:
                    continue
                return _in_the_end(stored, player_id)
            if kept is Kept.NEW and not player.hidden:
                tell_won(ports, heist_id, player, said.rank)
        return _view(said)
    raise StoreUnavailable("too much is happening at once", retry_after_s=1)


def refuse_barred(player: Player) -> None:
    """Raises Forbidden for a banned player (`banned`), and for one who looks like a program (`heist_barred`)."""
    refuse_banned(player)
    if player.status is not ModerationStatus.GOOD:
        raise Forbidden("heists are closed to you for now", code="heist_barred")


def _known(ports: AnswerPorts, heist_id: str) -> Stored:
    stored = ports.heists.get(heist_id)
    if stored:
        return stored
    slot = rules.slot_of(data().schedule, heist_id)
    if slot is None or slot.ends_ms <= ports.clock():
        raise rules.unknown()
    raise _REFUSALS[Refused.NOT_BEGUN]()


def _reloaded(ports: AnswerPorts, heist_id: str) -> Stored:
    """The heist as it stands in DynamoDB, made known to Redis again while it runs."""
    stored = ports.heists.get(heist_id)
    if stored is None:
        raise rules.unknown()
    if stored.result is None:
        ports.live_heists.load(stored.heist, stored.winners)
    return stored


def _refuse(ports: AnswerPorts, stored: Stored, why: Refused, winner: Winner) -> HeistAnswered:
    """Raises the refusal; a retry of the op that has a place is answered all the same."""
    if why is Refused.OVER:
        now = ports.heists.get(stored.heist.id) or stored
        for rank, kept in now.winners.items():
            if (kept.player, kept.op, kept.sum) == (winner.player, winner.op, winner.sum):
                return HeistAnswered(True, rank, 0)
    raise _REFUSALS[why]()


def _in_the_end(stored: Stored, player_id: str) -> HeistAnswered:
    """What came of a right answer that was given just before the heist was closed."""
    assert stored.result is not None  # noqa: S101 - the caller has looked
    ranks = (one.rank for one in stored.result.winners if one.player == player_id)
    return HeistAnswered(True, next(ranks, None), 0)


def _view(said: Answered) -> HeistAnswered:
    return HeistAnswered(said.right, said.rank or None, said.tries_left)

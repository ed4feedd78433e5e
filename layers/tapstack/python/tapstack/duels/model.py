"""What a duel is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    RUNNING = "running"
    """Counted from the start; one that nobody has watched then stays accepted."""
    DECLINED = "declined"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Duel:
    """Two players who tap against each other between two moments (ms), for honour, or for coins that each has staked.

    `rival` is "" as long as anybody who has the id may accept. `base` and `rival_base` are what both had tapped when it
    began; `taps` and `rival_taps` what they have tapped in it, once it is over.
    """

    id: str
    host: str
    offered_at_ms: int
    state: State = State.OFFERED
    rival: str = ""
    starts_at_ms: int = 0
    ends_at_ms: int = 0
    base: int = 0
    rival_base: int = 0
    taps: int = 0
    rival_taps: int = 0
    stake: int = 0
    paid: int = 0
    """1 once everybody has what a staked duel has brought them."""

    @property
    def players(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.host, self.rival)))

    @property
    def winner(self) -> str:
        """Who has tapped more, once it is over; "" for nobody."""
        if self.state is not State.OVER or self.taps == self.rival_taps:
            return ""
        return self.host if self.taps > self.rival_taps else self.rival

    @property
    def owes(self) -> bool:
        """Whether coins wait for somebody: the duel is over, and was not for honour."""
        return self.stake > 0 and not self.paid and self.state in (State.DECLINED, State.OVER)

    @property
    def shares(self) -> dict[str, int]:
        """Who gets how many coins once it is over: both stakes together, whatever has become of it.

        Nobody wins coins of somebody who has not tapped at all: they may never have seen it begin.
        """
        if self.winner and min(self.taps, self.rival_taps):
            return {self.winner: 2 * self.stake}
        return dict.fromkeys(self.players, self.stake)


@dataclass(frozen=True, slots=True)
class TalkedDuel:
    """A duel that was accepted in the chat: in a group, or with `chat_id` 0 in private."""

    duel: str
    host: str
    ends_at_ms: int
    language: str
    chat_id: int = 0
    message_id: int = 0

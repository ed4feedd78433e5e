"""What the API says of rallies. Times are ms since 1970."""

from __future__ import annotations

import msgspec

from tapstack.goals.answers import RewardView


class RallyStepView(msgspec.Struct, frozen=True):
    """What everybody gets once all have so many taps together."""

    taps: int
    reward: RewardView


class RallyMemberView(msgspec.Struct, frozen=True):
    """A player in a rally, and their taps in it."""

    id: str
    public_name: str
    taps: int


class RallyView(msgspec.Struct, frozen=True):
    """A rally: `members` are the best, the most taps first; `players` how many there are.

    `own` is what the caller has tapped, null where they have not joined. `reached` is the number of the highest step so
    far. Once it is `over`, nothing changes: `juggernaut` is the id of who has tapped most, null where nobody gets that
    reward, and `claim` the cause of the caller's reward, null where there is none for them.
    """

    id: str
    now_ms: int
    starts_at_ms: int
    ends_at_ms: int
    over: bool
    total: int
    reached: int
    least: int
    steps: list[RallyStepView]
    players: int
    members: list[RallyMemberView]
    own: int | None
    juggernaut: str | None
    claim: str | None

"""Beginning, joining and watching rallies, and what they bring.

Nothing is written for a tap: what counts are a player's paid taps at the end, less those on joining. Whoever knows the
id of a rally can join it; nobody can guess one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tapstack.economy import taps
from tapstack.economy.commands import Claim
from tapstack.economy.performing import carry_out
from tapstack.economy.rules import causes, ops
from tapstack.goals.answers import RewardView
from tapstack.http.recent import Recent
from tapstack.live.events import Changed
from tapstack.platform.errors import Conflict, Forbidden, NotFound, StoreUnavailable
from tapstack.players.accounts import refuse_banned
from tapstack.players.model import ModerationStatus
from tapstack.players.rules.public_names import public_name
from tapstack.rallies import rules
from tapstack.rallies.answers import RallyMemberView, RallyStepView, RallyView
from tapstack.rallies.ending import ended, taps_of
from tapstack.rallies.model import Rally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapstack.economy.model import Entry
    from tapstack.rallies.ports import RallyPorts, WatchPorts

SHOWN = 10
KEPT_MS, AT_ONCE = 2_000, 256
"""How long a process takes what was tapped in a rally for true, and in how many."""

TRIES = 4
"""Members share an item: of those who join at one moment, some have to try again."""


class Rallying:
    """Rallies for one process, which reads the taps of each once in a while, however many watch it."""

    def __init__(self) -> None:
        self._taps: Recent[Mapping[str, int]] = Recent(keep_ms=KEPT_MS, most=AT_ONCE)

    def begin(self, ports: RallyPorts, player_id: str, op: str) -> RallyView:
        """Begins a rally; a retry gets the same one. One of a host's at a time, and a rest after it.

        Raises Forbidden (`banned`, `rallies_off`) and Conflict (`op_expired`, `rally_rest` with
        `until_ms`).
        """
        now_ms, of = ports.clock(), ports.catalogues.current().rallies
        ops.refuse_expired(op, now_ms)
        rally_id = rules.id_of(player_id, op)
        before, ends_at_ms = ports.rallies.latest_of(player_id)
        if before != rally_id:
            paid = _paid_taps(ports, player_id)
            if not of.steps:
                raise Forbidden("there are no rallies", code="rallies_off")
            until_ms = ends_at_ms + of.rest_min * 60_000 if before else 0
            if now_ms < until_ms:
                raise Conflict("one rally after another", code="rally_rest", until_ms=until_ms)
            rally = Rally(rally_id, player_id, now_ms, now_ms + of.minutes * 60_000)
            if not ports.rallies.begin(rally, paid, before) and ports.rallies.get(rally_id) is None:
                raise Conflict("one rally after another", code="rally_rest", until_ms=rally.ends_at_ms)
        return self.view(ports, player_id, rally_id)

    def join(self, ports: RallyPorts, player_id: str, rally_id: str) -> RallyView:
        """Joins a rally; joining again changes nothing.

        Raises Forbidden (`banned`), NotFound (`rally_unknown`), Conflict (`rally_over`, `rally_full`) and
        StoreUnavailable.
        """
        for _ in range(TRIES):
            rally = _rally(ports, rally_id)
            if player_id in rally.bases:
                return self.view(ports, player_id, rally_id)
            paid = _paid_taps(ports, player_id)
            if rally.over or ports.clock() >= rally.ends_at_ms:
                raise Conflict("this rally is over", code="rally_over")
            if len(rally.bases) >= rules.MOST_MEMBERS:
                raise Conflict("this rally is full", code="rally_full")
            if ports.rallies.join(rally_id, player_id, paid):  # else somebody else has changed it at this very moment
                ports.live.to_room(f"rally:{rally_id}", Changed(what="rally"))
                return self.view(ports, player_id, rally_id)
        raise StoreUnavailable("many join at this moment", retry_after_s=1)

    def view(self, ports: WatchPorts, player_id: str, rally_id: str) -> RallyView:
        """A rally as the caller may see it; raises NotFound (`rally_unknown`)."""
        now_ms, of = ports.clock(), ports.catalogues.current().rallies
        rally = ended(ports, _rally(ports, rally_id), now_ms)
        tapped = rally.taps
        if not rally.over:
            tapped = self._taps.get((rally_id, frozenset(rally.bases)), now_ms, lambda: taps_of(ports, rally))
        score = rules.score(of, tapped)
        claims = rally.over and rules.may_claim(of, tapped, player_id)
        return RallyView(
            id=rally_id,
            now_ms=now_ms,
            starts_at_ms=rally.starts_at_ms,
            ends_at_ms=rally.ends_at_ms,
            over=rally.over,
            total=score.total,
            reached=score.reached,
            least=of.least,
            steps=[RallyStepView(one.taps, _view(one.reward)) for one in of.steps],
            players=len(rally.bases),
            members=_best(ports, tapped),
            own=tapped.get(player_id) if player_id in rally.bases else None,
            juggernaut=score.top or None if rally.over else None,
            claim=causes.rally(rally_id) if claims else None,
        )


def claim(ports: RallyPorts, player_id: str, rally_id: str) -> Entry:
    """Gives a player what a rally that is over has brought them; once, and the same answer to every retry.

    Raises Conflict (`too_early`, `period_over`, `rallies_claimed`), NotFound (`rally_unknown`, `unknown_cause`) and
    Forbidden (`banned`).
    """
    cause = causes.rally(rally_id)
    known = ports.wallets.entry(player_id, cause)
    if known:
        return known
    now_ms, of = ports.clock(), ports.catalogues.current().rallies
    rally = ended(ports, _rally(ports, rally_id), now_ms)
    if not rally.over:
        raise Conflict("this rally is not over", code="too_early")
    if now_ms > rally.ends_at_ms + rules.CLAIM_DAYS * 86_400_000:
        raise Conflict("this rally was too long ago", code="period_over")
    if not rules.may_claim(of, rally.taps, player_id):
        raise causes.unknown()
    score = rules.score(of, rally.taps)
    rank = 1 if score.top == player_id else 2
    return carry_out(ports, player_id, cause, Claim(cause=cause, tier=str(score.reached), rank=rank))


def _rally(ports: WatchPorts, rally_id: str) -> Rally:
    rally = ports.rallies.get(rally_id)
    if rally is None:
        raise NotFound("there is no such rally", code="rally_unknown")
    return rally


def _paid_taps(ports: RallyPorts, player_id: str) -> int:
    """A player's paid taps; raises Forbidden (`banned`), and Conflict (`rally_full`) for who is under suspicion."""
    player = ports.players.get(player_id)
    refuse_banned(player)
    if player.status is not ModerationStatus.GOOD:
        raise Conflict("this rally is full", code="rally_full")
    return taps.of(ports, player_id).paid_taps


def _best(ports: WatchPorts, tapped: Mapping[str, int]) -> list[RallyMemberView]:
    best = sorted(tapped.items(), key=lambda row: (-row[1], row[0]))[:SHOWN]
    found = ports.players.get_many([player_id for player_id, _ in best]) if best else {}
    return [
        RallyMemberView(player_id, public_name(player_id, found[player_id].username), count)
        for player_id, count in best
        if player_id in found and not found[player_id].hidden
    ]


def _view(reward: object) -> RewardView:
    return msgspec.convert(msgspec.to_builtins(reward), RewardView)

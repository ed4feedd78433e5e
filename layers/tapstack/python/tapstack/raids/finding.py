"""Whom a player could raid: those around them on the week's board of coins, and first of all who has raided them.

Their wallets stay their own: of what a raid would bring, a player sees the size alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy import taps, targeting
from tapstack.economy.deciding import settled
from tapstack.economy.performing import whole
from tapstack.economy.raiding import left, rests_until_ms
from tapstack.economy.rules import raids
from tapstack.http.recent import Recent
from tapstack.leaderboards.model import BoardId, BoardMetric
from tapstack.platform.calendar import Period
from tapstack.play.rules.levels import level_of
from tapstack.players.rules.public_names import public_name
from tapstack.raids.allies import allies_among
from tapstack.raids.answers import RaidsView, TargetView
from tapstack.raids.rules import may_raid, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapstack.economy.catalogue.model import Catalogue
    from tapstack.economy.model import RaidBook, Target
    from tapstack.players.model import Player
    from tapstack.raids.ports import RaidPorts

SHOWN = 5
EACH_SIDE = 5
"""So many places above and below are considered: each costs a read."""

KEPT_MS, AT_ONCE = 15_000, 512
"""How long a process gives a player the same list, and to how many players."""


class TargetFinder:
    """Finds targets for one process, which keeps what it has found for a moment."""

    def __init__(self) -> None:
        self._found: Recent[list[TargetView]] = Recent(keep_ms=KEPT_MS, most=AT_ONCE)

    def view(self, ports: RaidPorts, player_id: str) -> RaidsView:
        """A few targets, and when the player may raid; raises NotFound, Forbidden (`banned`) and StoreUnavailable."""
        paid = taps.of(ports, player_id)
        held = whole(ports, player_id, paid.paid_taps).holdings
        catalogue, now_ms = ports.catalogues.current(), ports.clock()
        draft = settled(held, catalogue, "", now_ms)
        level = level_of(draft.wallet.settled)
        may = catalogue.raids.a_day > 0 and level >= catalogue.raids.level
        attack = raids.attack(held, catalogue)
        found = self._found.get(
            (player_id, held.goals.raided_at_ms), now_ms, lambda: list(_targets(ports, player_id, attack, catalogue))
        )
        return RaidsView(
            now_ms=now_ms,
            level=catalogue.raids.level,
            open=may,
            left=left(draft),
            next_at_ms=max(now_ms, rests_until_ms(draft)),
            targets=found if may else [],
        )


def _targets(ports: RaidPorts, player_id: str, attack: int, catalogue: Catalogue) -> Iterator[TargetView]:
    own = targeting.books_of(ports, [player_id])[player_id]
    known = ports.players.get_many([player_id, *_considered(ports, player_id, own)])
    player = known.pop(player_id, None)
    if player is None or not may_raid(player):
        return
    allies = allies_among(ports, player, list(known.values()))
    books = targeting.books_of(ports, list(known))
    now_ms, most, shown = ports.clock(), catalogue.raids.arrives, 0
    for other_id, other in known.items():
        if other.hidden or other_id in allies:
            continue
        if raids.protected_until_ms(catalogue.raids, books[other_id], player_id, now_ms) > now_ms:
            continue
        target = targeting.look(ports, catalogue, other_id, books[other_id], own)
        if target is None or level_of(target.paid_taps) < catalogue.raids.level:
            continue
        loot = raids.loot(catalogue.raids, target.ready, attack, target.defence)
        if loot.arrives < catalogue.raids.least:
            continue
        yield _view(other, target, loot.arrives, most)
        shown += 1
        if shown == SHOWN:
            return


def _considered(ports: RaidPorts, player_id: str, own: RaidBook) -> list[str]:
    """Ids, those on whom the player may take revenge first."""
    week = Period.WEEK.number_at(ports.clock())
    board = BoardId(BoardMetric.COINS, Period.WEEK)
    score = ports.metric_boards.score(board, week, player_id) or 0.0
    rows = ports.metric_boards.neighbours(board, week, player_id, score, EACH_SIDE).rows
    near = [*targeting.avengeable(own, ports.clock()), *(row_id for row_id, _ in rows)]
    return [one for one in dict.fromkeys(near) if one != player_id]


def _view(player: Player, target: Target, arrives: int, most: int) -> TargetView:
    return TargetView(
        id=player.id,
        public_name=public_name(player.id, player.username),
        level=level_of(target.paid_taps),
        size=size_of(arrives, most),
        revenge=target.is_revenge,
        title=player.title,
    )

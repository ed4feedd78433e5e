"""Shows what wallets hold on the boards: a projection, written after each change, and again whenever it may be missing.

It is no part of the transaction. What is lost between the two is made up for by the next command that raises the same
number, by the player's next look at their wallet, and once a day by completion.py, before any board is archived.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tapstack.economy.rules import standings
from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tapstack.economy.model import Wallet
    from tapstack.economy.ports import OwnScorePorts, ProjectionPorts
    from tapstack.leaderboards.model import BoardId, MetricScore

log = logging.getLogger(__name__)


def show(ports: ProjectionPorts, player_id: str, before: Wallet, after: Wallet) -> None:
    """Shows a wallet that a command has changed: one round trip. It never fails the command."""
    if risen := standings.around(before, after):
        _project(ports, player_id, risen)


def repair(ports: ProjectionPorts, player_id: str, wallet: Wallet) -> None:
    """Shows a wallet again, which changes nothing where it is shown."""
    _project(ports, player_id, list(standings.scores(wallet)))


def own_score(ports: OwnScorePorts, player_id: str, board: BoardId, number: int) -> float:
    """A player's score on a board, as their wallet has it; raises StoreUnavailable."""
    read = ports.wallets.read(player_id)
    return standings.score_on(read.holdings.wallet, board, number) if read else 0.0


def _project(ports: ProjectionPorts, player_id: str, scores: Iterable[MetricScore]) -> None:
    try:
        ports.metric_boards.project({player_id: scores}, ports.clock())
    except StoreUnavailable as error:
        log.warning("a player is put on the boards later: %s", error.message)

"""Invitations: who gets the credit, and who has invited whom."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.paging import Page, page_size
from tapstack.players.model import ModerationStatus, Player
from tapstack.players.rules import referrals
from tapstack.players.rules.referrals import Branch

if TYPE_CHECKING:
    from tapstack.players.ports import AncestorPorts, CreditPorts, DueCreditPorts, InvitedPorts

log = logging.getLogger(__name__)

DUE_AT_ONCE = 100

LEGS_A_PAGE = 25
"""Players whose children a page of a tree reads: a tree of inviters must not cost two calls for each of a hundred."""

_Path = list[tuple[str, tuple[int, str] | None]]
"""From the top of a tree down: a player, and the last of their children that has been shown."""


def ancestors_for(ports: AncestorPorts, start_param: str) -> tuple[str, ...]:
    """The ancestors of somebody who signs up with a start parameter; none where it names no inviter.

    A new player has invited nobody yet, so no cycle can arise.
    """
    code = referrals.ref_code_of(start_param)
    inviter = ports.players.by_ref_code(code) if code else None
    if inviter is None or inviter.status == ModerationStatus.BANNED:
        return ()
    return referrals.ancestors_below(inviter.id, inviter.ancestors)


def credit(ports: CreditPorts, player: Player) -> None:
    """Credits the inviters of a new player, or leaves that to the schedule while it can't be done."""
    if not player.ancestors:
        return
    try:
        ports.referrals.credit({player.id: player.ancestors})
    except StoreUnavailable:
        log.info("credit for %s left to the schedule", player.id)


def credit_due(ports: DueCreditPorts) -> int:
    """Gives all credit that is still due; returns the number of players it was for."""
    done = 0
    while due := ports.referrals.due(DUE_AT_ONCE):
        before = done
        for part in referrals.fitting(due):
            if ports.referrals.credit(part):
                done += len(part)
            else:  # another run has credited one of them since
                done += sum(ports.referrals.credit({player_id: line}) for player_id, line in part.items())
        if done == before or len(due) < DUE_AT_ONCE:
            break
    return done


def direct(ports: InvitedPorts, player_id: str, *, limit: int = 20, cursor: str | None = None) -> Page[Branch]:
    """A page of the players that one has invited, the first first."""
    limit, scope = page_size(limit), ("invited", player_id)
    after = ports.cursors.read(cursor, tuple[int, str], *scope) if cursor else None
    keys = ports.player_index.invited_by(player_id, after=after, limit=limit)
    rows = ports.referrals.branches([i for _, i in keys], level=1)
    more = ports.cursors.sign(keys[-1], *scope) if len(keys) == limit else None
    return Page([rows[i] for _, i in keys if i in rows], more)


def tree(
    ports: InvitedPorts, player_id: str, *, depth: int = referrals.MAX_DEPTH, limit: int = 50, cursor: str | None = None
) -> Page[Branch]:
    """A page of the whole tree below a player, each branch before the next: children right after their parent.

    Goes no deeper than `depth` levels, and never in a circle, whatever the data says. It makes two calls for every
    player on the page who has invited somebody, and two more: after LEGS_A_PAGE of them the page ends, however short
    it is.
    """
    depth, limit = max(1, min(depth, referrals.MAX_DEPTH)), page_size(limit)
    scope = ("tree", player_id, str(depth))
    path: _Path = ports.cursors.read(cursor, _Path, *scope) if cursor else [(player_id, None)]
    found: list[Branch] = []
    for _ in range(LEGS_A_PAGE):
        if not path or len(found) == limit:
            break
        parent, after = path[-1]
        wanted = limit - len(found)
        keys = ports.player_index.invited_by(parent, after=after, limit=wanted)
        found += _walk(ports, path, keys, depth)
        if path[-1][0] == parent and len(keys) < wanted:
            path.pop()
    return Page(found, ports.cursors.sign(path, *scope) if path else None)


def _walk(ports: InvitedPorts, path: _Path, keys: Sequence[tuple[int, str]], depth: int) -> list[Branch]:
    """Follows the children of the path's last player up to the first with children of its own, and enters it."""
    found = []
    rows = ports.referrals.branches([i for _, i in keys], level=len(path))
    above = {i for i, _ in path}
    for key in keys:
        path[-1] = (path[-1][0], key)
        child = rows.get(key[1])
        if child is None or child.id in above:
            continue
        found.append(child)
        if child.direct and len(path) < depth:
            path.append((child.id, None))
            break
    return found


def recount(ports: InvitedPorts, player_id: str) -> referrals.Credit:
    """What a player's counts should be, from the tree itself: for operators, as it reads every branch."""
    counted = referrals.Credit()
    cursor: str | None = None
    while True:
        page = tree(ports, player_id, limit=100, cursor=cursor)
        near = sum(branch.level == 1 for branch in page.items)
        counted = referrals.Credit(counted.direct + near, counted.indirect + len(page.items) - near)
        cursor = page.cursor
        if cursor is None:
            return counted

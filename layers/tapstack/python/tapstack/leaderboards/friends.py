"""The friends' board: a player, their inviter, and whom they have invited, by score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from tapstack.leaderboards.model import FriendRow, FriendsBoard, Relation
from tapstack.play.rules.score import clicks_of, score_of
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from tapstack.leaderboards.ports import FriendsBoardPorts

MOST = 100
"""Invited players on the board: of more, those who came first."""


def board(ports: FriendsBoardPorts, player_id: str) -> FriendsBoard:
    """A player among their friends; raises NotFound (`player_unknown`).

    Hidden friends are left out, and so are those who have never tapped. The player is always there: first among equals.
    """
    player = ports.players.get(player_id)
    invited = [friend_id for _, friend_id in ports.player_index.invited_by(player_id, after=None, limit=MOST)]
    ids = [*([player.referrer_id] if player.referrer_id else []), *invited]
    found = ports.players.get_many(ids) if ids else {}
    scores = ports.all_time_board.scores([i for i in ids if i in found and not found[i].hidden])
    own = ports.all_time_board.score(player_id)
    if own is None:  # hidden, or without taps
        live = ports.saving.read([player_id])
        counter = live[0] if live else ports.counters.get(player_id)
        own = score_of(counter.clicks, counter.last_tap_at_ms) if counter else 0.0
    rows = [(player_id, own), *((i, score) for i, score in scores.items() if clicks_of(score))]
    rows.sort(key=lambda row: -row[1])
    known = {player_id: player, **found}
    relations = {player_id: Relation.OWN} | ({player.referrer_id: Relation.INVITER} if player.referrer_id else {})
    return FriendsBoard(
        [
            FriendRow(
                rank,
                i,
                known[i].username,
                public_name(i, known[i].username),
                clicks_of(score),
                relations.get(i, Relation.INVITED),
                title=known[i].title or UNSET,
                looks=known[i].looks or UNSET,
            )
            for rank, (i, score) in enumerate(rows, 1)
        ],
        complete=len(invited) < MOST,
    )

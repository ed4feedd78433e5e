"""Cheering friends: attention, and no goods. Once a day each, counted, and found by the friend in their inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tapstack.economy.answers import Cheered
from tapstack.economy.commands import Cheer
from tapstack.economy.performing import carry_out
from tapstack.inbox.model import Kind
from tapstack.leaderboards.model import FriendsBoard, Relation
from tapstack.platform.calendar import Period
from tapstack.platform.errors import Forbidden, NotFound
from tapstack.players.accounts import refuse_banned
from tapstack.players.rules.referrals import are_friends

if TYPE_CHECKING:
    from tapstack.economy.ports import CheeredPorts, CommandPorts
    from tapstack.players.model import Player

_PREFIX = "c#cheer#"


def cheer(ports: CommandPorts, player_id: str, friend_id: str) -> Cheered:
    """Cheers a friend, once a day (UTC); a repetition changes nothing and gets the same answer.

    The friend finds it in their inbox, unless others cannot see the player. A repetition makes good a notice that a
    crash has cut off. Raises NotFound (`player_unknown`, `friend_unknown`), Forbidden (`not_friends`, `banned`) and
    StoreUnavailable.
    """
    player, friend = ports.players.get(player_id), _friend(ports, friend_id)
    refuse_banned(player)
    if friend.hidden or not are_friends((player.id, player.referrer_id), (friend.id, friend.referrer_id)):
        raise Forbidden("only friends can be cheered", code="not_friends")
    day = Period.DAY.number_at(ports.clock())
    label = Period.DAY.label(day)
    entry = carry_out(ports, player.id, f"{_PREFIX}{label}#{friend.id}", Cheer(friend=friend.id))
    if not player.hidden:
        ports.inbox.gather(friend.id, Kind.CHEER, label, player.id, ports.clock())
    return Cheered(friend.id, entry.at_ms, Period.DAY.start_ms(day + 1))


def _friend(ports: CommandPorts, friend_id: str) -> Player:
    try:
        return ports.players.get(friend_id)
    except NotFound as error:
        raise NotFound("there is no such player", code="friend_unknown") from error


def marked(ports: CheeredPorts, player_id: str, board: FriendsBoard) -> FriendsBoard:
    """A friends' board that says whom the player has cheered today: one query, where there are friends."""
    if len(board.entries) < 2:
        return board
    day = Period.DAY.number_at(ports.clock())
    prefix = f"{_PREFIX}{Period.DAY.label(day)}#"
    done = {cause.removeprefix(prefix) for cause in ports.wallets.causes(player_id, prefix)}
    entries = [row if row.relation is Relation.OWN else replace(row, cheered=row.id in done) for row in board.entries]
    return replace(board, entries=entries, cheers_again_at_ms=Period.DAY.start_ms(day + 1))

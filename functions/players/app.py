"""GET and PATCH /players/me and what is below it, GET /leaderboard/friends: the own account, and whom it knows."""

from tapstack.composition import container
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call, Reply
from tapstack.leaderboards import friends
from tapstack.leaderboards.model import FriendsBoard
from tapstack.leaderboards.operations import FRIENDS
from tapstack.players import accounts, operations, referrals
from tapstack.players.newcomers import inviter_name
from tapstack.privacy import export
from tapstack.privacy.operations import EXPORT_ME

app = create_app("players", container)


@serves(app, operations.MY_ACCOUNT)
def get_my_account(call: Call[None]) -> operations.PlayerView:
    return operations.player_view(container(), *accounts.account(container(), call.player_id))


@serves(app, operations.RENAME)
def change_account(call: Call[operations.AccountChanges]) -> operations.PlayerView:
    return operations.player_view(container(), *operations.change(container(), call.player_id, call.body))


@serves(app, operations.MY_REFERRALS)
def get_my_referrals(call: Call[None]) -> operations.Referrals:
    read = referrals.tree if call.query["of"] == "tree" else referrals.direct
    player, _ = accounts.account(container(), call.player_id)
    page = read(container(), player.id, limit=int(call.query["limit"] or 20), cursor=call.query["cursor"] or None)
    return operations.referrals_view(player, page, inviter_name(container(), player))


@serves(app, FRIENDS)
def get_friends_board(call: Call[None]) -> FriendsBoard:
    return friends.board(container(), call.player_id)


@serves(app, EXPORT_ME)
def export_me(call: Call[None]) -> Reply:
    data = export.export_own(container(), call.player_id)
    return Reply(data, headers={"Content-Disposition": f'attachment; filename="{export.FILE_NAME}"'})

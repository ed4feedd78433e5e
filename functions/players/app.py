"""The own account, and whom it knows: /players/me and what is below it, GET /leaderboard/friends, /notifications."""

from tapstack.cards.operations import MY_CARDS, MyCards, my_cards
from tapstack.composition import container
from tapstack.economy import cheering
from tapstack.goals import badges
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call, Reply
from tapstack.leaderboards import friends
from tapstack.leaderboards.model import FriendsBoard
from tapstack.leaderboards.operations import FRIENDS
from tapstack.notifications import inbox, preferences
from tapstack.notifications import operations as notifications
from tapstack.notifications.answers import (
    NotificationSettings,
    NotificationsPage,
    ReadRequest,
    ReadUpTo,
    SettingsChanges,
)
from tapstack.players import accounts, operations, referrals
from tapstack.players.newcomers import inviter_name
from tapstack.privacy import export
from tapstack.privacy.operations import EXPORT_ME

app = create_app("players", container)


@serves(app, operations.MY_ACCOUNT)
def get_my_account(call: Call[None]) -> operations.PlayerView:
    found = accounts.account(container(), call.player_id)
    return operations.player_view(container(), *found, badges.badges(container(), call.player_id))


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
    return cheering.marked(container(), call.player_id, friends.board(container(), call.player_id))


@serves(app, notifications.NOTIFICATIONS)
def get_notifications(call: Call[None]) -> NotificationsPage:
    return inbox.page(container(), call.player_id, int(call.query["limit"] or 0), call.query["cursor"] or None)


@serves(app, notifications.READ)
def read_notifications(call: Call[ReadRequest]) -> ReadUpTo:
    return inbox.mark_read(container(), call.player_id, call.body.up_to)


@serves(app, notifications.SETTINGS)
def get_notification_settings(call: Call[None]) -> NotificationSettings:
    return preferences.read(container(), call.player_id)


@serves(app, notifications.CHANGE_SETTINGS)
def change_notification_settings(call: Call[SettingsChanges]) -> NotificationSettings:
    return preferences.change(container(), call.player_id, call.body)


@serves(app, EXPORT_ME)
def export_me(call: Call[None]) -> Reply:
    data = export.export_own(container(), call.player_id)
    return Reply(data, headers={"Content-Disposition": f'attachment; filename="{export.FILE_NAME}"'})


@serves(app, MY_CARDS)
def get_my_cards(call: Call[None]) -> MyCards:
    return my_cards(container(), container().players.get(call.player_id))

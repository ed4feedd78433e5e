"""GET and PATCH /players/me, GET /players/me/referrals, GET /players/me/export: the own account."""

from tapstack.composition import container
from tapstack.http import api
from tapstack.http.app import Call, Reply, create_app, serves
from tapstack.http.views import player_view, referrals_view
from tapstack.players import accounts, referrals
from tapstack.privacy import export

app = create_app("players")


@serves(app, api.MY_ACCOUNT)
def get_my_account(call: Call) -> api.PlayerView:
    return player_view(container(), *accounts.account(container(), call.player_id))


@serves(app, api.RENAME)
def rename(call: Call) -> api.PlayerView:
    return player_view(container(), *accounts.rename(container(), call.player_id, call.body.username))


@serves(app, api.MY_REFERRALS)
def get_my_referrals(call: Call) -> api.Referrals:
    read = referrals.tree if call.query["of"] == "tree" else referrals.direct
    player, _ = accounts.account(container(), call.player_id)
    limit = int(call.query["limit"] or 20)
    return referrals_view(player, read(container(), player.id, limit=limit, cursor=call.query["cursor"] or None))


@serves(app, api.EXPORT_ME)
def export_me(call: Call) -> Reply:
    data = export.own(container(), call.player_id)
    return Reply(data, headers={"Content-Disposition": f'attachment; filename="{export.FILE_NAME}"'})

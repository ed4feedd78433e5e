"""GET and PATCH /players/me: the own account."""

from tapstack.bootstrap import container
from tapstack.http import api
from tapstack.http.app import Call, create_app, serves
from tapstack.http.views import player_view
from tapstack.services import players

app = create_app("players")


@serves(app, api.MY_ACCOUNT)
def get_my_account(call: Call) -> api.PlayerView:
    return player_view(*players.account(container(), call.player_id))


@serves(app, api.RENAME)
def rename(call: Call) -> api.PlayerView:
    return player_view(*players.rename(container(), call.player_id, call.body.username))

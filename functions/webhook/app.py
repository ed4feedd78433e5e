"""POST /telegram/webhook, what Telegram's users say to the bot; POST /players/me/share, what the bot prepares for them.

Sharing is here because it takes the bot: of the functions that answer HTTP only this one has python-telegram-bot
loaded, and it may read all that a score card shows. The others start a third of a second sooner without it.
"""

from typing import Any

from tapstack.bot import router, sharing
from tapstack.composition import container
from tapstack.http import api
from tapstack.http.app import Call, create_app, serves

app = create_app("webhook")


@serves(app, api.TELEGRAM_UPDATE)
def telegram_update(call: Call) -> dict[str, Any]:
    return router.answer(container(), call.body)


@serves(app, api.SHARE)
def prepare_share(call: Call) -> api.PreparedMessage:
    prepared = sharing.prepare(container(), call.player_id)
    return api.PreparedMessage(prepared.id, int(prepared.expiration_date.timestamp()))

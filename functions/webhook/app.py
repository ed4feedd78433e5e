"""POST /telegram/webhook, what Telegram's users say to the bot; POST /players/me/share, what the bot prepares for them.

Sharing is here because it takes the bot: of the functions that answer HTTP only this one loads python-telegram-bot,
and it may read everything that a score card shows. The others start a third of a second sooner without it.
"""

from typing import Any

from tapstack.bot import router, sharing
from tapstack.bot.operations import SHARE, TELEGRAM_UPDATE, PreparedMessage
from tapstack.composition import container
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call

app = create_app("webhook", container)


@serves(app, TELEGRAM_UPDATE)
def telegram_update(call: Call[dict[str, Any]]) -> dict[str, Any]:
    return router.answer(container(), call.body)


@serves(app, SHARE)
def prepare_share(call: Call[None]) -> PreparedMessage:
    prepared = sharing.prepare(container(), call.player_id)
    return PreparedMessage(prepared.id, int(prepared.expiration_date.timestamp()))

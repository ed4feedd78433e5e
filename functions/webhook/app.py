"""POST /telegram/webhook: what Telegram's users say to the bot."""

from typing import Any

from tapstack.bootstrap import container
from tapstack.http import api
from tapstack.http.app import Call, create_app, serves
from tapstack.telegram import bot

app = create_app("webhook")


@serves(app, api.TELEGRAM_UPDATE)
def telegram_update(call: Call) -> dict[str, Any]:
    return bot.answer(container(), call.body)

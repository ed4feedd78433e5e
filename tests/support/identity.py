"""Test players with initData that is really signed."""

from __future__ import annotations

import json
import time

from tapstack_local.init_data import signed

BOT_TOKEN = "7000000001:AAEtest_bot_token_of_the_test_suite_0"


def init_data(
    user_id: int, first_name: str = "Ada", *, auth_date_s: int | None = None, token: str = BOT_TOKEN, **fields: str
) -> str:
    """initData for a user as Telegram would sign it for the bot of a token."""
    all_fields = {
        "query_id": "AAF0",
        "user": json.dumps({"id": user_id, "first_name": first_name, "language_code": "en"}),
        "auth_date": str(int(time.time()) if auth_date_s is None else auth_date_s),
        "signature": "c2ln",
        **fields,
    }
    return signed(all_fields, token)

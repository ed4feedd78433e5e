"""Signs Mini App initData as Telegram does, for a bot token: for the sign-in of test players, tools and all tests.

Written from the documentation, independently of the game's own validation, which is tested against it:
https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode


def signed(fields: Mapping[str, str], bot_token: str) -> str:
    """Return initData, a query string: `fields` without a hash, plus their hash."""
    lines = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.digest(b"WebAppData", bot_token.encode(), hashlib.sha256)
    return urlencode({**fields, "hash": hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()})


def make_init_data(user: Mapping[str, Any], bot_token: str, *, auth_date_s: int, query_id: str, **more: str) -> str:
    """Return signed initData of a Telegram `user` (id, first_name, ...); `more` are fields such as start_param."""
    fields = {
        "query_id": query_id,
        "user": json.dumps(user, separators=(",", ":"), ensure_ascii=False),
        "auth_date": str(auth_date_s),
        **more,
    }
    return signed(fields, bot_token)

"""Makes Mini App initData as Telegram does, for a bot token.

https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode


def sign(fields: Mapping[str, str], bot_token: str) -> str:
    """Return the hash of initData's `fields`, which hold no hash yet: 64 hexadecimal digits."""
    check = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.new(b"WebAppData", bot_token.encode(), hashlib.sha256).digest()
    return hmac.new(key, check.encode(), hashlib.sha256).hexdigest()


def make_init_data(
    user: Mapping[str, Any],
    bot_token: str,
    *,
    auth_date_s: int,
    query_id: str,
    extra: Mapping[str, str] | None = None,
) -> str:
    """Return signed initData, a query string, for a Telegram `user` (id, first_name, ...).

    `extra` adds fields such as start_param.
    """
    fields = {
        "query_id": query_id,
        "user": json.dumps(user, separators=(",", ":"), ensure_ascii=False),
        "auth_date": str(auth_date_s),
        **(extra or {}),
    }
    return urlencode(fields | {"hash": sign(fields, bot_token)})

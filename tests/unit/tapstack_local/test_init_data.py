"""initData that is signed here is what Telegram would sign."""

import json
from urllib.parse import parse_qs, parse_qsl

from tapstack.telegram.init_data import verify
from tapstack_local.init_data import make_init_data, signed

TOKEN = "1234567890:" + "a" * 35
NOW_S = 1_760_000_000


def test_game_takes_it_with_any_name() -> None:
    user = {"id": 1, "first_name": 'Zo\u00eb "&=\n', "language_code": "en"}
    raw = make_init_data(user, TOKEN, auth_date_s=NOW_S, query_id="q", start_param="")
    assert verify(raw, [TOKEN], now_s=NOW_S, max_age_s=60).user.first_name == user["first_name"]
    fields = dict(parse_qsl(raw, keep_blank_values=True, strict_parsing=True))
    assert json.loads(fields["user"]) == user
    assert (fields["auth_date"], fields["start_param"]) == (str(NOW_S), "")


def test_hash_is_over_the_sorted_fields_with_the_key_that_telegram_documents() -> None:
    """Computed with OpenSSL: printf "a=1\\nb=2" | openssl dgst -sha256 -mac HMAC -macopt hexkey:<the key>."""
    assert parse_qs(signed({"b": "2", "a": "1"}, TOKEN))["hash"] == [
        "fd32bf01aeeb9228fd8eb771c5f5eec79b475e9ed2dd45a035c294486bcf24ab"
    ]

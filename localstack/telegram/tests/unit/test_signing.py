import hashlib
import hmac
from urllib.parse import parse_qsl

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telegram_local.signing import sign_init_data

TOKEN = "123:abc"


@settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine fails nothing
@given(st.dictionaries(st.sampled_from(["user", "start_param", "query_id"]), st.text(max_size=20)))
def test_signed_data_checks_as_telegram_documents(fields: dict[str, str]) -> None:
    pairs = dict(parse_qsl(sign_init_data(TOKEN, fields), keep_blank_values=True, strict_parsing=True))
    given_hash = pairs.pop("hash")
    assert "signature" in pairs
    check = "\n".join(f"{key}={value}" for key, value in sorted(pairs.items()))
    key = hmac.new(b"WebAppData", TOKEN.encode(), hashlib.sha256).digest()
    assert hmac.new(key, check.encode(), hashlib.sha256).hexdigest() == given_hash
    assert fields.items() <= pairs.items()

"""initData, the signed launch data of a Mini App."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlencode


def sign_init_data(token: str, fields: Mapping[str, str]) -> str:
    """The query string of `fields` with `signature` and `hash`.

    https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app: `hash` covers every
    other field, `signature` included. `signature` is Telegram's Ed25519 signature, which nobody else can
    create: here it only has the right format (64 bytes, base64url).
    """
    values = dict(fields)
    values["signature"] = _placeholder_signature(token, values)
    values["hash"] = hash_of(token, values)
    return urlencode(values)


def hash_of(token: str, fields: Mapping[str, str]) -> str:
    """The HMAC of the fields without `hash`, in hexadecimal."""
    check = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()) if key != "hash")
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    return hmac.new(key, check.encode(), hashlib.sha256).hexdigest()


def _placeholder_signature(token: str, fields: Mapping[str, str]) -> str:
    check = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()))
    digest = hmac.new(token.encode(), check.encode(), hashlib.sha512).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

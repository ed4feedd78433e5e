"""Launching a Mini App, and its requests to Telegram's servers: storage, prepared messages, data."""

import re
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import msgspec

from .core import Core
from .errors import BadRequest
from .signing import sign_init_data
from .state import Chat, Json, User
from .user_actions import send_content, send_result

VERSION = "9.1"
STORAGE_KEYS_MAX = 1024
STORAGE_VALUE_MAX = 4096
# Without a signed user: https://core.telegram.org/bots/webapps#keyboard-button-mini-apps
UNSIGNED = ("keyboard", "inline_mode")


def launch(core: Core, user: User, chat: Chat, given: Json) -> Json:
    """The address to open, with initData in its fragment.

    `kind` is one of menu, button, main, keyboard, inline_mode; `url` is the button's; the server knows the
    main Mini App's. Returns `{"url", "query_id"}`.
    """
    kind = str(given.get("kind") or "main")
    url = str(given.get("url") or "") or main_url(core)
    if not url:
        raise BadRequest("the bot has no Main Mini App: set its menu button to one")
    start = str(given.get("start_param") or "")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,512}", start):
        raise BadRequest("START_PARAM_INVALID")
    query_id = core.new_query("web_app", user.id, chat.id).id if kind in ("menu", "button") else ""
    init_data = "" if kind in UNSIGNED else init_data_for(core, user, chat, query_id=query_id, start=start)
    fragment = {
        "tgWebAppData": init_data,
        "tgWebAppVersion": VERSION,
        "tgWebAppPlatform": "weba",
        "tgWebAppThemeParams": msgspec.json.encode(given.get("theme") or {}).decode(),
    }
    if kind == "inline_mode":
        fragment["tgWebAppBotInline"] = "1"
    if start:
        fragment["tgWebAppStartParam"] = start
    parts = urlsplit(url)
    if start:
        extra = urlencode({"tgWebAppStartParam": start})
        parts = parts._replace(query=f"{parts.query}&{extra}" if parts.query else extra)
    joined = urlencode(fragment, quote_via=quote)
    own = f"{parts.fragment}{'&' if '=' in parts.fragment else '?'}" if parts.fragment else ""
    return {"url": urlunsplit(parts._replace(fragment=own + joined)), "query_id": query_id}


def main_url(core: Core) -> str:
    """The address of the bot's main Mini App."""
    button = core.state.bot.menu_button or {}
    return core.settings.main_app_url or str((button.get("web_app") or {}).get("url", ""))


def init_data_for(core: Core, user: User, chat: Chat, *, query_id: str = "", start: str = "") -> str:
    """Signed initData for a user."""
    person = {"id": user.id, "first_name": user.first_name, "last_name": user.last_name}
    if user.username:
        person["username"] = user.username
    person["language_code"] = user.language_code
    person["allows_write_to_pm"] = not user.blocked
    fields = {"user": msgspec.json.encode(person).decode(), "auth_date": str(int(core.clock.now()))}
    if query_id:
        fields["query_id"] = query_id
    else:
        kind = {"private": "sender", "dialog": "private"}.get(chat.type, chat.type)
        fields |= {"chat_instance": chat.instance, "chat_type": kind}
    if start:
        fields["start_param"] = start
    return sign_init_data(core.settings.token, fields)


def custom_method(core: Core, user: User, name: str, params: Json) -> Any:
    """Execute `web_app_invoke_custom_method`: CloudStorage. Raises BadRequest with Telegram's code."""
    core.changed = True
    storage = user.storage
    if name == "getStorageKeys":
        return list(storage)
    if name == "getStorageValues":
        return {key: storage.get(key, "") for key in _keys(params)}
    if name == "deleteStorageValues":
        for key in _keys(params):
            storage.pop(key, None)
        return True
    if name == "saveStorageValue":
        key, value = str(params.get("key", "")), str(params.get("value", ""))
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,128}", key):
            raise BadRequest("KEY_INVALID")
        if len(value) > STORAGE_VALUE_MAX:
            raise BadRequest("VALUE_INVALID")
        if key not in storage and len(storage) >= STORAGE_KEYS_MAX:
            raise BadRequest("QUOTA_EXCEEDED")
        storage[key] = value
        return True
    if name == "getCurrentTime":
        return int(core.clock.now())
    raise BadRequest("METHOD_INVALID")


def _keys(params: Json) -> list[str]:
    keys = params.get("keys", [])
    return [keys] if isinstance(keys, str) else [str(key) for key in keys]


def prepared(core: Core, user: User, id_: str) -> Json:
    """A message that the bot prepared for this user. Raises BadRequest if it has expired."""
    kept = core.state.prepared.get(id_)
    if kept is None or kept["user_id"] != user.id or kept["expiration_date"] < core.clock.now():
        raise BadRequest("MESSAGE_EXPIRED")
    return kept


def send_prepared(core: Core, user: User, chat: Chat, id_: str) -> Json:
    """Send a prepared message to a chat of an allowed type."""
    kept = prepared(core, user, id_)
    kind = {"private": "bot", "dialog": "user"}.get(chat.type, "group")
    if kind not in kept["chats"]:
        raise BadRequest("PEER_TYPE_INVALID")
    return send_result(core, user, chat, kept["result"])


def send_data(core: Core, user: User, chat: Chat, data: str, button_text: str) -> Json:
    """What `web_app_data_send` does: a service message, from a keyboard button's Mini App only."""
    if not 1 <= len(data.encode()) <= 4096:
        raise BadRequest("DATA_INVALID")
    return send_content(core, user, chat, {"web_app_data": {"data": data, "button_text": button_text}})

"""The bot's profile: commands, names, descriptions, the menu button."""

import re
from typing import Any

from ..core import Core
from ..errors import BadRequest
from ..params import Params
from ..state import Json
from .registry import method

_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def commands_key(core: Core, params: Params) -> str:
    """Scope and language as one key. Raises BadRequest for an invalid scope."""
    scope: Any = params.json("scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind not in _SCOPES:
        raise BadRequest("can't parse BotCommandScope: Unsupported type specified")
    for name in _SCOPES[kind]:
        if name == "chat_id":
            core.chat(str(scope.get(name, "")))
    where = ":".join([kind, *(str(scope[name]) for name in _SCOPES[kind])])
    return f"{where}|{_language(params)}"


def _language(params: Params) -> str:
    code = params.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise BadRequest("invalid language code specified")
    return code


@method("setMyCommands")
def set_my_commands(core: Core, params: Params) -> bool:
    """Set the commands of a scope and language, at most 100."""
    key = commands_key(core, params)
    commands: Any = params.json("commands", "commands")
    if not isinstance(commands, list):
        raise BadRequest("expected an Array of BotCommand")
    if len(commands) > 100:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    core.state.bot.commands[key] = [_command(command) for command in commands]
    _profile_changed(core)
    return True


def _command(value: Any) -> Json:
    if not isinstance(value, dict):
        raise BadRequest("expected an Object as BotCommand")
    command = str(value.get("command", "")).strip().removeprefix("/")
    description = str(value.get("description", "")).strip()
    if not command:
        raise BadRequest("command must be non-empty")
    if len(command) > 32:
        raise BadRequest("command length must not exceed 32")
    if not re.fullmatch(r"[a-z0-9_]+", command):
        raise BadRequest("BOT_COMMAND_INVALID")
    if not description:
        raise BadRequest("command description must be non-empty")
    if len(description) > 256:
        raise BadRequest("command description length must not exceed 256")
    return {"command": command, "description": description}


@method("getMyCommands")
def get_my_commands(core: Core, params: Params) -> list[Json]:
    """The commands of exactly this scope and language."""
    return core.state.bot.commands.get(commands_key(core, params), [])


@method("deleteMyCommands")
def delete_my_commands(core: Core, params: Params) -> bool:
    """Delete the commands of this scope and language: wider scopes apply again."""
    core.state.bot.commands.pop(commands_key(core, params), None)
    _profile_changed(core)
    return True


def commands_for(core: Core, *, private: bool, chat_id: int, user_id: int, language: str) -> list[Json]:
    """The commands a user sees, by Telegram's order of scopes (determining list of commands)."""
    if private:
        scopes = [f"chat:{chat_id}", "all_private_chats", "default"]
    else:
        scopes = [f"chat_member:{chat_id}:{user_id}", f"chat:{chat_id}", "all_group_chats", "default"]
    for scope in scopes:
        for code in (language, ""):
            commands = core.state.bot.commands.get(f"{scope}|{code}")
            if commands:
                return commands
    return []


def _text_methods(subject: str, field: str, parameter: str, limit: int) -> None:
    def texts(core: Core) -> dict[str, str]:
        kept: dict[str, str] = getattr(core.state.bot, field)
        return kept

    def setter(core: Core, params: Params) -> bool:
        language, text = _language(params), params.text(parameter)
        if len(text) > limit:
            raise BadRequest(f"the bot's {parameter.replace('_', ' ')} is too long")
        texts(core).pop(language, None)
        if text:
            texts(core)[language] = text
        _profile_changed(core)
        return True

    def getter(core: Core, params: Params) -> Json:
        kept = texts(core)
        default = core.settings.name if field == "names" else ""
        return {parameter: kept.get(_language(params)) or kept.get("") or default}

    method(f"setMy{subject}")(setter)
    method(f"getMy{subject}")(getter)


_text_methods("Name", "names", "name", 64)
_text_methods("Description", "descriptions", "description", 512)
_text_methods("ShortDescription", "short_descriptions", "short_description", 120)


@method("setChatMenuButton")
def set_chat_menu_button(core: Core, params: Params) -> bool:
    """Set the button left of the input, for one private chat or for all."""
    button: Any = params.json("menu_button", "menu button") or {"type": "default"}
    kind = button.get("type") if isinstance(button, dict) else None
    if kind not in ("default", "commands", "web_app"):
        raise BadRequest("can't parse menu button: Unsupported type specified")
    if kind == "web_app" and not (button.get("text") and (button.get("web_app") or {}).get("url")):
        raise BadRequest("can't parse menu button: Can't find field \"web_app\"")
    if "chat_id" not in params:
        core.state.bot.menu_button = None if kind == "default" else button
    else:
        chat = core.chat(params.text("chat_id"))
        if chat.type != "private":
            raise BadRequest("chat not found")
        chat.menu_button = None if kind == "default" else button
    _profile_changed(core)
    return True


@method("getChatMenuButton")
def get_chat_menu_button(core: Core, params: Params) -> Json:
    """The button of a private chat, or the default one."""
    own = core.chat(params.text("chat_id")).menu_button if "chat_id" in params else None
    return own or core.state.bot.menu_button or {"type": "commands" if core.state.bot.commands else "default"}


def _profile_changed(core: Core) -> None:
    core.hub.publish(list(core.state.users), "profile")

"""Every setting of the functions, by concept: each is read from the environment and checked here.

A new setting is one line in its group, one in template.yaml for each function that reads it, and one in DEFAULTS.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Generic, TypeVar, overload
from urllib.parse import urljoin

TELEGRAM = "https://api.telegram.org"

SECRETS = {"TELEGRAM_BOT_TOKEN": 10, "TELEGRAM_WEBHOOK_SECRET": 1, "TOKEN_SIGNING_KEY": 16}
"""Who holds one can be the bot, Telegram, or any player; with the fewest characters of each value."""

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "REDIS_CLUSTER": "0",
        "TELEGRAM_API_BASE": TELEGRAM,
        "TELEGRAM_BOT_USERNAME": "",
        "SUPPORT_USERNAME": "",
        "MINIAPP_URL": "",
        "API_FROM_MINIAPP": "../",
        "OUTBOX_PER_S": "25",
        "REMINDERS": "1",
        "TAPS_PER_S": "25",
        "ENERGY_FULL": "3000",
        "ENERGY_EVERY_MS": "2000",
        "BUCKETS": "16",
        "SESSION_IDLE_S": "60",
        "REQUESTS_PER_S_BUDGET": "1000",
        "SYNC_EVERY_S": "5",
        "SYNC_AT_DIRTY": "100",
        "INIT_DATA_MAX_AGE_S": "86400",
        "ADDRESS_REQUESTS_PER_S": "100",
        "TRUSTED_PROXIES": "0",
        "EDGE_KEY": "",
        "CLICK_URL": "",
        "HEARTBEAT_URL": "",
        "LIVE_URL": "",
        "LIVE_ENDPOINT": "",
        "LIVE_LOBBY": "0",
        "CHANCE_ENABLED": "0",
    }
)
"""What template.yaml hands out where nobody says otherwise: for tools, which nobody hands anything."""

T = TypeVar("T")


def button_url(miniapp_url: str, telegram_api_base: str) -> str:
    """The Mini App's address, or "" where a button can't carry it: only a local Telegram takes plain http."""
    return miniapp_url if miniapp_url.startswith("https://") or telegram_api_base != TELEGRAM else ""


class ConfigError(Exception):
    """The environment can't run the game; the message lists every fault at once."""


class Setting(Generic[T]):
    """One variable of the environment: checked where it is set, demanded only where it is read.

    `parse` makes the value of the variable's text, or raises ValueError with what is wrong. A variable that
    template.yaml hands to no function has a default.
    """

    def __init__(self, variable: str, parse: Callable[[str], T], default: T | None = None) -> None:
        self.variable = variable
        self.parse = parse
        self.default = default

    @overload
    def __get__(self, group: None, owner: type[Group]) -> Setting[T]: ...
    @overload
    def __get__(self, group: Group, owner: type[Group]) -> T: ...
    def __get__(self, group: Group | None, owner: type[Group]) -> Setting[T] | T:
        if group is None:
            return self
        value: T | None = group.values.get(self.variable, self.default)
        if value is None:
            raise ConfigError(f"{self.variable} is not set: template.yaml does not hand it to this function")
        return value


def _text(text: str) -> str:
    return text


def _given(text: str) -> str:
    if not text:
        raise ValueError("is not set")
    return text


def _url(text: str) -> str:
    return _given(text).rstrip("/")


def _username(text: str) -> str:
    name = text.removeprefix("@")
    if name and not re.fullmatch("[A-Za-z0-9_]{4,32}", name):
        raise ValueError(f"is not a Telegram username: {text!r}")
    return name


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 10 and lowest <= int(text) <= highest):
            raise ValueError(f"is not a whole number from {lowest} to {highest}: {text!r}")
        return int(text)

    return parse


def _flag(text: str) -> bool:
    return _whole(0, 1)(text) == 1


def _secret(fewest: int) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if len(_given(text)) < fewest:
            raise ValueError(f"is shorter than {fewest} characters")
        return text

    return parse


def _secrets(fewest: int) -> Callable[[str], tuple[str, ...]]:
    def parse(text: str) -> tuple[str, ...]:
        values = [part.strip() for part in _given(text).split(",") if part.strip()]
        if not values:
            raise ValueError(f"is shorter than {fewest} characters")
        return tuple(map(_secret(fewest), values))

    return parse


class Group:
    """The settings of one concept, over the values that this function holds."""

    __slots__ = ("values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        """`values` are checked ones, by the names of their variables."""
        self.values = values

    @classmethod
    def settings(cls) -> Iterator[tuple[str, Setting[Any]]]:
        """The settings of this group, by name."""
        return ((name, each) for name, each in vars(cls).items() if isinstance(each, Setting))


class RedisSettings(Group):
    url = Setting("REDIS_URL", _given)
    cluster = Setting("REDIS_CLUSTER", _flag)
    max_connections = Setting("REDIS_MAX_CONNECTIONS", _whole(1, 1_000), 16)


class TableSettings(Group):
    """What each table is called in this deployment."""

    players = Setting("PLAYERS_TABLE", _given)
    uniques = Setting("UNIQUES_TABLE", _given)
    counters = Setting("COUNTERS_TABLE", _given)
    sessions = Setting("SESSIONS_TABLE", _given)
    chats = Setting("CHATS_TABLE", _given)
    boards = Setting("BOARDS_TABLE", _given)
    league = Setting("LEAGUE_TABLE", _given)
    groups = Setting("GROUPS_TABLE", _given)
    messages = Setting("MESSAGES_TABLE", _given)
    metrics = Setting("METRICS_TABLE", _given)
    audit = Setting("AUDIT_TABLE", _given)
    broadcasts = Setting("BROADCASTS_TABLE", _given)
    deliveries = Setting("DELIVERIES_TABLE", _given)
    ledger = Setting("LEDGER_TABLE", _given)
    holdings = Setting("HOLDINGS_TABLE", _given)
    commons = Setting("COMMONS_TABLE", _given)
    live = Setting("LIVE_TABLE", _given)

    def name_of(self, table: str) -> str:
        """The name of a table, by the word that the game has for it."""
        return str(getattr(self, table))


class TelegramSettings(Group):
    """Tokens may list several values, newest first, as keys may; Telegram knows one secret of a webhook."""

    bot_tokens = Setting("TELEGRAM_BOT_TOKEN", _secrets(SECRETS["TELEGRAM_BOT_TOKEN"]))
    webhook_secret = Setting("TELEGRAM_WEBHOOK_SECRET", _secret(SECRETS["TELEGRAM_WEBHOOK_SECRET"]))
    init_data_max_age_s = Setting("INIT_DATA_MAX_AGE_S", _whole(60, 31_536_000))
    api_base = Setting("TELEGRAM_API_BASE", _url)
    bot_username = Setting("TELEGRAM_BOT_USERNAME", _text)
    support_username = Setting("SUPPORT_USERNAME", _username)
    miniapp_url = Setting("MINIAPP_URL", _text)
    api_from_miniapp = Setting("API_FROM_MINIAPP", _text)
    outbox_per_s = Setting("OUTBOX_PER_S", _whole(1, 1_000))
    outbox_queue_url = Setting("OUTBOX_QUEUE_URL", _given)
    reminders = Setting("REMINDERS", _flag)
    outbox_dead_letter_queue_url = Setting("OUTBOX_DEAD_LETTER_QUEUE_URL", _given)

    @property
    def api_url(self) -> str:
        """The API's address where Telegram can call it, with a trailing slash; "" where it can't."""
        return urljoin(self.button_url, self.api_from_miniapp) if self.button_url else ""

    @property
    def button_url(self) -> str:
        """The Mini App's address where a button may carry it: Telegram itself takes https only."""
        return button_url(self.miniapp_url, self.api_base)


class HttpSettings(Group):
    """Keys may list several values, newest first, separated by commas.

    The first one signs, all of them verify, so that a rotation logs nobody out.
    """

    token_signing_keys = Setting("TOKEN_SIGNING_KEY", _secrets(SECRETS["TOKEN_SIGNING_KEY"]))
    token_ttl_s = Setting("TOKEN_TTL_S", _whole(60, 86_400), 3_600)
    address_requests_per_s = Setting("ADDRESS_REQUESTS_PER_S", _whole(1, 1_000))
    trusted_proxies = Setting("TRUSTED_PROXIES", _whole(0, 10))
    edge_key = Setting("EDGE_KEY", _text)
    click_url = Setting("CLICK_URL", _text)
    heartbeat_url = Setting("HEARTBEAT_URL", _text)


class PlaySettings(Group):
    buckets = Setting("BUCKETS", _whole(1, 100))
    taps_per_s = Setting("TAPS_PER_S", _whole(1, 1_000))
    energy_full = Setting("ENERGY_FULL", _whole(1, 100_000))
    energy_every_ms = Setting("ENERGY_EVERY_MS", _whole(100, 3_600_000))
    session_idle_s = Setting("SESSION_IDLE_S", _whole(2, 86_400))
    requests_per_s_budget = Setting("REQUESTS_PER_S_BUDGET", _whole(1, 1_000_000))
    sync_every_s = Setting("SYNC_EVERY_S", _whole(1, 60))  # the schedule saves everybody once a minute anyway
    sync_at_dirty = Setting("SYNC_AT_DIRTY", _whole(0, 1_000_000))
    sync_queue_url = Setting("SYNC_QUEUE_URL", _given)
    sync_dead_letter_queue_url = Setting("SYNC_DEAD_LETTER_QUEUE_URL", _given)


class LiveSettings(Group):
    """Where clients open a WebSocket, and where functions reach those who have; both "" without one."""

    socket_url = Setting("LIVE_URL", _text)
    socket_endpoint = Setting("LIVE_ENDPOINT", _text)
    open_lobby = Setting("LIVE_LOBBY", _flag)
    pushes_per_s = Setting("LIVE_PUSHES_PER_S", _whole(1, 100_000), 1_000)


class ChanceSettings(Group):
    """Whether players may stake coins, where that is lawful and wanted."""

    enabled = Setting("CHANCE_ENABLED", _flag)


class Settings:
    """What a deployment can set.

    A function holds the variables that it reads and no others (template.yaml); reading another raises ConfigError.
    """

    GROUPS: ClassVar[Mapping[str, type[Group]]] = {
        "redis": RedisSettings,
        "tables": TableSettings,
        "telegram": TelegramSettings,
        "http": HttpSettings,
        "play": PlaySettings,
        "live": LiveSettings,
        "chance": ChanceSettings,
    }

    def __init__(self, values: Mapping[str, Any]) -> None:
        """`values` are checked ones, by the names of their variables."""
        self.values = values
        self.redis = RedisSettings(values)
        self.tables = TableSettings(values)
        self.telegram = TelegramSettings(values)
        self.http = HttpSettings(values)
        self.play = PlaySettings(values)
        self.live = LiveSettings(values)
        self.chance = ChanceSettings(values)

    def __repr__(self) -> str:
        return f"Settings({', '.join(self.values)})"

    @property
    def secrets(self) -> list[str]:
        """Every value of the secrets that this function holds, and the word by which the API knows CloudFront."""
        held = [self.values.get(name, ()) for name in (*SECRETS, "EDGE_KEY")]
        return [value for values in held for value in ([values] if isinstance(values, str) else values)]

    @classmethod
    def by_path(cls) -> dict[str, Setting[Any]]:
        """Every setting by where it is read: `play.buckets`."""
        groups = cls.GROUPS.items()
        return {f"{group}.{name}": each for group, kind in groups for name, each in kind.settings()}

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Reads and checks all settings that the environment has; raises ConfigError with every fault found."""
        values, faults = {}, []
        for setting in cls.by_path().values():
            if setting.variable not in env:
                continue
            text = env[setting.variable].strip() or DEFAULTS.get(setting.variable, "")
            if not text and setting.default is not None:
                continue
            try:
                values[setting.variable] = setting.parse(text)
            except ValueError as error:
                faults.append(f"{setting.variable} {error}")
        if faults:
            raise ConfigError("settings: " + "; ".join(faults))
        return cls(values)

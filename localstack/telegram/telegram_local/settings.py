"""Settings, read from the environment once at the start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from .origin_check import parse_hosts

Number = TypeVar("Number", int, float)

LOCAL_TOKEN = "424242:local-telegram-token-for-development"  # noqa: S105 - opens nothing but this server
LOCAL_USERNAME = "local_bot"
LOCAL_NAME = "Local Bot"
LOCAL_FRAMES = "http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*"


@dataclass(frozen=True)
class Limits:
    """How much a bot may send. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this

    `send*` and `editMessage*` count. Answers to callback and inline queries, chat actions, deletions and
    settings do not. Telegram documents "about 30 messages per
    second", "no more than one message per second in a chat, short bursts may pass" and "20 messages per
    minute to the same group"; the size of the burst is not documented.
    """

    bot_per_s: int = 30
    private_per_s: float = 1.0
    private_burst: int = 3
    group_per_min: int = 20
    webhook_answers: bool = False
    """Whether methods returned by the webhook are limited too."""


@dataclass(frozen=True)
class Settings:
    """All settings of the server."""

    host: str = "127.0.0.1"
    port: int = 8081
    state_dir: Path | None = None
    token: str = LOCAL_TOKEN
    username: str = LOCAL_USERNAME
    name: str = LOCAL_NAME
    main_app_url: str = ""
    """The Mini App that `?startapp=` opens; if empty, the menu button's."""
    frame_origins: str = LOCAL_FRAMES
    hosts: frozenset[str] = frozenset()
    """Accepted Host names besides localhost and loopback addresses."""
    webhook_timeout_s: float = 60.0
    retry_scale: float = 1.0
    """Factor on Telegram's delays between two delivery attempts."""
    limits: Limits = field(default_factory=Limits)

    @property
    def bot_id(self) -> int:
        """The part of the token before the colon."""
        return int(self.token.split(":", 1)[0])

    @staticmethod
    def from_environment(env: Mapping[str, str]) -> "Settings":
        """Settings from variables. Raises ValueError naming the invalid one."""
        state = env.get("TELEGRAM_LOCAL_STATE", "")
        token = env.get("TELEGRAM_BOT_TOKEN") or LOCAL_TOKEN
        if not token.split(":", 1)[0].isdigit() or ":" not in token:
            raise ValueError("TELEGRAM_BOT_TOKEN must look like 123456:letters")
        return Settings(
            host=env.get("TELEGRAM_LOCAL_HOST", "127.0.0.1"),
            port=_number(env, "TELEGRAM_LOCAL_PORT", 8081, int),
            state_dir=Path(state) if state else None,
            token=token,
            username=env.get("TELEGRAM_BOT_USERNAME") or LOCAL_USERNAME,
            name=env.get("TELEGRAM_LOCAL_BOT_NAME") or LOCAL_NAME,
            main_app_url=env.get("TELEGRAM_LOCAL_MAIN_APP_URL", ""),
            frame_origins=env.get("TELEGRAM_LOCAL_FRAME_ORIGINS") or LOCAL_FRAMES,
            hosts=parse_hosts(env.get("TELEGRAM_LOCAL_HOSTS", "")),
            webhook_timeout_s=_number(env, "TELEGRAM_LOCAL_WEBHOOK_TIMEOUT_S", 60.0, float),
            retry_scale=_number(env, "TELEGRAM_LOCAL_RETRY_SCALE", 1.0, float),
            limits=Limits(
                bot_per_s=_number(env, "TELEGRAM_LOCAL_BOT_PER_S", 30, int),
                private_per_s=_number(env, "TELEGRAM_LOCAL_PRIVATE_PER_S", 1.0, float),
                private_burst=_number(env, "TELEGRAM_LOCAL_PRIVATE_BURST", 3, int),
                group_per_min=_number(env, "TELEGRAM_LOCAL_GROUP_PER_MIN", 20, int),
                webhook_answers=env.get("TELEGRAM_LOCAL_LIMIT_ANSWERS", "") == "1",
            ),
        )


def _number(env: Mapping[str, str], name: str, default: Number, kind: type[Number]) -> Number:
    text = env.get(name, "")
    if not text:
        return default
    try:
        return kind(text)
    except ValueError:
        raise ValueError(f"{name} must be a number, not {text!r}") from None

"""Every setting of the functions, read from the environment and checked in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

TELEGRAM = "https://api.telegram.org"

SECRETS = {"TELEGRAM_BOT_TOKEN": 10, "TELEGRAM_WEBHOOK_SECRET": 1, "TOKEN_SIGNING_KEY": 16}
"""Who holds one can be the bot, Telegram, or any player; with the fewest characters of each value."""

ROTATING = ("TELEGRAM_BOT_TOKEN", "TOKEN_SIGNING_KEY")
"""May list several values; Telegram knows one secret of a webhook."""


def button_url(miniapp_url: str, telegram_api_base: str) -> str:
    """The Mini App's address, or "" where a button can't carry it: only a local Telegram takes plain http."""
    return miniapp_url if miniapp_url.startswith("https://") or telegram_api_base != TELEGRAM else ""


class ConfigError(Exception):
    """The environment can't run the game; the message lists every fault at once."""


@dataclass(frozen=True)
class Settings:
    """What a deployment can set. Fields without a default must be in the environment.

    Secrets are checked where the environment has them; a function holds only those that it reads, and reading
    another raises ConfigError. Keys and tokens may list several values, newest first, separated by commas: the first
    one signs, all of them verify, so that a rotation logs nobody out.
    """

    redis_url: str
    players_table: str
    uniques_table: str
    counters_table: str
    sessions_table: str
    chats_table: str
    boards_table: str
    messages_table: str
    metrics_table: str
    audit_table: str
    broadcasts_table: str
    deliveries_table: str
    sync_queue_url: str
    sync_dead_letter_queue_url: str
    outbox_queue_url: str
    outbox_dead_letter_queue_url: str
    secrets: Mapping[str, tuple[str, ...]] = field(repr=False, hash=False)
    telegram_api_base: str = TELEGRAM
    telegram_bot_username: str = ""
    outbox_per_s: int = 25
    miniapp_url: str = ""
    redis_cluster: bool = False
    redis_max_connections: int = 16
    taps_per_s: int = 25
    buckets: int = 16
    session_idle_s: int = 60
    requests_per_s_budget: int = 1000
    init_data_max_age_s: int = 86_400
    token_ttl_s: int = 3_600
    address_requests_per_s: int = 100
    trusted_proxies: int = 0
    edge_key: str = field(default="", repr=False)

    @property
    def button_url(self) -> str:
        """The Mini App's address where a button may carry it: Telegram itself takes https only."""
        return button_url(self.miniapp_url, self.telegram_api_base)

    def table_name(self, table: str) -> str:
        """What a table is called in this deployment."""
        return str(getattr(self, f"{table}_table"))

    @property
    def telegram_bot_tokens(self) -> tuple[str, ...]:
        """The bot's tokens; raises ConfigError in a function that does not hold them, like the next two."""
        return self._secret("TELEGRAM_BOT_TOKEN")

    @property
    def telegram_webhook_secret(self) -> str:
        """What Telegram sends along with each update."""
        return self._secret("TELEGRAM_WEBHOOK_SECRET")[0]

    @property
    def token_signing_keys(self) -> tuple[str, ...]:
        """What signs session tokens and what the tap button carries."""
        return self._secret("TOKEN_SIGNING_KEY")

    def _secret(self, name: str) -> tuple[str, ...]:
        try:
            return self.secrets[name]
        except KeyError:
            raise ConfigError(f"{name} is not set: template.yaml does not hand it to this function") from None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Reads and checks all settings that the environment has; raises ConfigError with every fault found."""
        faults: list[str] = []

        def text(name: str, default: str | None = None) -> str:
            value = env.get(name, "").strip() or default
            if value is None:
                faults.append(f"{name} is not set")
            return value or ""

        def secrets() -> Iterator[tuple[str, tuple[str, ...]]]:
            for name, shortest in SECRETS.items():
                if name not in env:
                    continue
                given = text(name)
                several = given.split(",") if name in ROTATING else [given]
                values = tuple(part.strip() for part in several if part.strip())
                if (given and not values) or any(len(value) < shortest for value in values):
                    faults.append(f"{name} is shorter than {shortest} characters")
                yield name, values

        def number(name: str, default: int, lowest: int, highest: int) -> int:
            raw = env.get(name, "").strip() or str(default)
            if not (raw.isascii() and raw.isdigit() and len(raw) <= 10 and lowest <= int(raw) <= highest):
                faults.append(f"{name}={raw!r} is not a whole number from {lowest} to {highest}")
                return default
            return int(raw)

        settings = cls(
            redis_url=text("REDIS_URL"),
            players_table=text("PLAYERS_TABLE"),
            uniques_table=text("UNIQUES_TABLE"),
            counters_table=text("COUNTERS_TABLE"),
            sessions_table=text("SESSIONS_TABLE"),
            chats_table=text("CHATS_TABLE"),
            boards_table=text("BOARDS_TABLE"),
            messages_table=text("MESSAGES_TABLE"),
            metrics_table=text("METRICS_TABLE"),
            audit_table=text("AUDIT_TABLE"),
            broadcasts_table=text("BROADCASTS_TABLE"),
            deliveries_table=text("DELIVERIES_TABLE"),
            sync_queue_url=text("SYNC_QUEUE_URL"),
            sync_dead_letter_queue_url=text("SYNC_DEAD_LETTER_QUEUE_URL"),
            outbox_queue_url=text("OUTBOX_QUEUE_URL"),
            outbox_dead_letter_queue_url=text("OUTBOX_DEAD_LETTER_QUEUE_URL"),
            secrets=dict(secrets()),
            telegram_api_base=text("TELEGRAM_API_BASE", cls.telegram_api_base).rstrip("/"),
            telegram_bot_username=text("TELEGRAM_BOT_USERNAME", ""),
            outbox_per_s=number("OUTBOX_PER_S", cls.outbox_per_s, 1, 1_000),
            miniapp_url=text("MINIAPP_URL", ""),
            redis_cluster=number("REDIS_CLUSTER", 0, 0, 1) == 1,
            redis_max_connections=number("REDIS_MAX_CONNECTIONS", cls.redis_max_connections, 1, 1_000),
            taps_per_s=number("TAPS_PER_S", cls.taps_per_s, 1, 1_000),
            buckets=number("BUCKETS", cls.buckets, 1, 100),
            session_idle_s=number("SESSION_IDLE_S", cls.session_idle_s, 2, 86_400),
            requests_per_s_budget=number("REQUESTS_PER_S_BUDGET", cls.requests_per_s_budget, 1, 1_000_000),
            init_data_max_age_s=number("INIT_DATA_MAX_AGE_S", cls.init_data_max_age_s, 60, 31_536_000),
            token_ttl_s=number("TOKEN_TTL_S", cls.token_ttl_s, 60, 86_400),
            address_requests_per_s=number("ADDRESS_REQUESTS_PER_S", cls.address_requests_per_s, 1, 1_000),
            trusted_proxies=number("TRUSTED_PROXIES", cls.trusted_proxies, 0, 10),
            edge_key=text("EDGE_KEY", ""),
        )
        if faults:
            raise ConfigError("settings: " + "; ".join(faults))
        return settings

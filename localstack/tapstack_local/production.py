"""What a game that strangers can reach must have: PRODUCTION=1 refuses to start without it.

Everything else is the runtime as it is on a developer's machine. The bot's token must be a real one, because with the
local Telegram anybody can be any player; the other secrets are generated like there, once for each game.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from tapstack_local.host_header import is_loopback

_TOKEN = re.compile(r"[0-9]{5,}:[A-Za-z0-9_-]{30,}")
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_TELEGRAM_PORTS = (None, 443, 80, 88, 8443)
"""https://core.telegram.org/bots/api#setwebhook"""

_FEWEST = {"TOKEN_SIGNING_KEY": 32, "TELEGRAM_WEBHOOK_SECRET": 16, "EDGE_KEY": 32}
_EXAMPLES = re.compile(r"local-|-for-development|change-?me|example|secret|password|<|>", re.IGNORECASE)
"""docker-compose.yml's defaults for LocalStack, and what documentation shows in the place of a secret."""


def faults(given: Mapping[str, str], *, reload: bool, local_only: bool) -> list[str]:
    """Return what the settings lack, all at once, without any secret's value.

    `reload` is whether an edit of the code reloads it, `local_only` whether only this machine can connect.
    """
    return [
        *_address(given.get("PUBLIC_URL", "")),
        *_miniapp(given.get("MINIAPP_URL", "")),
        *_telegram(given),
        *_secrets(given),
        *(["an edit of the code must not change a running game: LOCAL_RELOAD=0"] if reload else []),
        *_reachable(given, local_only),
    ]


def _address(url: str) -> Iterator[str]:
    if not url:
        yield "PUBLIC_URL is not set: the address at which players and Telegram reach the game, https://game.example.com"
        return
    parts = _parts(url)
    if parts is None or not _is_public(parts[0]) or parts[1].rstrip("/"):
        yield f"PUBLIC_URL={url} is not https:// and a public domain, without a path"
    elif parts[2] not in _TELEGRAM_PORTS:
        yield f"PUBLIC_URL={url}: Telegram calls only ports 443, 80, 88 and 8443"


def _miniapp(url: str) -> Iterator[str]:
    if url and ((parts := _parts(url)) is None or not _is_public(parts[0])):
        yield f"MINIAPP_URL={url} is not https:// and a public domain; by default it is PUBLIC_URL/app/"


def _telegram(given: Mapping[str, str]) -> Iterator[str]:
    tokens = [token.strip() for token in given.get("TELEGRAM_BOT_TOKEN", "").split(",")]
    if not all(map(_TOKEN.fullmatch, tokens)) or any("-for-development" in token for token in tokens):
        yield "TELEGRAM_BOT_TOKEN is not a token from @BotFather: the local Telegram lets anybody be any player"
    base = given.get("TELEGRAM_API_BASE", "")
    if base and not base.startswith("https://"):
        yield "TELEGRAM_API_BASE is not https://, so others could read the bot's token"


def _secrets(given: Mapping[str, str]) -> Iterator[str]:
    for name, fewest in _FEWEST.items():
        for value in filter(None, (value.strip() for value in given.get(name, "").split(","))):
            if len(value) < fewest or _EXAMPLES.search(value):
                yield f"{name} is an example or shorter than {fewest} characters: openssl rand -hex 32"


def _reachable(given: Mapping[str, str], local_only: bool) -> Iterator[str]:
    if "AWS_ENDPOINT_URL" in given:
        yield "AWS_ENDPOINT_URL is set: the game starts its own emulator, or uses AWS with STORES=aws"
    if given.get("TRUSTED_PROXIES", "1") == "0":
        yield "TRUSTED_PROXIES=0: all players would share the proxy's address and its limits"
    if not local_only and not given.get("EDGE_KEY"):
        yield (
            "EDGE_KEY is not set, and HOST lets others than this machine connect: they could claim any address in "
            "X-Forwarded-For. Give the key to the proxy, which sends it in X-Edge"
        )


def _parts(url: str) -> tuple[str, str, int | None] | None:
    """Return host, path and port of a plain https address."""
    try:
        parts = urlsplit(url)
        plain = parts.scheme == "https" and not (parts.query or parts.fragment or parts.username or parts.password)
        return (parts.hostname or "", parts.path, parts.port) if plain else None
    except ValueError:
        return None


def _is_public(host: str) -> bool:
    return _DOMAIN.fullmatch(host) is not None and not is_loopback(host) and not host.endswith((".local", ".internal"))

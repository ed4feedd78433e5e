"""All attacks, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from attack import accounts, bodies, floods, fuzz, operators, origins, pages, purses, sockets, updates
from attack.attempt import Attempt

Act = Callable[[Attempt], None]


@dataclass(frozen=True)
class Attack:
    """An attack; its docstring says what it tries. `short` is its seconds in the short form, None to skip it there."""

    name: str
    do: Act
    short: float | None = 1.0
    seconds: float | None = None
    """Its duration, if it cannot be chosen."""

    @property
    def tries(self) -> str:
        return (self.do.__doc__ or "").strip().splitlines()[0]


ALL = (
    Attack("session-storm", accounts.session_storm),
    Attack("parallel-sessions", accounts.parallel_sessions),
    Attack("replays", accounts.replays),
    Attack("rename-storm", accounts.rename_storm),
    Attack("share-storm", accounts.share_storm),
    Attack("banned-player", accounts.banned_player),
    Attack("erased-player", accounts.erased_player),
    Attack("forged-tokens", floods.forged_tokens, 1.0),
    Attack("forged-init-data", floods.forged_init_data, 1.0),
    Attack("click-flood", floods.click_flood),
    Attack("heartbeat-flood", floods.heartbeat_flood),
    Attack("sign-in-flood", floods.sign_in_flood),
    Attack("expensive-reads", floods.expensive_reads),
    Attack("public-reads", floods.public_reads, None),
    Attack("chat-flood", floods.chat_flood, None),
    Attack("idle-posts", sockets.idle_posts, 3.0),
    Attack("slow-headers", sockets.slow_headers, None),
    Attack("idle-connections", sockets.idle_connections),
    Attack("slow-readers", sockets.slow_readers, None),
    Attack("raw-http", sockets.raw_http),
    Attack("bad-bodies", bodies.bad_bodies),
    Attack("huge-headers", bodies.huge_headers, 1.0),
    Attack("forged-cursors", pages.forged_cursors),
    Attack("spending-storm", purses.spending_storm),
    Attack("anothers-goods", purses.anothers_goods),
    Attack("forged-cards", purses.forged_cards, 1.0),
    Attack("foreign-origin-at-emulator", origins.emulator),
    Attack("foreign-host-at-telegram", origins.telegram),
    Attack("foreign-host-at-sign-in", origins.sign_in),
    Attack("hostile-updates", updates.hostile_updates),
    Attack("hostile-names", updates.hostile_names),
    Attack("strangers-names", updates.strangers_names, None),
    Attack("wrong-secret", updates.wrong_secret, 1.0),
    Attack("hostile-operator", operators.hostile_operator),
    Attack("fuzz-api", fuzz.api, 6.0, fuzz.SECONDS),
    Attack("fuzz-webhook", fuzz.webhook, 4.0, fuzz.SECONDS),
)


def by_name(name: str) -> Attack:
    """The attack with this name; raises KeyError."""
    return {attack.name: attack for attack in ALL}[name]


def number_of(name: str) -> int:
    """An attack's position in the list, from 1; it determines the attack's address and accounts."""
    return [attack.name for attack in ALL].index(name) + 1

"""How often somebody may ask."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

ADDRESS_BURST_S = 20
"""An address may send so many seconds' worth at once: a mobile network's players all come back after a restart."""


class Limit(msgspec.Struct, frozen=True):
    """`burst` calls at once, and one more every `every_ms` after them.

    Operations with limits of one `name` are counted together.
    """

    burst: int
    every_ms: int
    name: str = ""


COOLDOWNS: Mapping[str, Limit] = {
    "reads": Limit(burst=30, every_ms=500),
    "changes": Limit(burst=20, every_ms=60_000),
    "sign_in": Limit(burst=80, every_ms=3_000),
    "economy": Limit(burst=10, every_ms=500, name="economy"),
    "telegram": Limit(burst=5, every_ms=1_000),
    "share": Limit(burst=1, every_ms=3_000),
    "export": Limit(burst=1, every_ms=60_000),
    "update": Limit(burst=40, every_ms=3_000),
    "update of a day": Limit(burst=3_000, every_ms=30_000),
    "group": Limit(burst=20, every_ms=3_000),
    "joined": Limit(burst=10, every_ms=3_600_000),
    "live": Limit(burst=30, every_ms=1_000, name="live"),
    "reports": Limit(burst=20, every_ms=600_000),
    "live_connect": Limit(burst=20, every_ms=3_000),
    "live_frame": Limit(burst=30, every_ms=500),
}
"""How often somebody may do what can be repeated, over the API and in the chat; who has done it too often hears when
they can do it again.

reads: the Mini App reads every 5 s, and whenever its player turns a page; a player may have several open.
changes: a name that was given up stays reserved for a week: nobody may reserve thousands.
sign_in: all sessions that a player may have open, at once, as after a restart; their clients wait longer between tries.
economy: all commands of one player together: a person buys no faster.
telegram: each call of it is one of Telegram's. share, export: of one player; an export reads all that there is of them.
update, update of a day: what one person sends to the bot, except taps, which have a limit of their own: no faster than
the outbox can answer, and in the long run 2,880 a day, which bounds what is recorded of them.
group: commands of one group: as many as the outbox may answer there, 20 a minute, so that none has to wait.
live: what a player asks of rooms without a WebSocket: a page that polls reads each 5 s; besides, each room has a pace.
reports: of messages: each stays for 30 days, and whoever is erased is looked for in all of them.
live_connect, live_frame: WebSockets that a player opens, and frames that they send over all of them.
joined: messages to one inviter: a link in a busy channel brings hundreds. All of them stand in the list of friends.

Taps are limited by the settings (`TAPS_PER_S`), and cheers by the calendar (economy/cheering.py).
"""


def of_address(requests_per_s: int) -> Limit:
    """What one address may ask of one operation; the interval is rounded up, at least a millisecond."""
    return Limit(requests_per_s * ADDRESS_BURST_S, -(-1_000 // requests_per_s))

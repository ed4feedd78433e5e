"""The fields of the hashes that play keeps in Redis: the scripts write these and no others (a test holds them to it).

Both hashes are safe between releases: scripts read and write single fields, never a whole hash, and saving carries
fields that it doesn't know (CounterItem's `fields`). So a newer release adds a field of its own for what is new; it
never puts more into a field that has a fixed form (`e:`), and into `per` only behind all that is there.
"""

from __future__ import annotations

PLAYER = {
    "c": "clicks",
    "spent": "TAT of the taps (GCRA), in us: up to then the allowance is spent",
    "rq": "TAT of the requests, in us",
    "at": "when the last tap was counted, in ms; of a player who never tapped when the account was made",
    "n": "how many sessions are open",
    "w:*": "the watermark of an open session: the taps that it is known to have made",
    "b:*": "when an open session started, in ms",
    "e:*": "an ended session until the history has it: taps:started in ms:ended in ms",
    "day": "the last day that taps counted on (days since 1970)",
    "per": "the bases of the periods of that day, and what was done in those before (rules/periods.py)",
    "u": "the highest update id among the tap callbacks that were counted",
    "u_at": "when that was, in ms",
    "pt": "how many taps were paid, ever (rules/energy.py); it only grows",
    "en": "TAT of the energy, in ms: up to then it is spent",
    "floor": "the recovery floor, in us: after a loss the taps' allowance reaches back to it",
    "floor_until": "up to when it does, in ms",
    "h": "1 for a player whom the public boards leave off",
    "x": "what a newer release has saved of the player and this one doesn't know, as JSON (newer.py)",
}
"""A player: `{bNN}:p:<player id>`; a `*` stands for a session key."""

META = {
    "total": "the clicks of all players on the bucket's board",
    "o_clicks": "the clicks in all other buckets, when the leaderboard was published last",
    "o_players": "the players in them",
    "o_active": "the players with an open session in them",
    "version": "the version of the published leaderboard",
    "flush": "how often clients are asked to send, in ms",
    "gate": "when due work may be claimed next, in ms",
    "window": "the sync window of the last tap",
    "epoch": "the token of the recovery that made the board whole; absent until one has",
    "rebuilder": "the token of the recovery in progress",
    "begun": "when the last sync began, in ms: all changes up to then are in flight or saved",
    "saved_to": "up to when all changes are saved, in ms, but those of players who can't be",
}
"""A bucket: `{bNN}:meta`."""


def is_known(field: str) -> bool:
    """Whether this release knows a field of a player's hash."""
    return field in PLAYER or (field[1:2] == ":" and f"{field[:2]}*" in PLAYER)

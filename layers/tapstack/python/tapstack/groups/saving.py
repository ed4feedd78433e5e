"""Saves the taps of groups to DynamoDB, each once whatever is killed, and shows what they have come to.

Taps wait in Redis for a few seconds, however many there are, and are saved together; a Redis that is lost takes no
more than these from a group's board. The panel of a group is edited after each saving and never between: 12 times a
minute at most, where Telegram allows 20 messages.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from tapstack.groups import leases
from tapstack.groups.model import GroupBoard, Share
from tapstack.groups.panel import panel_call
from tapstack.groups.rules import MOST_PLAYERS, credited
from tapstack.telegram.notices import wake_sender

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapstack.groups.model import TapBatch
    from tapstack.groups.ports import SaveGroupPorts

LEASE_MS = 30_000
"""Longer than the sync function may run: a dead holder can't come back."""

AT_ONCE = 2
"""Batches of one run: what a dead run has left, and what has come since. Taps that come later ask for a run."""


def save_taps(ports: SaveGroupPorts) -> int:
    """Saves the taps that wait, and edits the panels they were made at; returns how many batches.

    A run that finds another at work leaves them to it. Raises StoreUnavailable; then they are saved by the next run.
    """
    holder = secrets.token_hex(8)
    if not ports.leases.claim(leases.SAVE, LEASE_MS, holder):
        return 0
    try:
        for saved in range(AT_ONCE):
            batch = ports.group_taps.take()
            if batch is None:
                return saved
            _save(ports, batch)
            ports.group_taps.finish()
        return AT_ONCE
    finally:
        ports.leases.release(leases.SAVE, holder)


def _save(ports: SaveGroupPorts, batch: TapBatch) -> None:
    wake = False
    for group_id, taps in batch.taps.items():
        there = ports.players.get_many(list(dict.fromkeys(player_id for player_id, _ in taps)))
        found = {(player_id, day): n for (player_id, day), n in taps.items() if player_id in there}
        changed = _changed(ports.groups.get(group_id), found, batch.id)
        ports.groups.save(group_id, changed, batch.id)
        panel = batch.panels.get(group_id)
        if panel:
            call = panel_call(ports, group_id, ports.groups.get(group_id), panel.language)
            wake |= ports.outbox.put_edit(call | {"method": "editMessageText", "message_id": panel.message_id})
    if wake:
        wake_sender(ports)


def _changed(board: GroupBoard, taps: Mapping[tuple[str, int], int], batch: str) -> dict[str, Share]:
    """The shares that a batch changes, except those that it has changed already."""
    changed: dict[str, Share] = {}
    room = MOST_PLAYERS - len(board.own)
    for (player_id, day), n in sorted(taps.items(), key=lambda row: row[0][1]):
        saved = board.own.get(player_id)
        if saved and saved.batch == batch:
            continue
        if saved is None and player_id not in changed:
            if not room:
                continue
            room -= 1
        share = changed.get(player_id) or (saved.share if saved else Share())
        changed[player_id] = credited(share, day, n)
    return changed

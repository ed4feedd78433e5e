"""Telling a player something that they find in their inbox."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tapstack.inbox.model import Fact, Kind, Notice
from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.inbox.ports import KeepUnreadPorts, NoticePorts, UnreadPorts

log = logging.getLogger(__name__)


def notify(
    ports: NoticePorts, player_id: str, kind: Kind, key: str, *, about: str | None = None, **facts: Fact
) -> bool:
    """Puts a notice into a player's inbox, `about` somebody or nobody, once for each kind and key; says if it is new.

    Nothing waits for it, or fails by it: while the store is unavailable the notice is left out.
    """
    try:
        people = frozenset({about} if about else ())
        return ports.inbox.add(player_id, Notice(kind, key, ports.clock(), facts, people))
    except StoreUnavailable as error:
        log.warning("no notice of %s: %s", kind, error.message)
        return False


def gather(ports: NoticePorts, player_id: str, kind: Kind, key: str, person: str) -> bool:
    """Adds somebody to a notice that is about several people, once each; as `notify` otherwise."""
    try:
        return ports.inbox.gather(player_id, kind, key, person, ports.clock())
    except StoreUnavailable as error:
        log.warning("no notice of %s: %s", kind, error.message)
        return False


def unread(ports: UnreadPorts, player_id: str) -> int | None:
    """How many notices a player has not read; None if it can't be told now."""
    try:
        return ports.inbox.read(player_id, ports.clock()).unread
    except StoreUnavailable:
        return None


def count_unread(ports: KeepUnreadPorts, player_id: str) -> int | None:
    """As `unread`, and keeps the number for the next who asks."""
    found = unread(ports, player_id)
    if found is not None:
        ports.kept_unread.keep(player_id, found)
    return found

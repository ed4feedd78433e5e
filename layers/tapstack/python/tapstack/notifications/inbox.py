"""A player's own inbox: a page of it, and how far they have read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tapstack.inbox.rules import KEPT
from tapstack.notifications.answers import NotificationsPage, NotificationView, PersonView, ReadUpTo
from tapstack.notifications.kinds import ABOUT_PEOPLE
from tapstack.notifications.wording import names_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapstack.inbox.model import Inbox, Notice
    from tapstack.notifications.ports import InboxPorts, ReadInboxPorts

PAGE = 20
MAX_PAGE = 50


class _Place(NamedTuple):
    """Where a page ends."""

    at_ms: int
    kind: str
    key: str


def page(ports: InboxPorts, player_id: str, limit: int, cursor: str | None) -> NotificationsPage:
    """A page of a player's inbox, newest first: one query, and the names of whom it is about.

    Raises BadRequest for a cursor of another list, and StoreUnavailable.
    """
    found = ports.inbox.read(player_id, ports.clock())
    kept = found.notices[:KEPT]
    before = ports.cursors.read(cursor, _Place, "notifications", player_id) if cursor else None
    rest = [notice for notice in kept if before is None or _place(notice) < before]
    shown = rest[: min(MAX_PAGE, limit or PAGE)]
    names = names_of(ports, shown)
    more = len(shown) < len(rest)
    return NotificationsPage(
        entries=[view for view in (_view(notice, found, names) for notice in shown) if view],
        unread=found.unread,
        up_to=max((notice.at_ms for notice in kept), default=found.read_up_to_ms),
        cursor=ports.cursors.sign(_place(shown[-1]), "notifications", player_id) if more else None,
    )


def mark_read(ports: ReadInboxPorts, player_id: str, up_to_ms: int) -> ReadUpTo:
    """Marks notices up to a time as read, but none to come; deletes what is more than an inbox keeps."""
    now_ms = ports.clock()
    found = ports.inbox.read(player_id, now_ms)
    if found.unread:
        found = replace(found, read_up_to_ms=max(found.read_up_to_ms, min(up_to_ms, now_ms)))
        ports.inbox.mark_read(player_id, found.read_up_to_ms, now_ms)
    if found.notices[KEPT:]:
        ports.inbox.delete(player_id, found.notices[KEPT:])
    return ReadUpTo(sum(found.is_new(notice) for notice in found.notices[:KEPT]))


def _place(notice: Notice) -> _Place:
    return _Place(notice.at_ms, notice.kind, notice.key)


def _view(notice: Notice, found: Inbox, names: Mapping[str, str]) -> NotificationView | None:
    people = [PersonView(i, names[i]) for i in sorted(notice.people) if i in names]
    if notice.kind in ABOUT_PEOPLE and not people:
        return None
    return NotificationView(notice.kind, notice.key, notice.at_ms, found.is_new(notice), dict(notice.facts), people)

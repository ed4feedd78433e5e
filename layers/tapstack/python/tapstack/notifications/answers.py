"""What the API says of notifications."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from tapstack.inbox.model import Kind

MAX_MS = 2**53 - 1

Hour = Annotated[int, Meta(ge=0, le=23)]
OffsetMin = Annotated[int, Meta(ge=-720, le=840, description="Minutes ahead of UTC")]


Kinds = Annotated[dict[Kind, bool], Meta(extra_json_schema={"propertyNames": {"enum": [str(kind) for kind in Kind]}})]


class PersonView(msgspec.Struct, frozen=True):
    id: str
    public_name: str


class NotificationView(msgspec.Struct, frozen=True):
    """A notice: what its text is made of. Clients skip kinds that they do not know.

    `facts` by kind: overtaken `rank`, `count` (taps to pass the one above); week `rank`, `players`, `count` (taps);
    league `moved` (up, down), `tier`; milestone `count`; streak `count` (days); season `what` (begun, ends), `season`,
    `steps`, and at the end `count` (days left), `step`; raid `count` (coins taken). `people` are those whom it is
    about, as they are called now.
    """

    kind: str
    key: str
    at_ms: int
    is_new: bool
    facts: dict[str, int | str]
    people: list[PersonView]


class NotificationsPage(msgspec.Struct, frozen=True):
    """A part of the inbox, newest first; `cursor` asks for what is older, null at the end.

    `unread` counts the whole inbox; `up_to` marks all of it as read.
    """

    entries: list[NotificationView]
    unread: int
    up_to: int
    cursor: str | None


class ReadRequest(msgspec.Struct, frozen=True):
    """The `up_to` of a page, or the `at_ms` of a notice."""

    up_to: Annotated[int, Meta(ge=0, le=MAX_MS)]


class ReadUpTo(msgspec.Struct, frozen=True):
    unread: int


class NotificationSettings(msgspec.Struct, frozen=True):
    """What the bot may write by itself, and when; the inbox has everything.

    `enabled` is about all messages, `daily` about the one a day at most that calls the player back; `kinds` says of
    each kind whether the bot tells it. From `quiet_from_h` to `quiet_to_h` of the player's time the bot makes no
    sound; the hours are equal for none. Their time is that of `zone`, the time zone of their streak (POST
    /economy/zone); without one, it is what `utc_offset_min` was set to. `utc_offset_min` is how many minutes it is
    ahead of UTC now, null while neither is known.
    """

    enabled: bool
    daily: bool
    kinds: dict[str, bool]
    quiet_from_h: int
    quiet_to_h: int
    utc_offset_min: int | None
    zone: str | None = None


class SettingsChanges(msgspec.Struct, frozen=True):
    """What to change of the settings; what is absent stays. `utc_offset_min` only counts while there is no `zone`."""

    enabled: bool | UnsetType = UNSET
    daily: bool | UnsetType = UNSET
    kinds: Kinds | UnsetType = UNSET
    quiet_from_h: Hour | UnsetType = UNSET
    quiet_to_h: Hour | UnsetType = UNSET
    utc_offset_min: OffsetMin | UnsetType = UNSET

"""The API of notifications: a player's inbox, and what the bot may tell them."""

from __future__ import annotations

from tapstack.http.operation import CHANGES, CURSOR, LIMIT, READS, Auth, Operation
from tapstack.notifications import answers

NOTIFICATIONS: Operation[None, answers.NotificationsPage] = Operation(
    "getNotifications",
    "GET",
    "/notifications",
    "What waits for the caller to see, newest first",
    Auth.SESSION_TOKEN,
    answer=answers.NotificationsPage,
    errors=(400, 401, 429, 503),
    limit=READS,
    texts={"limit": LIMIT, "cursor": CURSOR},
)
READ: Operation[answers.ReadRequest, answers.ReadUpTo] = Operation(
    "readNotifications",
    "POST",
    "/notifications/read",
    "Mark notices up to a time as read",
    Auth.SESSION_TOKEN,
    request=answers.ReadRequest,
    answer=answers.ReadUpTo,
    errors=(400, 401, 413, 429, 503),
    limit=READS,
)
SETTINGS: Operation[None, answers.NotificationSettings] = Operation(
    "getNotificationSettings",
    "GET",
    "/notifications/settings",
    "What the bot may tell the caller, and when",
    Auth.SESSION_TOKEN,
    answer=answers.NotificationSettings,
    errors=(401, 404, 429, 503),
    limit=READS,
)
CHANGE_SETTINGS: Operation[answers.SettingsChanges, answers.NotificationSettings] = Operation(
    "changeNotificationSettings",
    "PATCH",
    "/notifications/settings",
    "Change what the bot may tell the caller, and when",
    Auth.SESSION_TOKEN,
    request=answers.SettingsChanges,
    answer=answers.NotificationSettings,
    errors=(400, 401, 404, 413, 429, 503),
    limit=CHANGES,
)

OPERATIONS = (NOTIFICATIONS, READ, SETTINGS, CHANGE_SETTINGS)

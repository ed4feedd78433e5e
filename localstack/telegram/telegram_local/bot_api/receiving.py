"""Receiving updates: long polling or a webhook."""

import asyncio
import re
from collections.abc import Awaitable
from typing import Any
from urllib.parse import urlsplit

from ..core import Core
from ..errors import BadRequest, Conflict
from ..params import Params
from ..state import Json, Webhook
from .registry import method

POLL_MAX_S = 50


@method("getUpdates")
def get_updates(core: Core, params: Params) -> Awaitable[list[Json]]:
    """Long polling. An offset confirms all updates before it."""
    if core.state.webhook.url:
        raise Conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _set_allowed(core, params)
    core.poll += 1
    return _poll(core, params, core.poll)


async def _poll(core: Core, params: Params, poll: int) -> list[Json]:
    offset, limit = params.integer("offset"), min(max(params.integer("limit", 100), 1), 100)
    timeout_s = min(max(params.integer("timeout"), 0), POLL_MAX_S)
    _confirm(core, offset)
    core.new_update.set()  # an earlier poll ends now
    await asyncio.sleep(0)
    if not core.state.updates and timeout_s:
        try:
            async with asyncio.timeout(timeout_s):
                while not core.state.updates and core.poll == poll and not core.hub.closed:
                    core.new_update.clear()
                    await core.new_update.wait()
        except TimeoutError:
            return []
    if core.poll != poll:
        raise Conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
    now = core.clock.now()
    for update in [update for update in core.state.updates.values() if update.expires_at_s <= now]:
        del core.state.updates[update.id]
    return [update.body() for update in list(core.state.updates.values())[:limit]]


def _confirm(core: Core, offset: int) -> None:
    """Drop confirmed updates; a negative offset keeps only that many from the end."""
    waiting = core.state.updates
    if offset < 0:
        gone = list(waiting)[:offset]
    else:
        gone = [update_id for update_id in waiting if update_id < offset]
    for update_id in gone:
        del waiting[update_id]


@method("setWebhook")
def set_webhook(core: Core, params: Params) -> Any:
    """Deliver updates to an address, which may be plain http on any port here."""
    url = params.text("url").strip()
    if not url:
        return delete_webhook(core, params)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.text("secret_token")
    if len(secret) > 256:
        raise BadRequest("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise BadRequest("secret token contains unallowed characters")
    _set_allowed(core, params)
    if params.flag("drop_pending_updates"):
        core.state.updates.clear()
    webhook = core.state.webhook
    webhook.url, webhook.secret = url, secret
    webhook.max_connections = min(max(params.integer("max_connections", 40), 1), 100)
    webhook.last_error_date, webhook.last_error_message = 0, ""
    core.poll += 1
    core.new_update.set()
    core.delivery.start()
    return True


@method("deleteWebhook")
def delete_webhook(core: Core, params: Params) -> bool:
    """Return to getUpdates."""
    if params.flag("drop_pending_updates"):
        core.state.updates.clear()
    core.delivery.stop()
    webhook = core.state.webhook
    webhook.url = webhook.secret = ""
    return True


@method("getWebhookInfo")
def get_webhook_info(core: Core, params: Params) -> Json:  # noqa: ARG001
    """The webhook's address, pending updates and last error."""
    webhook: Webhook = core.state.webhook
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(core.state.updates),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
        info["ip_address"] = "127.0.0.1"
    if webhook.allowed_updates:
        info["allowed_updates"] = webhook.allowed_updates
    if webhook.last_error_date:
        info["last_error_date"] = webhook.last_error_date
        info["last_error_message"] = webhook.last_error_message
    return info


def _set_allowed(core: Core, params: Params) -> None:
    """If omitted, the setting is kept; an empty list means the default kinds."""
    if "allowed_updates" not in params:
        return
    allowed: Any = params.json("allowed_updates", "allowed updates")
    if not isinstance(allowed, list):
        raise BadRequest("expected an Array of String as allowed updates")
    core.state.webhook.allowed_updates = [str(kind) for kind in allowed] or None

"""The HTTP connection of a test to a local Telegram, wherever that runs."""

from typing import Any

import httpx

from ..state import Json
from .waiting import WAIT_S, wait_until


class Connection:
    """Calls the Bot API, the chat page's API and the statistics of a server."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token
        self.http = httpx.Client(base_url=url, timeout=WAIT_S + 10)

    @property
    def bot_url(self) -> str:
        """The `base_url` for python-telegram-bot."""
        return f"{self.url}/bot"

    def call(self, name: str, **params: Any) -> Json:
        """Call a Bot API method; returns the whole JSON body, errors included."""
        body: Json = self.http.post(f"/bot{self.token}/{name}", json=params).json()
        return body

    def act(self, action: str, **given: Any) -> Any:
        """Perform an action of the chat page. Raises AssertionError with the server's description."""
        response = self.http.post(f"/api/{action}", json=given)
        assert response.status_code == 200, f"{action} {given}: {response.text}"  # noqa: S101
        return response.json()

    def events(self, user_id: int, after: int = 0, timeout_s: float = 0.0) -> tuple[list[Json], int]:
        """A user's events after number `after`, waiting for one if there are none, and the latest number."""
        query = {"user": user_id, "after": after, "timeout": timeout_s}
        body = self.http.get("/api/wait", params=query).json()
        return body["events"], body["sequence"]

    def stats(self) -> Json:
        """The statistics."""
        stats: Json = self.http.get("/stats").json()
        return stats

    def reset_stats(self) -> None:
        """Set the statistics to zero."""
        self.http.post("/stats/reset")

    def settle(self, timeout_s: float = WAIT_S) -> None:
        """Wait until no update is pending."""
        wait_until("no update is pending", lambda: self.stats()["pending_updates"] == 0, timeout_s)

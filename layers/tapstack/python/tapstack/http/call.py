"""What a view gets and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic

import msgspec

from tapstack.http.operation import Body
from tapstack.http.session_tokens import SessionToken
from tapstack.platform.errors import Unauthenticated
from tapstack.telegram.init_data import InitData


class Call(msgspec.Struct, Generic[Body], frozen=True):
    """A validated request: its body, None where the operation takes none, and who makes it."""

    body: Body
    session: SessionToken | None = None
    init_data: InitData | None = None
    headers: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    places: Mapping[str, str] = {}

    @property
    def player_id(self) -> str:
        """The player that the session token names."""
        return self._token.player_id

    @property
    def session_key(self) -> str:
        """The session that the token names."""
        return self._token.session_key

    @property
    def signed_in(self) -> InitData:
        """What Telegram has signed."""
        if self.init_data is None:
            raise Unauthenticated("initData is needed")
        return self.init_data

    @property
    def _token(self) -> SessionToken:
        if self.session is None:
            raise Unauthenticated("a session token is needed")
        return self.session


class Reply(msgspec.Struct, frozen=True):
    """An answer with a status or headers of its own; `body` is a msgspec value, or JSON as text."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = {}

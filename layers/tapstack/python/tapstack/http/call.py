"""What a view gets and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

from tapstack.http.operation import Body
from tapstack.http.session_tokens import SessionToken
from tapstack.platform.errors import Unauthenticated
from tapstack.telegram.init_data import InitData


@dataclass(frozen=True, slots=True)
class Call(Generic[Body]):
    """A validated request: its body, None where the operation takes none, and who makes it."""

    body: Body
    session: SessionToken | None = None
    init_data: InitData | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

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


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with a status or headers of its own; `body` is a msgspec value, or JSON as text."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

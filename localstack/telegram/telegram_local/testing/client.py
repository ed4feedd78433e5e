"""A test's client of a local Telegram: makes users and groups, on a server of any process."""

from types import TracebackType
from typing import Self

from .connection import Connection
from .people import Group, Person


class TelegramClient(Connection):
    """A connection with users; as a context manager it is closed at the end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def user(
        self,
        id: int = 0,
        *,
        first_name: str = "Ada",
        last_name: str = "",
        username: str = "",
        language_code: str = "en",
    ) -> Person:
        """A test user, created if there is none with this id."""
        made = self.act(
            "make_user",
            id=id,
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
        )
        return Person(self, made["id"])

    def group(self, owner: Person, title: str, *members: Person) -> Group:
        """A new group with the bot in it."""
        made = self.act("group", user=owner.id, title=title, members=[member.id for member in members])
        return Group(self, owner, made["id"])

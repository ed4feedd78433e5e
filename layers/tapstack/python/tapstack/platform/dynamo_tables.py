"""The game's tables in DynamoDB, over two clients: that of PynamoDB's models, and a lean one for what is asked most.

Each concept has its models in its `dynamo_tables.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, ClassVar, Self, TypeVar, cast

from pynamodb.attributes import NumberAttribute
from pynamodb.connection import Connection
from pynamodb.models import Model

from tapstack.platform.dynamo import Calls
from tapstack.platform.dynamo_client import ATTEMPTS, CONNECT_TIMEOUT_S, CONNECTIONS, READ_TIMEOUT_S, DynamoClient
from tapstack.platform.versions import VERSION, Item, Schema

M = TypeVar("M", bound=Model)


def bound(model: type[M], table_name: str) -> type[M]:
    """The model as it stands in a table, with this game's time-outs.

    A PynamoDB model keeps one connection to one table for good; a class per table lets two games be in one process.
    """
    meta = type(
        "Meta",
        (),
        {
            "table_name": table_name,
            "connect_timeout_seconds": CONNECT_TIMEOUT_S,
            "read_timeout_seconds": READ_TIMEOUT_S,
            "max_retry_attempts": ATTEMPTS - 1,
            "max_pool_connections": CONNECTIONS,
        },
    )
    metaclass: Any = type(model)
    return cast("type[M]", metaclass(model.__name__, (model,), {"Meta": meta}))


class VersionedModel(Model):
    """An item that carries its version: read as this release knows it, and written with all that was read.

    `unknown` holds attributes of a newer release. Whoever writes an item whole without having read it as a model takes
    them from where they were kept meanwhile.
    """

    schema: ClassVar[Schema]
    unknown: Item = {}

    v = NumberAttribute(null=True)

    @classmethod
    def from_raw_data(cls, data: Item) -> Self:
        item = super().from_raw_data(cls.schema.upcast(data))
        known = {attribute.attr_name for attribute in cls.get_attributes().values()}
        item.unknown = {name: value for name, value in data.items() if name not in known}
        return item

    def serialize(self, null_check: bool = True) -> Item:
        version = max(self.schema.version, int(self.v or 0))
        return {**self.unknown, **super().serialize(null_check), VERSION: {"N": str(version)}}


class Tables:
    """The tables of one game: their models over PynamoDB's client, and `client`, which does without models.

    `name_of` says what a table is called here; a model says in `table` which one it is of. Left to itself PynamoDB
    makes a client per table, and at a cold start one per thread that gets there first: 2 s of a core, which the first
    players after a start waited for. Clients are safe to share between threads:
    https://docs.aws.amazon.com/boto3/latest/guide/clients.html#multithreading-or-multiprocessing-with-clients
    """

    def __init__(self, name_of: Callable[[str], str], client: Calls | None = None) -> None:
        self.name_of = name_of
        self.client: Calls = client or DynamoClient()
        self._bound: dict[type[Model], type[Model]] = {}
        self._lock = Lock()
        self.connection = Connection(
            connect_timeout_seconds=CONNECT_TIMEOUT_S,
            read_timeout_seconds=READ_TIMEOUT_S,
            max_retry_attempts=ATTEMPTS - 1,
            max_pool_connections=CONNECTIONS,
        )

    def bind(self, model: type[M]) -> type[M]:
        """A model as it stands in this game's table; raises ConfigError where this function has no such table."""
        with self._lock:
            if model not in self._bound:
                mine = bound(model, self.name_of(cast("Any", model).table))
                mine._get_connection().connection._client = self.connection.client
                self._bound[model] = mine
            return cast("type[M]", self._bound[model])

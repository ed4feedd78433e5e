"""The application for the runtime: template.yaml, resolved and typed.

The supervisor makes one `App` and passes it to its children as a JSON file, because expanding the template
takes longer than everything else at start.
"""

from pathlib import Path

import msgspec


class Function(msgspec.Struct, frozen=True, kw_only=True):
    """One AWS::Lambda::Function; `missing` maps names of its environment that have no local value to why.

    `async_handler` is what its metadata declares (AsyncHandler), "" for nothing.
    """

    id: str
    name: str
    arn: str
    code_dir: str
    handler: str
    async_handler: str = ""
    timeout_s: int
    memory_mb: int
    environment: dict[str, str]
    missing: dict[str, str]
    layers: list[str]


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One method of one path of the REST API, "ANY" for all; `function` is the function's id."""

    method: str
    path: str
    function: str


class Mock(msgspec.Struct, frozen=True, kw_only=True):
    """A constant answer of the API itself: CORS preflight."""

    method: str
    path: str
    status: int
    headers: dict[str, str]


class Api(msgspec.Struct, frozen=True, kw_only=True):
    """The REST API; the two header maps belong to the gateway's own errors (GatewayResponses)."""

    id: str
    stage: str
    variables: dict[str, str]
    routes: list[Route]
    mocks: list[Mock]
    headers_4xx: dict[str, str]
    headers_5xx: dict[str, str]


URL_PREFIX = "/_url/"
"""Where function URLs are, at the game's own address."""


class Cors(msgspec.Struct, frozen=True, kw_only=True):
    """Which pages may call a function URL, and how."""

    origins: list[str]
    methods: list[str]
    headers: list[str]
    exposed: list[str]
    credentials: bool
    max_age_s: int


class FunctionUrl(msgspec.Struct, frozen=True, kw_only=True):
    """A public AWS::Lambda::Url; `function` is the function's id."""

    id: str
    function: str
    cors: Cors | None


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule that invokes a function by the clock; `input` is its constant event as JSON text, if any."""

    id: str
    arn: str
    expression: str
    function: str
    source: str
    input: str | None


class QueueMapping(msgspec.Struct, frozen=True, kw_only=True):
    """An SQS event source mapping."""

    id: str
    queue: str
    function: str
    batch_size: int
    window_s: int
    partial: bool


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """An SQS queue; `redrive` is (ARN of the dead-letter queue, maxReceiveCount)."""

    id: str
    name: str
    url: str
    arn: str
    attributes: dict[str, str]
    redrive: tuple[str, int] | None


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """A global secondary index: key names and what it projects."""

    name: str
    keys: list[tuple[str, str]]
    projection: str
    attributes: list[str]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A DynamoDB table; `keys` are (attribute, HASH or RANGE), `types` maps key attributes to S, N or B."""

    id: str
    name: str
    arn: str
    keys: list[tuple[str, str]]
    types: dict[str, str]
    indexes: list[Index]
    ttl: str | None


class SocketApi(msgspec.Struct, frozen=True, kw_only=True):
    """A WebSocket API: functions' ids by route key, and how many connections and frames a second it takes."""

    routes: dict[str, str]
    rate_per_s: float


class App(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the runtime runs."""

    functions: dict[str, Function]
    api: Api
    urls: list[FunctionUrl]
    schedules: list[Schedule]
    mappings: list[QueueMapping]
    queues: dict[str, Queue]
    tables: dict[str, Table]
    region: str
    account: str
    sockets: SocketApi | None = None


def save(app: App, path: Path) -> None:
    """Write the model for the children to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(msgspec.json.encode(app))
    temporary.replace(path)


def load(path: Path) -> App:
    """Read what `save` wrote."""
    return msgspec.json.decode(path.read_bytes(), type=App)

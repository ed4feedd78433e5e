"""From an expanded CloudFormation template to the model, with a clear error for what can't run here."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from tapstack_local.errors import TemplateError
from tapstack_local.template.function_url import extract_url
from tapstack_local.template.intrinsics import PSEUDO, Resolver, Unresolved
from tapstack_local.template.model import (
    URL_PREFIX,
    App,
    Function,
    Index,
    Queue,
    QueueMapping,
    Schedule,
    SocketApi,
    Table,
)
from tapstack_local.template.rest_api import extract_api
from tapstack_local.template.schedule_expression import parse_rate
from tapstack_local.template.socket_api import extract_socket_api

T = TypeVar("T")
Attributes = Mapping[str, Mapping[str, str]]

_REGION, _ACCOUNT, _STACK = PSEUDO["AWS::Region"], PSEUDO["AWS::AccountId"], PSEUDO["AWS::StackName"]
ASYNC_HANDLER = "AsyncHandler"
"""In a function's metadata: its asynchronous entry, `module.name` like its handler (functions/pool.py)."""

_QUEUE_ATTRIBUTES = (
    "VisibilityTimeout", "MessageRetentionPeriod", "DelaySeconds", "ReceiveMessageWaitTimeSeconds",
    "MaximumMessageSize", "FifoQueue", "ContentBasedDeduplication",
)  # fmt: skip
# On AWS they would answer or start functions; here they would silently do nothing.
_UNSUPPORTED = {
    "AWS::ApiGateway::Method": "only a RestApi with a Body runs here",
    "AWS::StepFunctions::StateMachine": "state machines do not run here",
}
# The properties that name a resource, and the service and prefix of its ARN.
_NAMES = {
    "AWS::Lambda::Function": ("FunctionName", "lambda", "function:"),
    "AWS::DynamoDB::Table": ("TableName", "dynamodb", "table/"),
    "AWS::SQS::Queue": ("QueueName", "sqs", ""),
    "AWS::Events::Rule": ("Name", "events", "rule/"),
    "AWS::Scheduler::Schedule": ("Name", "scheduler", "schedule/default/"),
}


def extract(
    template: dict[str, Any], parameters: dict[str, Any], paths: dict[str, str], root: Path, known: Attributes
) -> App:
    """Make the model; `paths` maps the S3 keys of local code to folders below `root`."""
    return _Extractor(template, parameters, paths, root, known).app()


def statements(
    template: dict[str, Any], parameters: dict[str, Any], root: Path, known: Attributes
) -> list[dict[str, Any]]:
    """Return what the functions' roles allow, resolved, as statements of a policy."""
    extractor = _Extractor(template, parameters, {}, root, known)
    roles = extractor.each("AWS::IAM::Role", lambda _, found: found.get("Policies", []))
    policies = [policy["PolicyDocument"]["Statement"] for policies in roles for policy in policies]
    return [statement for of_policy in policies for statement in of_policy if statement["Effect"] == "Allow"]


class _Extractor:
    def __init__(
        self, template: dict[str, Any], parameters: dict[str, Any], paths: dict[str, str], root: Path,
        known: Attributes,
    ) -> None:  # fmt: skip
        self._all = template["Resources"]
        self._paths, self._root, self._known = paths, root, known
        self._resolver = Resolver(template, parameters, self._attribute)
        self._resources = {
            id_: resource
            for id_, resource in self._all.items()
            if "Condition" not in resource or self._resolver.condition(resource["Condition"])
        }

    def app(self) -> App:
        """Return the whole model, or raise TemplateError naming the resource that can't run here."""
        for id_, resource in self._resources.items():
            if resource["Type"] in _UNSUPPORTED:
                raise TemplateError(f"{id_}: {_UNSUPPORTED[resource['Type']]}")
        functions = self.each("AWS::Lambda::Function", self._function)
        self._by_arn = {function.arn: function.id for function in functions}
        queues = self.each("AWS::SQS::Queue", self._queue)
        self._queue_by_arn = {queue.arn: queue.id for queue in queues}
        apis = self.each("AWS::ApiGateway::RestApi", lambda id_, found: (str(self._attribute(id_, "Ref")), found))
        return App(
            functions={function.id: function for function in functions},
            api=extract_api(apis, self._stages(), self.function_of),
            urls=self.each("AWS::Lambda::Url", lambda id_, found: extract_url(id_, found, self._target)),
            schedules=self._schedules(),
            mappings=[m for m in self.each("AWS::Lambda::EventSourceMapping", self._mapping) if m],
            queues={queue.id: queue for queue in queues},
            tables={table.id: table for table in self.each("AWS::DynamoDB::Table", self._table)},
            region=_REGION,
            account=_ACCOUNT,
            sockets=self._sockets(),
        )

    def _sockets(self) -> SocketApi | None:
        apis, integrations, routes, stages = map(self._gateway_v2, ("Api", "Integration", "Route", "Stage"))
        return extract_socket_api(apis, integrations, routes, stages, self.function_of)

    def _gateway_v2(self, kind: str) -> list[tuple[str, dict[str, Any]]]:
        return self.each(f"AWS::ApiGatewayV2::{kind}", lambda id_, found: (id_, found))

    def each(self, kind: str, make: Callable[[str, dict[str, Any]], T]) -> list[T]:
        """Make something of each resource of a type, with its properties resolved."""
        found = []
        for id_, resource in self._resources.items():
            if resource["Type"] != kind:
                continue
            try:
                found.append(make(id_, self._resolver.value(resource.get("Properties") or {})))
            except KeyError as error:
                raise TemplateError(f"{id_}: {kind} needs {error.args[0]}") from error
            except (TypeError, ValueError, AttributeError, IndexError) as error:
                raise TemplateError(f"{id_}: {kind} is malformed: {error}") from error
        return found

    def _attribute(self, id_: str, name: str) -> str | Unresolved:
        """Resolve Ref (name "Ref") and GetAtt for a resource of the template."""
        if name in self._known.get(id_, {}):
            return self._known[id_][name]
        resource = self._all.get(id_)
        if resource is None:
            raise TemplateError(f"the template refers to {id_}, which is not in it")
        kind, properties = resource["Type"], resource.get("Properties") or {}
        physical = self._physical_name(id_, kind, properties)
        if kind == "AWS::SQS::Queue" and name in ("Ref", "QueueUrl"):
            return f"https://sqs.{_REGION}.amazonaws.com/{_ACCOUNT}/{physical}"
        if name in ("Ref", "QueueName") and (kind in _NAMES or kind == "AWS::ApiGateway::RestApi"):
            return physical
        if name == "Arn" and kind in _NAMES:
            _, service, prefix = _NAMES[kind]
            return f"arn:aws:{service}:{_REGION}:{_ACCOUNT}:{prefix}{physical}"
        if name == "FunctionUrl" and kind == "AWS::Lambda::Url":
            # Without a host: only clients know by which name they reach this machine, behind a proxy or a tunnel.
            return f"{URL_PREFIX}{id_}/"
        if name == "Ref" and kind.startswith("AWS::ApiGatewayV2::"):
            return id_
        if name == "Ref" and kind == "AWS::Lambda::LayerVersion":
            return f"layer:{id_}"
        if name == "Ref" and kind in ("AWS::Lambda::Alias", "AWS::Lambda::Version"):
            return f"{self._function_arn(properties['FunctionName'])}:{properties.get('Name', '1')}"
        if name == "Ref" and kind == "AWS::ApiGateway::Stage":
            return str(self._resolver.value(properties["StageName"]))
        return Unresolved(f"{id_}.{name} ({kind}), which only exists on AWS")

    def _physical_name(self, id_: str, kind: str, properties: dict[str, Any]) -> str:
        if kind in _NAMES and _NAMES[kind][0] in properties:
            return self._need(id_, _NAMES[kind][0], self._resolver.value(properties[_NAMES[kind][0]]))
        fifo = ".fifo" if kind == "AWS::SQS::Queue" and properties.get("FifoQueue") else ""
        return f"{_STACK}-{id_}{fifo}"

    def _target(self, function: object) -> str | None:
        """Return the id of the function that a name or an ARN stands for."""
        return self.function_of(self._function_arn(function))

    def _function_arn(self, node: Any) -> str:
        name = str(self._resolver.value(node))
        return name if name.startswith("arn:") else f"arn:aws:lambda:{_REGION}:{_ACCOUNT}:function:{name}"

    def _need(self, id_: str, name: str, value: Any) -> str:
        if isinstance(value, Unresolved):
            raise TemplateError(f"{id_}: {name} refers to {value.reason}")
        return str(value)

    def function_of(self, arn: object) -> str | None:
        """Return the id of the function that an ARN, with or without a version or alias, stands for."""
        return self._by_arn.get(":".join(str(arn).split(":")[:7]))

    def _function(self, id_: str, found: dict[str, Any]) -> Function:
        code = found.get("Code")
        key = code.get("S3Key") if isinstance(code, dict) else None
        if key not in self._paths:
            raise TemplateError(f"{id_}: only Python functions with a local CodeUri run here")
        environment = found.get("Environment", {}).get("Variables", {})
        values = {k: v if isinstance(v, Unresolved) else _text(v) for k, v in environment.items()}
        return Function(
            id=id_,
            name=str(self._attribute(id_, "Ref")),
            arn=str(self._attribute(id_, "Arn")),
            code_dir=str(self._root / self._paths[key]),
            handler=self._need(id_, "Handler", found.get("Handler", "")),
            async_handler=str((self._resources[id_].get("Metadata") or {}).get(ASYNC_HANDLER, "")),
            timeout_s=int(found.get("Timeout", 3)),
            memory_mb=int(found.get("MemorySize", 128)),
            environment={k: v for k, v in values.items() if not isinstance(v, Unresolved)},
            missing={k: v.reason for k, v in values.items() if isinstance(v, Unresolved)},
            layers=[path for ref in found.get("Layers", []) if (path := self._layer(id_, ref))],
        )

    def _layer(self, id_: str, reference: object) -> str | None:
        layer = self._all.get(str(reference).removeprefix("layer:"))
        if layer is None or isinstance(reference, Unresolved):
            # A third party's layer: its packages are in this Python environment, or an import fails.
            return None
        key = layer["Properties"].get("Content", {}).get("S3Key")
        if key not in self._paths:
            raise TemplateError(f"{id_}: the layer {reference} has no local ContentUri")
        return str(self._root / self._paths[key])

    def _queue(self, id_: str, found: dict[str, Any]) -> Queue:
        redrive = None
        if policy := found.get("RedrivePolicy"):
            target = self._need(id_, "RedrivePolicy", policy["deadLetterTargetArn"])
            redrive = (target, int(policy["maxReceiveCount"]))
        return Queue(
            id=id_,
            name=str(self._attribute(id_, "QueueName")),
            url=str(self._attribute(id_, "Ref")),
            arn=str(self._attribute(id_, "Arn")),
            attributes={name: _text(found[name]) for name in _QUEUE_ATTRIBUTES if name in found},
            redrive=redrive,
        )

    def _table(self, id_: str, found: dict[str, Any]) -> Table:
        if found.get("LocalSecondaryIndexes"):
            raise TemplateError(f"{id_}: local secondary indexes are not created here; use a global one")
        ttl = found.get("TimeToLiveSpecification") or {}
        return Table(
            id=id_,
            name=str(self._attribute(id_, "Ref")),
            arn=str(self._attribute(id_, "Arn")),
            keys=_keys(found["KeySchema"]),
            types={item["AttributeName"]: item["AttributeType"] for item in found["AttributeDefinitions"]},
            indexes=[
                Index(
                    name=index["IndexName"],
                    keys=_keys(index["KeySchema"]),
                    projection=index["Projection"].get("ProjectionType", "ALL"),
                    attributes=list(index["Projection"].get("NonKeyAttributes", [])),
                )
                for index in found.get("GlobalSecondaryIndexes", [])
            ],
            ttl=str(ttl["AttributeName"]) if _text(ttl.get("Enabled", False)) == "true" else None,
        )

    def _mapping(self, id_: str, found: dict[str, Any]) -> QueueMapping | None:
        if _text(found.get("Enabled", True)) == "false":
            return None
        queue = self._queue_by_arn.get(str(found.get("EventSourceArn")))
        function = self.function_of(self._function_arn(found["FunctionName"]))
        if queue is None or function is None:
            raise TemplateError(f"{id_}: only a queue of this template can be an event source here")
        if found.get("FilterCriteria"):
            raise TemplateError(f"{id_}: FilterCriteria are not applied here")
        return QueueMapping(
            id=id_,
            queue=queue,
            function=function,
            batch_size=int(found.get("BatchSize", 10)),
            window_s=int(found.get("MaximumBatchingWindowInSeconds", 0)),
            partial="ReportBatchItemFailures" in found.get("FunctionResponseTypes", []),
        )

    def _schedules(self) -> list[Schedule]:
        rules = self.each("AWS::Events::Rule", lambda id_, found: (id_, found, found.get("Targets", []), "events"))
        plans = self.each(
            "AWS::Scheduler::Schedule",
            lambda id_, found: (id_, found, [found.get("Target", {})], "scheduler"),
        )
        return [
            self._schedule(id_, found, target, source)
            for id_, found, targets, source in [*rules, *plans]
            for target in targets
            if found.get("State", "ENABLED") == "ENABLED" and self.function_of(target.get("Arn"))
        ]

    def _schedule(self, id_: str, found: dict[str, Any], target: dict[str, Any], source: str) -> Schedule:
        if "ScheduleExpression" not in found:
            raise TemplateError(f"{id_}: event patterns do not run here, only schedules")
        expression = self._need(id_, "ScheduleExpression", found["ScheduleExpression"])
        try:
            parse_rate(expression)
        except ValueError as error:
            raise TemplateError(f"{id_}: {error}") from None
        return Schedule(
            id=id_,
            arn=str(self._attribute(id_, "Arn")),
            expression=expression,
            function=self.function_of(target["Arn"]) or "",
            source=source,
            input=None if target.get("Input") is None else self._need(id_, "Input", target["Input"]),
        )

    def _stages(self) -> dict[str, tuple[str, dict[str, str]]]:
        """Map a REST API's id to its stage: name and variables."""
        stages = self.each("AWS::ApiGateway::Stage", lambda _, found: found)
        return {
            str(stage["RestApiId"]): (str(stage["StageName"]), dict(stage.get("Variables") or {})) for stage in stages
        }


def _keys(schema: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(key["AttributeName"], key["KeyType"]) for key in schema]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

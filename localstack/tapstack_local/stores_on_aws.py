"""The tables and queues of a game on one server with STORES=aws: created once, by a deployer, and the game's policy.

The game itself may create, change or delete none of them. Its policy is the sum of what template.yaml allows its
functions, and what the runtime does for them on Lambda's behalf: finding tables and queues, receiving messages.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tapstack_local.aws_resources import Attributes, deploy, find
from tapstack_local.environment import aws_region
from tapstack_local.errors import SettingsError
from tapstack_local.settings import Settings, read_settings
from tapstack_local.template import expansion as template

_OF_TABLES = ("dynamodb:DescribeTable",)
_OF_QUEUES = ("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage")


def create(root: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    """Create what is missing, protect the tables, and return the game's policy."""
    expanded, environment = _read(root, environ)
    return _policy(expanded, deploy(template.build(expanded), environment, protect=True))


def policy(root: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the policy for the host's role or key, with the names that the tables and queues have."""
    expanded, environment = _read(root, environ)
    return _policy(expanded, find(template.build(expanded), environment))


def _read(root: Path, environ: Mapping[str, str]) -> tuple[template.Expanded, dict[str, str]]:
    # Whoever creates the tables needs no bot, and no public address.
    settings: Settings = read_settings(root, {**environ, "PRODUCTION": "0"})
    if not settings.on_aws:
        raise SettingsError("only a game with STORES=aws has tables on AWS")
    return template.expand(root / "template.yaml", settings.parameters), settings.given | aws_region(settings.given)


def _policy(expanded: template.Expanded, attributes: Attributes) -> dict[str, Any]:
    app = template.build(expanded, attributes)
    actions: dict[str, set[str]] = {}
    for statement in template.role_statements(expanded, attributes):
        for resource in statement["Resource"]:
            actions.setdefault(str(resource), set()).update(statement["Action"])
    for table in app.tables:
        actions.setdefault(attributes[table]["Arn"], set()).update(_OF_TABLES)
    for queue in app.queues:
        actions.setdefault(attributes[queue]["Arn"], set()).update(_OF_QUEUES)
    resources: dict[tuple[str, ...], list[str]] = {}
    for resource, allowed in actions.items():
        resources.setdefault(tuple(sorted(allowed)), []).append(resource)
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": list(allowed), "Resource": sorted(of)}
            for allowed, of in sorted(resources.items())
        ],
    }

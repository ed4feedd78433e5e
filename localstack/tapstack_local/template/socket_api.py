"""From the resources of a WebSocket API to the model."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from tapstack_local.errors import TemplateError
from tapstack_local.template.model import SocketApi

Found = Sequence[tuple[str, dict[str, Any]]]

STAGE = "live"
_FUNCTION = re.compile(r"/functions/(.+)/invocations$")
_RATE_PER_S = 10_000.0
"""What an account has. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"""


def extract_socket_api(
    apis: Found, integrations: Found, routes: Found, stages: Found, function_of: Callable[[object], str | None]
) -> SocketApi | None:
    """Return the template's WebSocket API, None without one; raises TemplateError for what would act differently."""
    for id_, found in apis:
        if found.get("ProtocolType") != "WEBSOCKET":
            raise TemplateError(f"{id_}: HTTP APIs do not run here; use AWS::Serverless::Api")
    if not apis:
        return None
    if len(apis) > 1:
        raise TemplateError(f"{apis[1][0]}: only one WebSocket API runs here")
    if [found["StageName"] for _, found in stages] != [STAGE]:
        raise TemplateError(f"{apis[0][0]}: a WebSocket API needs the one stage {STAGE} to run here")
    targets = {f"integrations/{id_}": _function(id_, found, function_of) for id_, found in integrations}
    rate = float(stages[0][1].get("DefaultRouteSettings", {}).get("ThrottlingRateLimit", _RATE_PER_S))
    return SocketApi(routes={str(r["RouteKey"]): _target(id_, r, targets) for id_, r in routes}, rate_per_s=rate)


def _function(id_: str, found: dict[str, Any], function_of: Callable[[object], str | None]) -> str:
    match = _FUNCTION.search(str(found.get("IntegrationUri", "")))
    function = function_of(match[1]) if match else None
    if function is None or found.get("IntegrationType") != "AWS_PROXY":
        raise TemplateError(f"{id_}: only a function of this template, by AWS_PROXY, can be behind a route here")
    return function


def _target(id_: str, found: dict[str, Any], targets: dict[str, str]) -> str:
    target = targets.get(str(found.get("Target", "")))
    if target is None:
        raise TemplateError(f"{id_}: its Target is no integration of this template")
    if found["RouteKey"] not in ("$connect", "$disconnect", "$default"):
        raise TemplateError(f"{id_}: only the routes $connect, $disconnect and $default run here")
    return target

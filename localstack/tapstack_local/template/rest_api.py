"""From the expanded REST API's OpenAPI body to routes, preflight answers and headers of errors."""

from collections.abc import Callable
from typing import Any

from tapstack_local.errors import TemplateError
from tapstack_local.template.intrinsics import Unresolved
from tapstack_local.template.model import Api, Mock, Route

_METHODS = {"get", "put", "post", "delete", "patch", "options", "head", "x-amazon-apigateway-any-method"}
_INTEGRATION = "x-amazon-apigateway-integration"
_HEADER = "method.response.header."
FunctionOf = Callable[[object], str | None]


def extract_api(
    apis: list[tuple[str, dict[str, Any]]],
    stages: dict[str, tuple[str, dict[str, str]]],
    function_of: FunctionOf,
) -> Api:
    """Return the one REST API of the template, an empty one if it has none.

    Raises TemplateError for what would behave differently than on AWS: authorizers, other integrations.
    """
    if len(apis) > 1:
        raise TemplateError(f"one REST API runs here, the template has {', '.join(id_ for id_, _ in apis)}")
    if not apis:
        return Api(id="none", stage="local", variables={}, routes=[], mocks=[], headers_4xx={}, headers_5xx={})
    id_, properties = apis[0]
    body = properties.get("Body")
    if not isinstance(body, dict) or "paths" not in body:
        raise TemplateError(f"{id_}: the REST API has no Body with paths")
    if body.get("securityDefinitions"):
        raise TemplateError(f"{id_}: authorizers and API keys do not run here; check identity in the function")
    stage, variables = stages.get(id_, ("local", {}))
    routes, mocks = _paths(id_, body["paths"], function_of)
    return Api(
        id=id_,
        stage=stage,
        variables={name: str(value) for name, value in variables.items()},
        routes=routes,
        mocks=mocks,
        headers_4xx=_gateway_headers(body, "DEFAULT_4XX"),
        headers_5xx=_gateway_headers(body, "DEFAULT_5XX"),
    )


def _paths(id_: str, paths: dict[str, Any], function_of: FunctionOf) -> tuple[list[Route], list[Mock]]:
    routes: list[Route] = []
    mocks: list[Mock] = []
    for path, operations in paths.items():
        for name, operation in operations.items():
            if name.lower() not in _METHODS:
                continue
            method = "ANY" if name.startswith("x-") else name.upper()
            integration = operation.get(_INTEGRATION) or {}
            kind = str(integration.get("type", "")).lower()
            if kind == "mock":
                mocks.append(_mock(method, path, integration))
            elif kind == "aws_proxy" and (function := _target(integration, function_of)):
                routes.append(Route(method=method, path=path, function=function))
            else:
                raise TemplateError(f"{id_}: {method} {path} is not a proxy of a function of this template")
    return routes, mocks


def _target(integration: dict[str, Any], function_of: FunctionOf) -> str | None:
    uri = integration.get("uri")
    if isinstance(uri, Unresolved):
        return None
    return function_of(str(uri).partition("/functions/")[2].partition("/invocations")[0])


def _mock(method: str, path: str, integration: dict[str, Any]) -> Mock:
    response = integration.get("responses", {}).get("default", {})
    headers = {
        name.removeprefix(_HEADER): _unquoted(str(value))
        for name, value in response.get("responseParameters", {}).items()
        if name.startswith(_HEADER)
    }
    return Mock(method=method, path=path, status=int(response.get("statusCode", 200)), headers=headers)


def _unquoted(value: str) -> str:
    """Unquote a static value; quotes inside it belong to it."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == "'" else value


def _gateway_headers(body: dict[str, Any], kind: str) -> dict[str, str]:
    response = body.get("x-amazon-apigateway-gateway-responses", {}).get(kind, {})
    prefix = "gatewayresponse.header."
    return {
        name.removeprefix(prefix): _unquoted(str(value))
        for name, value in response.get("responseParameters", {}).items()
        if name.startswith(prefix)
    }

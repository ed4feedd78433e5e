"""From an AWS::Lambda::Url to the model."""

from collections.abc import Callable
from typing import Any

from tapstack_local.errors import TemplateError
from tapstack_local.template.model import Cors, FunctionUrl


def extract_url(id_: str, found: dict[str, Any], function_of: Callable[[object], str | None]) -> FunctionUrl:
    """Return a function URL; raises TemplateError for what would answer differently than on AWS."""
    function = function_of(found["TargetFunctionArn"])
    if function is None:
        raise TemplateError(f"{id_}: only a function of this template can have a URL here")
    if found["AuthType"] != "NONE":
        raise TemplateError(f"{id_}: no signatures are checked here; only AuthType NONE runs")
    if found.get("InvokeMode", "BUFFERED") != "BUFFERED":
        raise TemplateError(f"{id_}: only InvokeMode BUFFERED runs here")
    return FunctionUrl(id=id_, function=function, cors=_cors(found["Cors"]) if found.get("Cors") else None)


def _cors(found: dict[str, Any]) -> Cors:
    return Cors(
        origins=[str(each) for each in found.get("AllowOrigins", [])],
        methods=[str(each) for each in found.get("AllowMethods", [])],
        headers=[str(each) for each in found.get("AllowHeaders", [])],
        exposed=[str(each) for each in found.get("ExposeHeaders", [])],
        credentials=str(found.get("AllowCredentials", False)).lower() == "true",
        max_age_s=int(found.get("MaxAge", 0)),
    )

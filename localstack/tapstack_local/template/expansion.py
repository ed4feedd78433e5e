"""Reads template.yaml: AWS's own translator expands the serverless transform, then the model is extracted.

Expansion takes most of a second, so it is done once per change of the file (cache.py); extraction is cheap and happens
again when the addresses of the real queues and tables are known.
"""

import copy
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tapstack_local.errors import TemplateError
from tapstack_local.template import cache
from tapstack_local.template.extraction import Attributes, extract, statements
from tapstack_local.template.intrinsics import PSEUDO, Unresolved
from tapstack_local.template.model import App
from tapstack_local.template.source import load

_BUCKET = "local-code"
_LIST_TYPES = ("CommaDelimitedList", "List<Number>")


@dataclass(frozen=True)
class Expanded:
    """A template after the transform, with its parameters' values and the folder that its paths are relative to."""

    template: dict[str, Any]
    parameters: dict[str, Any]
    paths: dict[str, str]
    root: Path


HERE: Mapping[str, str] = {"LiveSockets": "true"}
"""Parameters whose default is for who pays by the request, with what they are here unless somebody says otherwise."""


def expand(path: Path, overrides: Mapping[str, str]) -> Expanded:
    """Read and expand the template at `path`; `overrides` are values of its parameters.

    Raises TemplateError with the translator's own message for a template that is not valid.
    """
    source = load(path)
    declared = source.get("Parameters", {})
    parameters = _parameters(source, {n: v for n, v in HERE.items() if n in declared} | dict(overrides))
    paths = _take_out_paths(source)
    known = {name: value for name, value in parameters.items() if not isinstance(value, Unresolved)}
    return Expanded(_translate(source, known), parameters, paths, path.parent.resolve())


def build(expanded: Expanded, attributes: Attributes | None = None) -> App:
    """Extract the model; `attributes` are real values of `Ref` ("Ref") and `GetAtt` by logical id."""
    return extract(expanded.template, expanded.parameters, expanded.paths, expanded.root, attributes or {})


def role_statements(expanded: Expanded, attributes: Attributes) -> list[dict[str, Any]]:
    """Return what the template allows its functions, as statements of a policy with the real ARNs."""
    return statements(expanded.template, expanded.parameters, expanded.root, attributes)


def _parameters(source: dict[str, Any], overrides: Mapping[str, str]) -> dict[str, Any]:
    declared = source.get("Parameters", {})
    unknown = set(overrides) - set(declared)
    if unknown:
        raise TemplateError(f"the template has no parameter {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {}
    for name, parameter in declared.items():
        kind = parameter.get("Type", "String")
        value = overrides.get(name, parameter.get("Default"))
        if value is None or (kind.startswith("AWS::") and name not in overrides):
            values[name] = Unresolved(f"the parameter {name}, which has no value here")
        elif kind in _LIST_TYPES or kind.startswith("List<"):
            values[name] = [item.strip() for item in str(value).split(",")]
        else:
            values[name] = str(value)
    return values


def _take_out_paths(source: dict[str, Any]) -> dict[str, str]:
    """Replace local code paths, which the translator rejects, with S3 keys; return {key: path}."""
    paths: dict[str, str] = {}
    defaults = source.get("Globals", {}).get("Function", {})
    global_uri = defaults.pop("CodeUri", None)
    for id_, resource in source["Resources"].items():
        properties = resource.get("Properties") or {}
        kind = resource.get("Type")
        if kind == "AWS::Serverless::Function" and "InlineCode" not in properties:
            _take_out(id_, properties, "CodeUri", paths, global_uri)
        elif kind == "AWS::Serverless::LayerVersion":
            _take_out(id_, properties, "ContentUri", paths, None)
    return paths


def _take_out(id_: str, properties: dict[str, Any], key: str, paths: dict[str, str], default: Any) -> None:
    uri = properties.get(key, default)
    if not isinstance(uri, str) or uri.startswith("s3:"):
        raise TemplateError(f"{id_}: {key} must be a path in this repository to run here")
    paths[id_] = uri
    properties[key] = f"s3://{_BUCKET}/{id_}"


def _translate(source: dict[str, Any], parameters: dict[str, Any]) -> dict[str, Any]:
    by = (version("aws-sam-translator"), Path(__file__).read_text(encoding="utf-8"))
    return cache.kept(cache.key(source, parameters, *by), lambda: _translated(source, parameters))


def _translated(source: dict[str, Any], parameters: dict[str, Any]) -> dict[str, Any]:
    # The translator asks boto3 for a region to know the partition.
    os.environ.setdefault("AWS_DEFAULT_REGION", PSEUDO["AWS::Region"])
    # It warns about metrics that only AWS's own service sends.
    logging.getLogger("samtranslator").setLevel(logging.ERROR)
    from samtranslator.public.exceptions import InvalidDocumentException  # type: ignore[import-untyped]
    from samtranslator.translator.transform import transform  # type: ignore[import-untyped]

    class NoManagedPolicies:
        """Names of managed policies stay names: nothing checks permissions here."""

        def load(self) -> dict[str, str]:
            return {}

    try:
        result: dict[str, Any] = transform(copy.deepcopy(source), parameters, NoManagedPolicies())
    except InvalidDocumentException as error:
        causes = "; ".join(cause.message for cause in error.causes)
        raise TemplateError(f"the template is not valid: {causes}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        # The translator fails on unexpected values, such as a number for a type.
        raise TemplateError(f"the template is not valid: {error!r}") from error
    return result

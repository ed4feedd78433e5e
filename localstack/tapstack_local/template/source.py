"""The original template.yaml: reading it, its code folders, and a version with uploaded archives instead of them."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tapstack_local.errors import TemplateError

_CODE_KEYS = {"AWS::Serverless::Function": "CodeUri", "AWS::Serverless::LayerVersion": "ContentUri"}


def load(path: Path) -> dict[str, Any]:
    """The template as plain values, with short forms such as !Ref expanded; raises TemplateError."""
    try:
        template = _parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TemplateError(f"there is no template at {path}: run this in the repository") from None
    except Exception as error:  # PyYAML's errors carry the line
        raise TemplateError(f"{path.name} is not valid YAML: {error}") from error
    if not isinstance(template, dict) or not template.get("Resources"):
        raise TemplateError(f"{path.name} has no Resources")
    return template


def _parse(text: str) -> Any:
    """As samtranslator's `yaml_parse` does, by libyaml, which takes a seventh of the time."""
    import yaml  # type: ignore[import-untyped]
    from samtranslator.yaml_helper import intrinsics_multi_constructor  # type: ignore[import-untyped]

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """One of our own: what it learns of AWS's short forms, others need not know."""

    Loader.add_multi_constructor("!", intrinsics_multi_constructor)
    return yaml.load(text, Loader)  # noqa: S506 - a safe one


def code_folders(template: dict[str, Any], root: Path) -> dict[str, Path]:
    """The folder of every function and layer, by logical id; raises TemplateError if one is missing."""
    folders = {}
    for name, resource in template["Resources"].items():
        key = _CODE_KEYS.get(resource.get("Type", ""))
        if key:
            folders[name] = root / resource["Properties"][key]
            if not folders[name].is_dir():
                raise TemplateError(f"{name}: {key} names {folders[name]}, which is not a folder")
    return folders


def with_archives(template: dict[str, Any], uris: Mapping[str, str]) -> str:
    """The template as JSON, with each function's and layer's code at its S3 address."""
    changed = copy.deepcopy(template)
    for name, uri in uris.items():
        resource = changed["Resources"][name]
        resource["Properties"][_CODE_KEYS[resource["Type"]]] = uri
    return json.dumps(changed, separators=(",", ":"), sort_keys=True, default=str)


def retained(template: dict[str, Any]) -> frozenset[str]:
    """The logical ids of resources that outlive their stack."""
    return frozenset(n for n, r in template["Resources"].items() if "Retain" in r.get("DeletionPolicy", ""))

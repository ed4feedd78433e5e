"""CloudFormation's intrinsic functions and conditions, resolved for one machine.

What only AWS knows (an attribute of a VPC, a secret) resolves to `Unresolved`, which spreads through joins
and substitutions; code that needs the value decides whether that matters.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tapstack_local.errors import TemplateError

PSEUDO = {
    "AWS::Region": "us-east-1",
    "AWS::AccountId": "000000000000",
    "AWS::Partition": "aws",
    "AWS::StackName": "tapstack",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackId": "arn:aws:cloudformation:us-east-1:000000000000:stack/tapstack/local",
}
_VARIABLE = re.compile(r"\$\{([^!}][^}]*)\}")
_DYNAMIC = "{{resolve:"


@dataclass(frozen=True)
class Unresolved:
    """A value that exists on AWS only; `reason` completes "it refers to ..."."""

    reason: str


class _NoValue:
    """AWS::NoValue: the property is left out."""


NO_VALUE = _NoValue()
Attribute = Callable[[str, str], str | Unresolved]


class Resolver:
    """Resolves values of one expanded template.

    `attribute(logical id, name)` answers for resources; the name "Ref" is what `Ref` gives.
    """

    def __init__(self, template: Mapping[str, Any], parameters: Mapping[str, Any], attribute: Attribute) -> None:
        self._template = template
        self._parameters = parameters
        self._attribute = attribute
        self._conditions: dict[str, bool] = {}

    def value(self, node: Any) -> Any:
        """Return `node` with every intrinsic in it replaced; parts that are AWS::NoValue are left out."""
        if isinstance(node, str):
            return Unresolved(f"the dynamic reference {node}") if _DYNAMIC in node else node
        if isinstance(node, list):
            return [item for item in map(self.value, node) if item is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            ((name, argument),) = node.items()
            if name in ("Ref", "Condition") or name.startswith("Fn::"):
                return self._call(name, argument)
        resolved = {key: self.value(item) for key, item in node.items()}
        return {key: item for key, item in resolved.items() if item is not NO_VALUE}

    def condition(self, name: str) -> bool:
        """Tell whether the named condition of the template holds."""
        if name not in self._conditions:
            conditions = self._template.get("Conditions", {})
            if name not in conditions:
                raise TemplateError(f"the template has no condition {name!r}")
            self._conditions[name] = bool(self._test(conditions[name]))
        return self._conditions[name]

    def _test(self, node: Any) -> Any:
        if isinstance(node, dict) and set(node) == {"Condition"}:
            return self.condition(node["Condition"])
        return self.value(node)

    def _call(self, name: str, argument: Any) -> Any:
        match name:
            case "Ref":
                return self._ref(argument)
            case "Condition":
                # Also a plain key, in an IAM statement for example.
                return self.condition(argument) if isinstance(argument, str) else {name: self.value(argument)}
            case "Fn::GetAtt":
                return self._get_att(argument)
            case "Fn::Sub":
                return self._sub(argument)
            case "Fn::If":
                chosen = argument[1] if self.condition(argument[0]) else argument[2]
                return self.value(chosen)
            case "Fn::And":
                return all(self._test(item) for item in argument)
            case "Fn::Or":
                return any(self._test(item) for item in argument)
            case "Fn::Not":
                return not self._test(argument[0])
            case "Fn::Equals":
                return _text(self.value(argument[0])) == _text(self.value(argument[1]))
        return self._transform(name, self.value(argument))

    def _transform(self, name: str, argument: Any) -> Any:
        if isinstance(argument, Unresolved):
            return argument
        if isinstance(argument, list):
            for item in argument:
                if isinstance(item, Unresolved):
                    return item
        match name:
            case "Fn::Join":
                return self._join(argument)
            case "Fn::Select":
                return argument[1][int(argument[0])]
            case "Fn::Split":
                return argument[1].split(argument[0])
            case "Fn::FindInMap":
                return self._template["Mappings"][argument[0]][argument[1]][argument[2]]
            case "Fn::Base64":
                return base64.b64encode(argument.encode()).decode()
        return Unresolved(name)

    def _ref(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self._parameters:
            return self.value(self._parameters[name])
        return self._attribute(name, "Ref")

    def _get_att(self, argument: Any) -> str | Unresolved:
        if isinstance(argument, str):
            argument = argument.split(".", 1)
        return self._attribute(argument[0], ".".join(argument[1:]))

    def _join(self, argument: Any) -> str | Unresolved:
        separator, items = argument
        for item in items:
            if isinstance(item, Unresolved):
                return item
        return str(separator).join(_text(item) for item in items)

    def _sub(self, argument: Any) -> str | Unresolved:
        text, local = (argument, {}) if isinstance(argument, str) else argument
        missing: list[Unresolved] = []

        def replace(match: re.Match[str]) -> str:
            name = match.group(1).strip()
            if name in local:
                found = self.value(local[name])
            elif "." in name:
                found = self._get_att(name)
            else:
                found = self._ref(name)
            if isinstance(found, Unresolved):
                missing.append(found)
                return ""
            return _text(found)

        result = _VARIABLE.sub(replace, text).replace("${!", "${")
        if missing:
            return missing[0]
        return Unresolved(f"the dynamic reference {result}") if _DYNAMIC in result else result


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Unresolved):
        return f"\0{value.reason}"
    return str(value)

"""The gateway's route table: a dictionary for constant paths, patterns for paths with parameters."""

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
_PARAMETER = re.compile(r"\{([^}+]+)(\+?)\}")


@dataclass
class Methods(Generic[T]):
    """A path's targets by method; "ANY" is for all others."""

    by_method: dict[str, T] = field(default_factory=dict)

    def find(self, method: str) -> T | None:
        """Return the target of `method`; HEAD falls back to GET."""
        found = self.by_method.get(method) or self.by_method.get("ANY")
        return self.by_method.get("GET") if found is None and method == "HEAD" else found

    def allowed(self) -> str:
        """Return the value of an Allow header."""
        return ", ".join(sorted(self.by_method))


class Routes(Generic[T]):
    """All paths of an API. A constant segment takes precedence over a parameter, a parameter over a greedy one."""

    def __init__(self) -> None:
        self._constant: dict[str, Methods[T]] = {}
        self._patterns: dict[str, tuple[re.Pattern[str], dict[str, str], Methods[T]]] = {}
        self._ordered: list[tuple[re.Pattern[str], dict[str, str], Methods[T]]] = []

    def add(self, method: str, path: str, target: T) -> None:
        """Add a target for `method` on `path`, which may contain `{name}` and, last, `{name+}`."""
        if "{" not in path:
            self._constant.setdefault(path, Methods()).by_method[method] = target
            return
        if path not in self._patterns:
            self._patterns[path] = (*_compile(path), Methods())
            by_precision = sorted(self._patterns, key=_precision)
            self._ordered = [self._patterns[known] for known in by_precision]
        self._patterns[path][2].by_method[method] = target

    def find(self, path: str) -> tuple[Methods[T], dict[str, str] | None] | None:
        """Return the route of `path` with its parameters (None if the path has none), or None."""
        if (methods := self._constant.get(path)) is not None:
            return methods, None
        for pattern, names, methods in self._ordered:
            if match := pattern.fullmatch(path):
                return methods, {names[key]: value for key, value in match.groupdict().items()}
        return None


def _compile(path: str) -> tuple[re.Pattern[str], dict[str, str]]:
    names: dict[str, str] = {}

    def group(match: re.Match[str]) -> str:
        key = f"p{len(names)}"
        names[key] = match[1]
        return f"(?P<{key}>.+)" if match[2] else f"(?P<{key}>[^/]+)"

    parts, position = [], 0
    for match in _PARAMETER.finditer(path):
        parts += [re.escape(path[position : match.start()]), group(match)]
        position = match.end()
    parts.append(re.escape(path[position:]))
    return re.compile("".join(parts), re.DOTALL), names


def _precision(path: str) -> list[int]:
    """Sort key: segment by segment constant before parameter before greedy."""
    return [2 if "+}" in segment else 1 if "{" in segment else 0 for segment in path.split("/")]

"""A contract for import-linter that its own types can't say: rooms are recognized by a part of their file's name.

https://import-linter.readthedocs.io/en/stable/custom_contract_types/
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

from importlinter import Contract, ContractCheck, fields, output

Imports = list[tuple[str, str]]


class RoomsContract(Contract):
    """Holds the modules of some `rooms` to what they import directly, or to who imports them.

    Modules are patterns, in which `*` stands for any text: `tapstack.*.redis_*`. A room may import another module of
    the same pattern.

    - `may_import`: what these rooms may import and nothing else.
    - `imported_by`: who may import these rooms and nobody else.
    """

    rooms = fields.ListField(subfield=fields.StringField())
    may_import = fields.ListField(subfield=fields.StringField(), required=False)
    imported_by = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        found: Imports = []
        rooms, may_import, imported_by = _texts(self.rooms), _texts(self.may_import), _texts(self.imported_by)
        for room in sorted(module for module in graph.modules if _matches(module, rooms)):
            output.verbose_print(verbose, room)
            if may_import:
                allowed = [*rooms, *may_import]
                imported = graph.find_modules_directly_imported_by(room)
                found += [(room, other) for other in sorted(imported) if not _matches(other, allowed)]
            if imported_by:
                allowed = [*rooms, *imported_by]
                importers = graph.find_modules_that_directly_import(room)
                found += [(other, room) for other in sorted(importers) if not _matches(other, allowed)]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["found"]:
            output.print_error(f"{importer} may not import {imported}")


def _texts(given: Any) -> list[str]:
    return list(given or [])


def _matches(module: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(module, pattern) for pattern in patterns)

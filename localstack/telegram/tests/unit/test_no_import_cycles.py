"""No import cycles, neither between the package's modules nor between the page's scripts."""

from __future__ import annotations

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import telegram_local

PACKAGE = Path(telegram_local.__file__).parent
_JS_IMPORT = re.compile(
    r"""^\s*(?:import|export)\b[^;]*?["'](\./[\w./-]+\.js)["']|\bimport\(\s*["'](\./[\w./-]+\.js)["']""", re.MULTILINE
)

Graph = dict[str, set[str]]


def python_imports(package: Path) -> Graph:
    """Each module with the modules of the package that it imports, wherever in the file, for typing or at run time.

    A package stands for its `__init__.py`; importing a module imports the packages above it, which is not counted.
    """
    files = {_module(package, file): file for file in package.rglob("*.py")}
    graph: Graph = {}
    for module, file in files.items():
        graph[module] = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = _absolute(module, node, is_package=file.name == "__init__.py")
                submodules = [f"{base}.{alias.name}" for alias in node.names]
                found = [name if name in files else base for name in submodules]
            else:
                continue
            graph[module] |= {name for name in found if name in files}
    return graph


def _module(package: Path, file: Path) -> str:
    parts = [package.name, *file.relative_to(package).with_suffix("").parts]
    return ".".join(parts).removesuffix(".__init__")


def _absolute(module: str, node: ast.ImportFrom, *, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    kept = parts[: len(parts) - node.level + is_package]
    return ".".join([*kept, *([node.module] if node.module else [])])


def javascript_imports(folder: Path) -> Graph:
    """Each script with the scripts that it imports."""
    graph: Graph = {}
    for file in folder.rglob("*.js"):
        found = _JS_IMPORT.findall(file.read_text(encoding="utf-8"))
        targets = {(file.parent / (static or dynamic)).resolve() for static, dynamic in found}
        graph[str(file.relative_to(folder))] = {str(target.relative_to(folder.resolve())) for target in targets}
    return graph


def cycle(graph: Graph) -> list[str]:
    """One cycle of the graph, empty if there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_package_has_no_import_cycle() -> None:
    graph = python_imports(PACKAGE)
    assert graph["telegram_local.core"], "imports are not found"
    assert cycle(graph) == []


def test_scripts_of_the_page_have_no_import_cycle() -> None:
    graph = javascript_imports(PACKAGE / "static")
    assert graph["js/main.js"], "imports are not found"
    assert set().union(*graph.values()) <= graph.keys(), "a script that does not exist is imported"
    assert cycle(graph) == []


@pytest.mark.parametrize(
    "back",
    ["from .a import A", "from . import a", "from pack import a", "import pack.a", "def f():\n    from .a import A"],
)
def test_cycle_of_python_modules_is_found(tmp_path: Path, back: str) -> None:
    package = tmp_path / "pack"
    package.mkdir()
    for name, text in (("__init__", ""), ("a", "from .b import B"), ("b", back)):
        (package / f"{name}.py").write_text(text)
    assert cycle(python_imports(package))


@pytest.mark.parametrize(
    "back", ['import { a } from "./a.js";', 'export * from "./a.js";', 'const a = await import("./a.js");']
)
def test_cycle_of_scripts_is_found(tmp_path: Path, back: str) -> None:
    (tmp_path / "a.js").write_text('import {\n  b,\n} from "./b.js";\n')
    (tmp_path / "b.js").write_text(back)
    assert cycle(javascript_imports(tmp_path))

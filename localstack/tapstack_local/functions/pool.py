"""Loads functions by path and invokes them like Lambda: one invocation at a time per instance.

Every instance of a function is its own copy of its module, because a Chalice app keeps the request on itself
(`app.current_request`), which threads must not share. Modules of layers are shared: they are imported once.
Instances wait in a pool, the most recently used on top, instead of belonging to threads: the server ends idle threads,
and a new one would have to load again.
"""

import importlib
import sys
import uuid
from collections import deque
from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from tapstack_local.errors import TemplateError
from tapstack_local.functions.context import LambdaContext
from tapstack_local.functions.struct_types import share_struct_types
from tapstack_local.functions.watchdog import InvocationTimeout, Watchdog
from tapstack_local.template.model import App, Function

Handler = Callable[[dict[str, Any], LambdaContext], Any]

_IMPORTED_FIRST = ("redis",)
"""Packages that functions import once they need them, and whose modules import each other: of two threads that begin at
different modules at once, one waits for the other, and Python lets the import of one fail. A template's functions need
not have them."""

AsyncHandler = Callable[[dict[str, Any], LambdaContext], Awaitable[Any]]
"""The same on an event loop, many at once; None, for an answer, leaves the request to the handler.

Its events are the handler's, without constants and without what they say twice: names of headers are in lower case, and
of several values of a header or a parameter there is the one that the handler's single-value map has.
"""


class Pool:
    """The instances of one function, loaded when needed and reused."""

    def __init__(self, function: Function, watchdog: Watchdog) -> None:
        self.function = function
        self._watchdog = watchdog
        self._idle: deque[Handler] = deque()
        self._numbers = count()
        self._path, self._attribute = _handler_path(function, function.handler)
        self._code: dict[Path, CodeType] = {}

    def load(self) -> None:
        """Load one more instance; raises what its code raises."""
        self._idle.append(self._instance())

    def invoke(self, event: dict[str, Any], request_id: str | None = None) -> Any:
        """Call the handler in an instance that no other thread uses meanwhile; what it raises is passed on."""
        try:
            handler = self._idle.pop()
        except IndexError:
            handler = self._instance()
        context = LambdaContext(self.function, request_id or str(uuid.uuid4()))
        token = self._watchdog.enter(self.function, context.aws_request_id)
        try:
            result = handler(event, context)
        except InvocationTimeout:
            # The instance is not used again, and the process ends soon.
            raise
        except BaseException:
            self._release(token, handler)
            raise
        self._release(token, handler)
        return result

    def async_entry(self) -> AsyncHandler | None:
        """Return the function's asynchronous entry, in an instance of its own; None if it declares none."""
        if not self.function.async_handler:
            return None
        path, attribute = _handler_path(self.function, self.function.async_handler)
        entry: AsyncHandler = self._loaded(path, attribute)
        return entry

    def _release(self, token: int, handler: Handler) -> None:
        self._watchdog.leave(token)
        self._idle.append(handler)

    def _instance(self) -> Handler:
        handler: Handler = self._loaded(self._path, self._attribute)
        return handler

    def _loaded(self, path: Path, attribute: str) -> Any:
        code = self._code.get(path)
        if code is None:
            code = self._code[path] = compile(path.read_bytes(), str(path), "exec")
        number = next(self._numbers)
        name = f"tapstack_fn_{self.function.id}" + (f"_{number}" if number else "")
        module = ModuleType(name)
        module.__file__ = str(path)
        # Types of the module are looked up there by name.
        sys.modules[name] = module
        try:
            exec(code, module.__dict__)  # noqa: S102
        except BaseException:
            del sys.modules[name]
            raise
        found = getattr(module, attribute, None)
        if not callable(found):
            raise TemplateError(f"{self.function.id}: {path} has no {attribute}")
        return found


def _handler_path(function: Function, handler: str) -> tuple[Path, str]:
    module, _, attribute = handler.rpartition(".")
    path = Path(function.code_dir, *module.replace("/", ".").split(".")).with_suffix(".py")
    if not path.is_file():
        raise TemplateError(f"{function.id}: its handler {handler} needs {path}, which does not exist")
    return path, attribute


def prepare_path(app: App) -> None:
    """Put the layers' `python` folders on the import path, as Lambda does."""
    for function in app.functions.values():
        for layer in function.layers:
            folder = Path(layer, "python")
            path = str(folder if folder.is_dir() else layer)
            if path not in sys.path:
                sys.path.insert(0, path)
    importlib.invalidate_caches()


def load_pools(app: App, ids: set[str], watchdog: Watchdog) -> dict[str, Pool]:
    """Load one instance of each of the functions `ids`, so that a broken one fails now."""
    prepare_path(app)
    share_struct_types()
    for package in filter(find_spec, _IMPORTED_FIRST):
        importlib.import_module(package)
    pools = {id_: Pool(app.functions[id_], watchdog) for id_ in sorted(ids)}
    for pool in pools.values():
        pool.load()
    return pools

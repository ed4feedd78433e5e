"""Notices edits of the template, the functions and the layers."""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import watchfiles

from faas.model import App

_QUIET_MS = 200
OnChange = Callable[[bool], None]


def code_folders(app: App, root: Path) -> set[Path]:
    """Return the folders to watch: the parents of the functions' and layers' folders, or these."""
    folders = {Path(function.code_dir) for function in app.functions.values()}
    folders |= {Path(layer) for function in app.functions.values() for layer in function.layers}
    return {folder.parent if folder.resolve().parent != root else folder for folder in folders if folder.is_dir()}


def watch(template: Path, folders: Iterable[Path], on_change: OnChange, stopping: threading.Event) -> None:
    """Call `on_change(is it the template?)` from background threads until `stopping`."""

    def code() -> None:
        for _ in watchfiles.watch(*folders, step=_QUIET_MS, stop_event=stopping, raise_interrupt=False):
            on_change(False)

    def config() -> None:
        # The folder, not the file: editors replace a file they save.
        only = lambda _, path: Path(path) == template  # noqa: E731
        for _ in watchfiles.watch(
            template.parent, watch_filter=only, recursive=False, step=_QUIET_MS, stop_event=stopping,
            raise_interrupt=False,
        ):  # fmt: skip
            on_change(True)

    for target in (code, config):
        threading.Thread(target=target, name=f"watch-{target.__name__}", daemon=True).start()

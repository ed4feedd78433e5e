"""Notices edits of the template, the functions and the layers."""

import itertools
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import watchfiles

from tapstack_local.template.model import App

_QUIET_MS = 200
_TURN_MS = 250
OnChange = Callable[[bool], None]


def code_folders(app: App, root: Path) -> set[Path]:
    """Return the folders to watch: the parents of the functions' and layers' folders, or these."""
    folders = {Path(function.code_dir) for function in app.functions.values()}
    folders |= {Path(layer) for function in app.functions.values() for layer in function.layers}
    return {folder.parent if folder.resolve().parent != root else folder for folder in folders if folder.is_dir()}


def watch(template: Path, folders: Iterable[Path], on_change: OnChange, stopping: threading.Event) -> None:
    """Call `on_change(is it the template?)` from background threads until `stopping`; returns once it is watching."""

    def begin(*paths: Path, is_template: bool) -> None:
        # The template's folder is watched, not the file: editors replace a file they save.
        changes = watchfiles.watch(
            *paths,
            watch_filter=(lambda _, path: Path(path) == template) if is_template else watchfiles.DefaultFilter(),
            recursive=not is_template,
            step=_QUIET_MS,
            rust_timeout=_TURN_MS,
            yield_on_timeout=True,
            stop_event=stopping,
            raise_interrupt=False,
        )
        first = next(changes, None)  # a round without changes shows that the watcher is working

        def tell() -> None:
            for changed in itertools.chain([first], changes):
                if changed:
                    on_change(is_template)

        threading.Thread(target=tell, name="watch-template" if is_template else "watch-code", daemon=True).start()

    begin(*folders, is_template=False)
    begin(template.parent, is_template=True)

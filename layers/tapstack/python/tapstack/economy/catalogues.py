"""The catalogue that counts now: what was pushed last, or the one that this release was built with."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from tapstack.economy.catalogue import compiling
from tapstack.economy.catalogue.built_in import built_in
from tapstack.economy.catalogue.model import Catalogue, Pointer
from tapstack.platform.errors import NotFound, StoreUnavailable

if TYPE_CHECKING:
    from tapstack.economy.ports import CatalogueItems
    from tapstack.platform.clock import Clock

KEPT_MS = 60_000
"""How long a process believes the pointers: a push reaches all players within this."""

KEPT_VERSIONS = 8


def counting(pointers: tuple[Pointer, ...], now_s: int) -> str:
    """The version that counts at a time, "" for the built-in one."""
    return next((one.version for one in pointers if one.from_s <= now_s), "")


class Catalogues:
    """The versions of a game's catalogue, kept in the process."""

    def __init__(self, items: CatalogueItems, clock: Clock) -> None:
        self._items, self._clock = items, clock
        self._pointers: tuple[int, tuple[Pointer, ...]] | None = None
        self._versions: OrderedDict[str, Catalogue] = OrderedDict()
        self._lock = Lock()

    def current(self) -> Catalogue:
        """The catalogue that counts now; raises StoreUnavailable where nothing is known of it yet."""
        now_ms = self._clock()
        version = counting(self._read_pointers(now_ms), now_ms // 1_000)
        return self.version(version) if version else built_in()

    def version(self, version: str) -> Catalogue:
        """A version, whether or not it counts; raises NotFound (`catalogue_unknown`)."""
        if version == built_in().version:
            return built_in()
        with self._lock:
            if version in self._versions:
                self._versions.move_to_end(version)
                return self._versions[version]
        data = self._items.catalogue(version)
        if data is None:
            raise NotFound("there is no such version of the catalogue", code="catalogue_unknown")
        catalogue = compiling.decode(data)
        with self._lock:
            self._versions[version] = catalogue
            while len(self._versions) > KEPT_VERSIONS:
                self._versions.popitem(last=False)
        return catalogue

    def _read_pointers(self, now_ms: int) -> tuple[Pointer, ...]:
        known = self._pointers
        if known and 0 <= now_ms - known[0] < KEPT_MS:
            return known[1]
        try:
            pointers = self._items.pointers()
        except StoreUnavailable:
            if known is None:
                raise
            return known[1]
        self._pointers = now_ms, pointers
        return pointers

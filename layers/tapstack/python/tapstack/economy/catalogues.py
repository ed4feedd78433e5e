"""The catalogue that counts now: what was pushed last, or the one that this release was built with."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import ValidationError

from tapstack.economy.catalogue import compiling
from tapstack.economy.catalogue.built_in import built_in
from tapstack.economy.catalogue.model import Catalogue, Pointer
from tapstack.platform.errors import NotFound, StoreUnavailable

if TYPE_CHECKING:
    from tapstack.economy.ports import KeptCatalogueItems
    from tapstack.platform.clock import Clock

KEPT_MS = 60_000
"""How long a process believes the pointers: a push reaches all players within this."""

KEPT_VERSIONS = 8
RETRY_S = 60


log = logging.getLogger(__name__)


def counting(pointers: tuple[Pointer, ...], now_s: int) -> Iterator[str]:
    """The versions that have counted by a time, the one that counts now first."""
    return (one.version for one in pointers if one.from_s <= now_s)


class Catalogues:
    """The versions of a game's catalogue, kept in the process."""

    def __init__(self, items: KeptCatalogueItems, clock: Clock) -> None:
        self._items, self._clock = items, clock
        self._pointers: tuple[int, tuple[Pointer, ...]] | None = None
        self._versions: OrderedDict[str, Catalogue | None] = OrderedDict()
        self._kept = False
        self._lock = Lock()

    def current(self) -> Catalogue:
        """The catalogue that counts now; raises StoreUnavailable where nothing is known of it yet.

        A version that this release can't read, of a newer one that was taken back, is passed over for the one before.
        """
        now_ms = self._clock()
        for version in counting(self._read_pointers(now_ms), now_ms // 1_000):
            if found := self._find(version):
                return found
        return built_in()

    def version(self, version: str) -> Catalogue:
        """A version, whether or not it counts.

        Raises NotFound (`catalogue_unknown`), and StoreUnavailable (`catalogue_unreadable`) for one of a newer release.
        """
        if found := self._find(version):
            return found
        raise StoreUnavailable("this version is of a newer release", code="catalogue_unreadable", retry_after_s=RETRY_S)

    def _find(self, version: str) -> Catalogue | None:
        """A version, None for one that this release can't read."""
        if version == built_in().version:
            return built_in()
        with self._lock:
            known = version in self._versions
            if known:
                self._versions.move_to_end(version)
            catalogue = self._versions.get(version)
        if not known:
            catalogue = self._read(version)
            with self._lock:
                self._versions[version] = catalogue
                while len(self._versions) > KEPT_VERSIONS:
                    self._versions.popitem(last=False)
        return catalogue

    def keep(self) -> None:
        """Stores the built-in version where it counts, so that what was drawn by it can be checked after a release."""
        if self._kept or self.current() is not built_in():
            return
        version, body = built_in().version, compiling.compiled(built_in())[1]
        if self._items.catalogue(version) is None:
            self._items.put_catalogue(version, body)
        self._kept = True

    def _read(self, version: str) -> Catalogue | None:
        """A stored version, None where this release can't read it."""
        data = self._items.catalogue(version)
        if data is None:
            raise NotFound("there is no such version of the catalogue", code="catalogue_unknown")
        try:
            return compiling.decode(data)
        except ValidationError as error:
            log.error("catalogue %s can't be read: %s", version, error)
            return None

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

"""Puts a catalogue before the players, now or at a time, and takes it back: without a deployment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import ValidationError

from tapstack.economy.catalogue import compiling
from tapstack.economy.catalogue.built_in import built_in
from tapstack.economy.catalogue.model import Catalogue, Pointer
from tapstack.platform.errors import BadRequest, Conflict, NotFound

if TYPE_CHECKING:
    from tapstack.economy.ports import PublishPorts

KEPT_POINTERS = 50


def push(ports: PublishPorts, catalogue: Catalogue, from_s: int | None = None) -> Pointer:
    """Makes a catalogue count from a time on (s since 1970), by default from now.

    Whoever calls has linted it. Raises BadRequest for one that is too large, and Conflict (`pushed_meanwhile`).
    """
    final, body = compiling.compiled(catalogue)
    if len(body) > compiling.MAX_BYTES:
        raise BadRequest(f"a catalogue has at most {compiling.MAX_BYTES:,} bytes", code="catalogue_too_large")
    ports.commons.put_catalogue(final.version, body)
    return _point(ports, Pointer(final.version, ports.clock() // 1_000 if from_s is None else from_s))


def counted(ports: PublishPorts) -> Iterator[Catalogue]:
    """The versions that have counted so far, as far as they are known and can be read."""
    now_s = ports.clock() // 1_000
    yield built_in()
    for version in {one.version for one in ports.commons.pointers() if one.from_s <= now_s}:
        body = ports.commons.catalogue(version)
        if body is not None:
            with suppress(ValidationError):
                yield compiling.decode(body)


def roll_back(ports: PublishPorts, version: str = "") -> Pointer:
    """Makes a version count again that was pushed before, by default the one before the current one.

    Raises NotFound (`catalogue_unknown`) and Conflict (`pushed_meanwhile`).
    """
    now_s = ports.clock() // 1_000
    past = [one.version for one in ports.commons.pointers() if one.from_s <= now_s]
    wanted = version or next((one for one in past if one != past[0]), built_in().version)
    known = wanted == built_in().version or ports.commons.catalogue(wanted) is not None
    if not known:
        raise NotFound("there is no such version of the catalogue", code="catalogue_unknown")
    if wanted == built_in().version:
        ports.commons.put_catalogue(wanted, compiling.compiled(built_in())[1])
    return _point(ports, Pointer(wanted, now_s))


def _point(ports: PublishPorts, new: Pointer) -> Pointer:
    """Adds a pointer; what was to count later than it is taken back."""
    before = ports.commons.pointers()
    kept = [one for one in before if one.from_s <= new.from_s]
    if not ports.commons.point((new, *kept)[:KEPT_POINTERS], before):
        raise Conflict("somebody else has pushed meanwhile: look, and push again", code="pushed_meanwhile")
    return new

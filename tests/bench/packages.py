"""The size of what is uploaded to Lambda: the layers' archives, zipped and unzipped, and what is biggest in them."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator

from support.servers import ROOT
from tapstack_build.archives import Archive, build_all
from tapstack_build.errors import DeployError
from tapstack_build.layer import AWS, CACHE
from tapstack_local.template import source

from bench.cases import Result

BIGGEST = 8


def sizes() -> Iterator[Result]:
    """Both layers, and the biggest packages of the dependencies, in KB; nothing where they can't be built here."""
    try:
        archives = build_all(ROOT, source.load(ROOT / "template.yaml"), AWS, ROOT / CACHE)
    except DeployError as error:
        print(f"the layers can't be measured: {error}")
        return
    for archive in archives:
        if archive.name.endswith("Layer"):
            yield from _sizes_of(archive)


def _sizes_of(archive: Archive) -> Iterator[Result]:
    unzipped: Counter[str] = Counter()
    with zipfile.ZipFile(archive.path) as file:
        for entry in file.infolist():
            unzipped[entry.filename.split("/")[1]] += entry.file_size
    yield Result(f"{archive.name}, zipped", "KB", [archive.size / 1e3])
    yield Result(f"{archive.name}, unzipped", "KB", [unzipped.total() / 1e3])
    if len(unzipped) > 1:
        for name, size in unzipped.most_common(BIGGEST):
            yield Result(f"  of it {name}", "KB", [size / 1e3])

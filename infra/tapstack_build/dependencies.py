"""Builds the layers of third-party packages: only the locked packages that functions import.

The lock file of all functions contains everything that `chalice` and the others declare. Most of it is for Chalice's
command line (pip, inquirer, setuptools, PyYAML...); functions import only `chalice.app`, which needs none of it.
tests/integration/tapstack_build/test_layer.py loads every function with the layer alone.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tapstack_build.errors import DeployError

RUNTIME = frozenset(
    {
        "chalice", "msgspec",
        "redis", "hiredis", "async-timeout",
        "boto3", "botocore", "jmespath", "s3transfer", "python-dateutil", "six", "urllib3",
        "pynamodb",
        "python-telegram-bot", "httpx", "httpcore", "anyio", "h11", "idna", "certifi", "typing-extensions",
    }
)  # fmt: skip
"""What functions import, with its own imports. `async-timeout` is for redis-py on Python before 3.11.3, which Debian 12
has: pip leaves it out elsewhere."""


@dataclass(frozen=True)
class Layer:
    """A layer of packages: its logical id in template.yaml, its lock file, and what functions import of that."""

    name: str
    lock: Path
    packages: frozenset[str]


LAYERS = (
    Layer("DependenciesLayer", Path("layers/dependencies/requirements.txt"), RUNTIME),
    Layer("PicturesLayer", Path("layers/pictures/requirements.txt"), frozenset({"pillow"})),
)

AWS_SERVICES = frozenset({"dynamodb", "sqs"})
"""The only services whose models botocore needs: the models are 95 % of its size."""

_UNUSED = (
    "bin",
    "boto3/examples",
    "chalice/cdk",
    "chalice/cli",
    "chalice/deploy",
    "chalice/package.py",
    "chalice/templates",
    "PIL/_avif*.so",
    "PIL/_imagingcms*.so",
    "PIL/_imagingtk*.so",
    "PIL/_webp*.so",
    "pillow.libs/libavif*",
    "pillow.libs/liblcms2*",
    "pillow.libs/libsharpyuv*",
    "pillow.libs/libwebp*",
)
"""Command lines that nothing here runs, and formats of pictures that nothing here reads or writes."""

_RECORDS = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
"""pip's records of an installation: the only files that differ between installations."""


@dataclass(frozen=True)
class Target:
    """Where the layer will run: a Python version such as "3.13", and a machine as `uname -m` names it."""

    python: str
    machine: str

    @property
    def platforms(self) -> list[str]:
        """The tags of wheels that run there, on Lambda's Amazon Linux and on a developer's glibc."""
        if self.machine not in ("x86_64", "aarch64"):
            raise DeployError(f"no wheels are known for the machine {self.machine}")
        return [f"manylinux_2_{minor}_{self.machine}" for minor in (28, 26, 17)] + [f"manylinux2014_{self.machine}"]


def runtime_requirements(lock: str, packages: frozenset[str] = RUNTIME) -> str:
    """The part of a lock file that functions import; raises DeployError if a package is missing."""
    blocks = re.split(r"\n(?=[a-z0-9])", lock.strip() + "\n")
    named = {re.split(r"[\s=;\[]", block, maxsplit=1)[0]: block for block in blocks}
    missing = packages - named.keys()
    if missing:
        raise DeployError(f"the lock file of the functions lacks {', '.join(sorted(missing))}: run `make lock`")
    return "\n".join(named[name].rstrip() for name in sorted(packages)) + "\n"


def build(layer: Layer, root: Path, target: Target, cache: Path) -> Path:
    """The layer's folder, containing `python/`; built once per lock file and target.

    Raises DeployError if pip can't get a package for the target.
    """
    requirements = runtime_requirements((root / layer.lock).read_text(encoding="utf-8"), layer.packages)
    recipe = requirements + Path(__file__).read_text(encoding="utf-8") + repr(target)
    made = cache / f"layer-{hashlib.sha256(recipe.encode()).hexdigest()[:16]}"
    if not made.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix="layer-") as folder:
            _install(requirements, target, Path(folder, "layer", "python"))
            try:
                Path(folder, "layer").rename(made)
            except OSError:  # another deployment from this checkout was faster
                if not made.exists():
                    raise
    return made


def _install(requirements: str, target: Target, folder: Path) -> None:
    wanted = folder.parent.parent / "requirements.txt"
    wanted.write_text(requirements, encoding="utf-8")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--no-deps", "--require-hashes", "--only-binary=:all:", "--no-compile", "--target", str(folder)]
    command += ["--implementation=cp", f"--python-version={target.python}", "--requirement", str(wanted)]
    command += [f"--platform={platform}" for platform in target.platforms]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        what = "pip is missing here: run `make setup`" if "No module named pip" in done.stderr else done.stderr.strip()
        raise DeployError(f"the packages for Python {target.python} on {target.machine} can't be installed: {what}")
    _trim(folder)


def _trim(folder: Path) -> None:
    for path in [path for pattern in _UNUSED for path in folder.glob(pattern)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    for service in [*folder.glob("botocore/data/*"), *folder.glob("boto3/data/*")]:
        if service.is_dir() and service.name not in AWS_SERVICES:
            shutil.rmtree(service)
    for metadata in folder.glob("*.dist-info"):
        for name in _RECORDS:
            (metadata / name).unlink(missing_ok=True)

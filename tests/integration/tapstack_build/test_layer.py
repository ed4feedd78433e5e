"""The layers as functions get them: an interpreter with nothing else on its path loads every function.

`-I -S` leaves the standard library alone: no environment of this project, no site-packages.
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from support.servers import ROOT
from tapstack_build.archives import pack
from tapstack_build.dependencies import LAYERS, Target, build

FUNCTIONS = sorted(path.parent.name for path in (ROOT / "functions").glob("*/app.py"))
LAYER_LIMIT = 6_000_000
"""Bytes, zipped: 4.5 MB now, 26 MB with all that the packages declare."""

TAPSTACK_LIMIT = 900_000
"""The game's own code, scripts, texts, its first catalogue and the questions of heists."""

PICTURES_LIMIT = 6_000_000
FONT_LIMIT = 80_000
FUNCTION_LIMIT = 20_000

HOT = ("click", "heartbeat")
HEAVY = ("boto3", "telegram", "pynamodb", "redis", "httpx", "cryptography")
EVERYTHING = """
from tapstack.composition import Container
from functools import cached_property
from tapstack.platform.settings import DEFAULTS, Settings
tables = "PLAYERS UNIQUES COUNTERS SESSIONS BOARDS LEAGUE GROUPS MESSAGES METRICS AUDIT CHATS BROADCASTS DELIVERIES "
tables = (tables + "LEDGER HOLDINGS COMMONS LIVE").split()
queues = "SYNC_QUEUE SYNC_DEAD_LETTER_QUEUE OUTBOX_QUEUE OUTBOX_DEAD_LETTER_QUEUE".split()
names = [f"{table}_TABLE" for table in tables] + [f"{queue}_URL" for queue in queues]
secrets = "TELEGRAM_BOT_TOKEN TELEGRAM_WEBHOOK_SECRET TOKEN_SIGNING_KEY".split()
env = {n: "n" for n in names} | {n: "s" * 20 for n in secrets} | {"REDIS_URL": "redis://127.0.0.1:1/0"}
c = Container(Settings.from_env({**DEFAULTS, **env}))
made = [name for name, one in vars(Container).items() if isinstance(one, cached_property)]
[getattr(c, name) for name in made if name != "chance"]  # its key is in DynamoDB
from tapstack.api import OPERATIONS
from tapstack.http.openapi import document
document(OPERATIONS)
import tapstack.bot.router
"""


@pytest.fixture(scope="module")
def target() -> Target:
    """This interpreter."""
    machine = "aarch64" if platform.machine() == "arm64" else platform.machine()
    target = Target("{}.{}".format(*sys.version_info), machine)
    return target


@pytest.fixture(scope="module")
def layer(target: Target) -> Path:
    """The dependencies for this interpreter, built as a deployment builds them."""
    return build(LAYERS[0], ROOT, target, ROOT / ".build/cloud")


@pytest.fixture(scope="module")
def pictures(target: Target) -> Path:
    """The layer of the function that draws."""
    return build(LAYERS[1], ROOT, target, ROOT / ".build/cloud")


def run(layer: Path, code: str, *more: Path) -> list[str]:
    """Runs code with the layers only; the top-level modules it has loaded from them."""
    paths = [*(str(each / "python") for each in (layer, *more)), str(ROOT / "layers/tapstack/python")]
    after = "import sys, json; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {paths!r}\n{code}\n{after}"],
        capture_output=True,
        text=True,
        env={"AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded: list[str] = json.loads(done.stdout.splitlines()[-1])
    return loaded


def loading(names: Sequence[str]) -> str:
    return "import runpy\n" + "\n".join(f"runpy.run_path({str(ROOT / f'functions/{n}/app.py')!r})" for n in names)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "cards"])
def test_function_loads_with_nothing_but_its_layers(layer: Path, name: str) -> None:
    assert "PIL" not in run(layer, loading([name]))


def test_function_that_draws_does_so_with_its_own_layer(layer: Path, pictures: Path) -> None:
    card = "tapstack.cards.model.Card('m', 'ru', 'Боб', 1815, 3)"
    drawn = "import tapstack.cards.model; assert made['painter'].draw(" + card + ")[:3] == bytes([255, 216, 255])"
    code = f"import runpy; made = runpy.run_path({str(ROOT / 'functions/cards/app.py')!r})\n{drawn}"
    loaded = run(layer, code, pictures)
    assert "PIL" in loaded
    assert not {"redis", *HEAVY} & set(loaded)


def test_every_store_and_client_works_with_nothing_but_the_layers(layer: Path) -> None:
    """boto3 finds the descriptions of the two services, PynamoDB and Powertools all they import."""
    run(layer, EVERYTHING)


@pytest.mark.parametrize("name", HOT)
def test_hot_functions_load_no_heavy_package(layer: Path, name: str) -> None:
    """Their cold start is what a player waits for; they need DynamoDB and SQS once in a thousand calls."""
    assert not set(run(layer, loading([name]))) & set(HEAVY)


def test_sam_builds_the_layer_of_the_same_files(tmp_path: Path) -> None:
    """`sam build` runs the layer's Makefile in a copy; emulators get the archive.

    What interpreters leave behind is left behind by the test: other workers' come and go while it is copied.
    """
    copy, target = tmp_path / "copy", tmp_path / "built"
    shutil.copytree(ROOT / "layers/tapstack", copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "python/tapstack/__pycache__").mkdir()
    (copy / "python/tapstack/__pycache__/left.pyc").touch()
    target.mkdir()
    command = ["make", "--silent", "-C", str(copy), "build-TapstackLayer", f"ARTIFACTS_DIR={target}"]
    subprocess.run(command, check=True)  # noqa: S603
    built = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert built == set(zipfile.ZipFile(pack("t", copy, tmp_path / "out").path).namelist())


def test_archives_stay_small(layer: Path, pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sizes = {"dependencies": pack("dependencies", layer, tmp_path).size}
    sizes["pictures"] = pack("pictures", pictures, tmp_path).size
    sizes["tapstack"] = pack("tapstack", ROOT / "layers/tapstack", tmp_path).size
    functions = {name: pack(name, ROOT / "functions" / name, tmp_path).size for name in FUNCTIONS}
    with capsys.disabled():
        print("\nzipped bytes:", json.dumps(sizes | functions))
    assert sizes["dependencies"] < LAYER_LIMIT
    assert sizes["pictures"] < PICTURES_LIMIT
    assert sizes["tapstack"] < TAPSTACK_LIMIT
    assert functions.pop("cards") < FONT_LIMIT
    assert max(functions.values()) < FUNCTION_LIMIT

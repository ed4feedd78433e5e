"""Every command that the pages tell people to type, typed in a bare shell beside a running game.

`make` is asked for its recipe (`make -n`), `npm run` has to be a script of the Mini App, and `aws` is checked against
the services' own models (unit/docs/test_aws_commands.py). Everything else runs, but for what INSTEAD lists.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from e2e.game.places import SETTINGS
from support.servers import ROOT
from tapstack.cli import cli
from tapstack_local.testing import Game

PAGES = (
    *("README.md", "SECURITY.md", "miniapp/README.md"),  # the local Telegram's is about an environment of its own
    *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md"))),
)
COMMAND = re.compile(
    r"(?:[A-Z_]+=\S* )*(?:make|tapstack|\S*python3?|npm|npx|node|git|docker|aws|curl|pip|pipx|sam|uv|cd|ln|cp|rm)"
    r"(?: .*)?"
)
NOT_CHECKED_HERE = re.compile(r"(?:aws|sam|pipx)\b.*|make")
"""Names of programs, and what needs AWS: `aws` and `sam` have tests of their own."""

SAFE = re.compile(rf"(?:[A-Z_]+=\S* )*(?:make -n |test -f |\.venv/bin/python |{ROOT}/\.venv/bin/tapstack\b)")
"""What a test runs without being told in INSTEAD: a page may name what installs or deletes something."""

INSTEAD = {
    ".venv/bin/python -m pytest --randomly-seed=4711 tests/unit": (
        ".venv/bin/python -m pytest --randomly-seed=4711 --collect-only -q tests/unit/platform/test_breaker.py",
        "takes a minute",
    ),
    "ATTACK_URL=http://127.0.0.1:8080 make attack": ("make -n attack", "takes 20 minutes"),
    **{
        command: (".venv/bin/python -m bench sockets --help", "takes minutes")
        for command in (
            ".venv/bin/python -m bench sockets",
            "python -m bench sockets",
            "python -m bench sockets --rounds 1",
        )
    },
    "python tests/bench/record_taps.py 17765cb~1 6000 15": (
        "test -f tests/bench/record_taps.py",
        "takes a minute, and needs the commit in the checkout's history",
    ),
    "python -m bench --quick": (".venv/bin/python -m bench --help", "takes minutes"),
    "git checkout <the previous commit> && make deploy": ("make -n deploy", "deploys to AWS"),
    "docker compose up": ("test -f docker-compose.yml", "needs Docker"),
    **{
        f"docker compose {command}": ("test -f docker-compose.yml", "needs Docker")
        for command in (
            "--profile production up --detach --build proxy",
            "--profile production up --detach proxy",
            "exec -T game python -m tapstack_local backup /backups --keep 14",
            "exec game python -m tapstack ...",
            "exec game python -m tapstack_local health",
            "logs game",
            "ps",
            "run --rm game python -m tapstack_local restore /backups/tapstack-20261122T010203Z.zip",
            "stop game",
        )
    },
    "git pull": ("test -f .gitignore", "needs a remote repository"),
    "make restore ARCHIVE=...": ("make -n restore ARCHIVE=x", "replaces the game"),
    "STORES=aws AWS_REGION=eu-central-1 .venv/bin/python -m tapstack_local create-stores": (
        ".venv/bin/python -m tapstack_local create-stores --help",
        "creates tables on AWS",
    ),
    **{
        f"tapstack {command}": (f"tapstack {help_} --help", "needs a player, and changes the game")
        for command, help_ in (
            ("economy show <player>", "economy show"),
            ("--yes economy rebuild <player>", "economy rebuild"),
            (
                'economy grant <player> --coins 250 --item espresso=2 --why "lost in the outage of 21 November"',
                "economy grant",
            ),
            ('economy grant <player> --coins -250 --why "granted twice"', "economy grant"),
        )
    },
    **{
        f"tapstack chat {command}": (f"tapstack chat {command.split()[0]} --help", "needs a report, or a player")
        for command in (
            "remove ID",
            "dismiss ID",
            'mute PLAYER --hours 24 [--room faction:7] --reason "..."',
            "unmute PLAYER [--room faction:7]",
        )
    },
    **{
        f"tapstack faction {command}": (f"tapstack faction {command.split()[0]} --help", "needs a faction")
        for command in ('rename FACTION NAME --reason "..."', 'dissolve FACTION --reason "..."')
    },
    "tapstack --json show <player>": ("tapstack show --help", "needs a player"),
    "tapstack chat": ("tapstack chat --help", "names a group of commands"),
    ".venv/bin/python -m tapstack.live.asyncapi > miniapp/asyncapi.json": (
        "test -f miniapp/asyncapi.json",
        "writes into the checkout: tests/unit/live holds the file to the code",
    ),
    ".venv/bin/python -m tapstack.heists layers/catalogue/heists > "
    "layers/tapstack/python/tapstack/heists/built_in.json": (
        "test -f layers/tapstack/python/tapstack/heists/built_in.json",
        "writes into the checkout: tests/unit/heists holds the file to the questions",
    ),
    ".venv/bin/python -m tapstack_local live --port 4600 --invoke "
    "'http://127.0.0.1:4566/2015-03-31/functions/{function}/invocations' --route '$default=<name>' ...": (
        ".venv/bin/python -m tapstack_local live --help",
        "needs LocalStack",
    ),
    "tapstack sim --players 20000": ("tapstack sim --players 50 --days 1", "takes half a minute"),
    ".venv/bin/python -m tapstack.economy.catalogue layers/catalogue > "
    "layers/tapstack/python/tapstack/economy/catalogue/built_in.json": (
        "test -f layers/tapstack/python/tapstack/economy/catalogue/built_in.json",
        "writes into the checkout: tests/unit/economy holds the file to the catalogue",
    ),
    'tapstack broadcast start --text-en "A new week" --button-en "Play -> startapp:week" --phot'
    "o https://example.org/week.png --audience all --preview-to 4711": (
        "tapstack broadcast start --help",
        "needs a bot that sends the preview",
    ),
    "tapstack broadcast start --audience all --preview-to 4711 --photo https://example.org/autu"
    'mn.png --text-en "<b>A new week</b>" --button-en "Play -> startapp:week | Rules -> https:/'
    '/example.org/rules" --text-ru @week-ru.html --button-ru "Играть -> startapp:week" --button'
    '-ru "Правила -> https://example.org/ru"': (
        "tapstack broadcast start --help",
        "needs a bot that sends the preview",
    ),
    "tapstack broadcast ...": ("tapstack broadcast --help", "stands for several commands"),
    "npm ci": ("test -f miniapp/package-lock.json", "installs packages from the network"),
    "tapstack broadcast stop <id>": ("tapstack broadcast stop --help", "needs a broadcast that is running"),
    "tapstack broadcast resume <id>": ("tapstack broadcast resume --help", "needs a broadcast that was stopped"),
    "tapstack": ("tapstack --help", "names the program"),
    "AWS_REGION=$REGION .venv/bin/python -m tapstack_aws.tables restored $TABLE": (
        ".venv/bin/python -c 'import tapstack_aws.tables'",
        "writes a table on AWS",
    ),
}
"""Commands that a test can't run, what it runs instead, and why."""


def commands(page: str) -> Iterator[str]:
    """The commands of a page: lines of its code blocks, without remarks, and those in the text."""
    text = re.sub(r"^```.*?^```", "", (ROOT / page).read_text(), flags=re.MULTILINE | re.DOTALL)
    blocks = re.findall(r"^ {4,}(\S.*)$", text, re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", text)
    for line in (*blocks, *spans):
        command = re.sub(r"\s+#.*", "", line).strip()
        if COMMAND.fullmatch(command) and not NOT_CHECKED_HERE.fullmatch(command):
            yield command


ALL = sorted({command for page in PAGES for command in commands(page)})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which a game runs, as it does in the checkout after `make up`; with what the commands name."""
    folder = tmp_path_factory.mktemp("documented")
    (folder / "news-ru.html").write_text("<b>Новости</b>")
    with Game(ROOT, folder / ".local", {**SETTINGS, "WEB_WORKERS": "1"}):
        yield folder


@cache
def bare(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command as a new terminal would, once: nothing in its environment but where programs are."""
    environment = {"HOME": str(Path.home()), "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    return subprocess.run(  # noqa: S603
        ["/bin/sh", "-c", command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.fixture(scope="module")
def broadcast_id(folder: Path) -> str:
    """A broadcast that nobody gets, to be shown."""
    start = f"{ROOT}/.venv/bin/tapstack --json --yes broadcast start --text-en x --audience language=xx"
    done = bare(start, folder)
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["id"])


@pytest.mark.parametrize("command", ALL)
def test_documented_command_works_in_a_bare_shell(command: str, folder: Path, broadcast_id: str) -> None:
    command = INSTEAD.get(command, (command, ""))[0]
    if script := re.fullmatch("npm run (.*)", command):
        assert script[1] in json.loads((ROOT / "miniapp/package.json").read_text())["scripts"]
        return
    if asked := re.fullmatch("tapstack (.*) --help", command):
        # Without a process for each: that the program starts in a bare shell is tested with all other commands.
        shown = CliRunner().invoke(cli, [*asked[1].split(), "--help"])
        assert shown.exit_code == 0, shown.output
        return
    command = re.sub(r"\bmake (?!-n)", "make -n ", command)
    command = command.replace("CHAT_ID", "1").replace("<id>", broadcast_id)
    command = re.sub(r"^tapstack\b", f"{ROOT}/.venv/bin/tapstack", command)
    assert SAFE.match(command), f"say in INSTEAD what a test may run in the place of {command}"
    # `tapstack` in the folder of a game; all else is about the checkout
    done = bare(command, folder if "/bin/tapstack" in command else ROOT)
    assert done.returncode == 0, f"{command}\n{done.stdout[-1000:]}\n{done.stderr[-2000:]}"


def test_every_substitute_is_of_a_command_that_a_page_names() -> None:
    assert not INSTEAD.keys() - set(ALL)
    assert len(ALL) > 40


@pytest.mark.parametrize("program", ["tapstack", "python -m tapstack"])
def test_command_line_works_in_any_folder_without_an_environment(program: str, tmp_path: Path) -> None:
    done = bare(f"{ROOT}/.venv/bin/{program} --help", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: tapstack " in done.stdout

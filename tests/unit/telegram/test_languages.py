"""A language is a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SPANISH = '''"""Spanish."""

THOUSANDS = "."


def plural(count: int) -> str:
    return "one" if count == 1 else "other"


TEXTS = {
    "language": "Español",
    "home.hello": "¡Hola, <b>{name}</b>!",
    "home.own": "Tus toques: <b>{clicks}</b>",
    "home.goal": {"one": "🎯 {count} toque más para {goal}", "other": "🎯 {count} toques más para {goal}"},
    "b.language": "🌐 Idioma: {language}",
}
'''

PROGRAM = """
import sys
import tapstack.telegram
folder = sys.argv[1]
import importlib.util, pathlib
spec = importlib.util.find_spec("tapstack.telegram.texts")
spec.submodule_search_locations.append(folder)
texts = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = texts
spec.loader.exec_module(texts)
from tapstack.bot.scene_list import TEXTS
from tapstack.players.scenes.settings import CHOICES
from tapstack.telegram.texts import language_of
print(CHOICES)
print(language_of("es-AR"), TEXTS.say("home.hello", "es", name="Ada"), TEXTS.say("home.own", "es", clicks=1234567))
print(TEXTS.say("home.goal", "es", count=1, goal=1000), TEXTS.say("home.goal", "es", count=2, goal=1000))
print(TEXTS.plain("b.language", "es", language=TEXTS.plain("language", "es")), TEXTS.plain("b.skip", "es"))
"""


def test_third_language_is_a_file_and_what_it_lacks_is_said_in_english(tmp_path: Path) -> None:
    (tmp_path / "es.py").write_text(SPANISH, encoding="utf-8")
    run = subprocess.run(  # noqa: S603 - this interpreter, this program
        [sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, check=False, env=_env()
    )
    assert run.stdout.splitlines() == [
        "('', 'en', 'es', 'ru')",
        "es ¡Hola, <b>Ada</b>! Tus toques: <b>1.234.567</b>",
        "🎯 1 toque más para 1.000 🎯 2 toques más para 1.000",
        "🌐 Idioma: Español Skip for now",
    ], run.stderr


def _env() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8"}

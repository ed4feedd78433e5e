from __future__ import annotations

from support.draw_examples import FILE, text


def test_mini_app_is_held_to_the_draws_of_the_rules() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "PYTHONPATH=tests python -m support.draw_examples"

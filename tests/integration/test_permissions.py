"""What functions do so rarely that no other test sees them do it: `make_game` fails where a role does not allow it."""

from __future__ import annotations

import pytest
from support.game import Game, TestContainer, create_aws, make_settings
from support.permissions import refused, running
from tapstack.players import accounts
from tapstack.players.rules.names import MAX_HELD_NAMES


@pytest.mark.parametrize("function", ["players", "webhook"])
def test_player_may_give_up_more_names_than_are_kept(game: Game, function: str) -> None:
    ada = game.sign_in(1)
    with running(function):
        for n in range(MAX_HELD_NAMES + 3):
            player, _ = accounts.rename(game.stores, ada.id, f"Ada_{n}")
    assert player.username == f"Ada_{MAX_HELD_NAMES + 2}"


def test_call_that_a_role_does_not_allow_is_noticed(redis_url: str, aws_endpoint: str) -> None:  # noqa: ARG001
    settings = create_aws(make_settings(redis_url))
    with refused([settings]) as refusals, running("cleanup"):
        TestContainer(settings).counters.scan_page(None)
    assert refusals == {("cleanup", "dynamodb:Scan", "CountersTable")}


def test_secret_that_a_function_does_not_hold_is_noticed(redis_url: str, aws_endpoint: str) -> None:  # noqa: ARG001
    settings = make_settings(redis_url)
    with refused([settings]) as refusals, running("sync"):
        assert settings.http.token_signing_keys
    assert refusals == {("sync", "reads", "TOKEN_SIGNING_KEY")}

from __future__ import annotations

from operator import attrgetter

import pytest
from tapstack.platform.settings import DEFAULTS, ConfigError, Settings, TableSettings

SETTINGS = Settings.by_path()
ENV = {
    "REDIS_URL": "redis://localhost:6379/0",
    **{table.variable: name for name, table in TableSettings.settings()},
    "OUTBOX_QUEUE_URL": "https://outbox",
    "OUTBOX_DEAD_LETTER_QUEUE_URL": "https://outbox-dead",
    "SYNC_QUEUE_URL": "https://queue",
    "SYNC_DEAD_LETTER_QUEUE_URL": "https://dead",
    "TELEGRAM_BOT_TOKEN": "7000000001:token-of-the-bot",
    "TELEGRAM_WEBHOOK_SECRET": "secret-of-the-webhook",
    "TOKEN_SIGNING_KEY": "signing-key-of-the-tests",
}


def faults(**changes: str) -> str:
    with pytest.raises(ConfigError) as error:
        Settings.from_env({**ENV, **changes})
    return str(error.value)


@pytest.mark.parametrize("name", SETTINGS)
def test_setting_that_a_function_does_not_hold_is_refused_where_it_is_read(name: str) -> None:
    """Never replaced by a guess: a function that took 16 buckets where there are 32 would lose half of the players."""
    variable = SETTINGS[name].variable
    nobody = Settings.from_env({})
    if SETTINGS[name].default is None:
        with pytest.raises(ConfigError, match=f"{variable} is not set"):
            attrgetter(name)(nobody)
    else:
        assert attrgetter(name)(nobody) == SETTINGS[name].default
    assert attrgetter(name)(Settings.from_env({**DEFAULTS, **ENV})) is not None


@pytest.mark.parametrize("name", ENV)
def test_settings_with_an_empty_value_are_refused_at_once(name: str) -> None:
    assert f"{name} is not set" in faults(**{name: " "})


def test_empty_setting_that_has_a_default_is_the_default() -> None:
    """As in a copied .env.example."""
    settings = Settings.from_env(ENV | dict.fromkeys([*DEFAULTS, "TOKEN_TTL_S"], ""))
    assert settings.values == Settings.from_env({**DEFAULTS, **ENV}).values
    assert settings.http.token_ttl_s == 3_600


def test_settings_with_several_faults_list_them_all() -> None:
    found = faults(REDIS_URL=" ", BUCKETS="0", TAPS_PER_S="x", TOKEN_SIGNING_KEY="short")
    for name in ("REDIS_URL", "BUCKETS", "TAPS_PER_S", "TOKEN_SIGNING_KEY"):
        assert name in found


def test_tools_have_the_documented_defaults() -> None:
    settings = Settings.from_env({**DEFAULTS, **ENV})
    assert (settings.play.taps_per_s, settings.play.buckets, settings.play.session_idle_s) == (25, 16, 60)
    assert (settings.play.requests_per_s_budget, settings.telegram.init_data_max_age_s) == (1_000, 86_400)
    assert (settings.telegram.api_base, settings.redis.cluster) == ("https://api.telegram.org", False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TAPS_PER_S", "0"),
        ("TAPS_PER_S", "-1"),
        ("TAPS_PER_S", "2.5"),
        ("TAPS_PER_S", "٣"),
        ("TAPS_PER_S", "1e3"),
        ("BUCKETS", "101"),
        ("SESSION_IDLE_S", "1"),
        ("SYNC_EVERY_S", "0"),
        ("SYNC_EVERY_S", "61"),
        ("SYNC_AT_DIRTY", "-1"),
        ("REDIS_CLUSTER", "2"),
        ("REDIS_MAX_CONNECTIONS", "0"),
        ("TOKEN_TTL_S", "100000"),
    ],
)
def test_settings_with_a_number_out_of_range_are_refused(name: str, value: str) -> None:
    assert name in faults(**{name: value})


def test_count_of_dirty_players_can_be_switched_off() -> None:
    """With 0, as an empty value is the default."""
    assert Settings.from_env({**DEFAULTS, **ENV, "SYNC_AT_DIRTY": "0"}).play.sync_at_dirty == 0
    assert Settings.from_env({**DEFAULTS, **ENV, "SYNC_AT_DIRTY": ""}).play.sync_at_dirty == 100


def test_settings_with_several_keys_keep_them_newest_first() -> None:
    settings = Settings.from_env({**ENV, "TOKEN_SIGNING_KEY": "new-key-0123456789 , old-key-0123456789,"})
    assert settings.http.token_signing_keys == ("new-key-0123456789", "old-key-0123456789")


def test_settings_with_one_short_key_among_long_ones_are_refused() -> None:
    """Anybody could guess it and sign tokens with it."""
    assert "TOKEN_SIGNING_KEY" in faults(TOKEN_SIGNING_KEY="new-key-0123456789,x")


def test_settings_with_nothing_but_commas_have_no_keys_and_are_refused() -> None:
    """Without a key nobody could be let in; without this check, it shows as a crash of every sign-in."""
    assert "TOKEN_SIGNING_KEY" in faults(TOKEN_SIGNING_KEY=" , ")
    assert "TELEGRAM_BOT_TOKEN" in faults(TELEGRAM_BOT_TOKEN=",")


def test_settings_never_show_their_secrets() -> None:
    shown = repr(Settings.from_env(ENV))
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "TOKEN_SIGNING_KEY"):
        assert ENV[name] not in shown
    assert ENV["TOKEN_SIGNING_KEY"] not in faults(BUCKETS="0")


@pytest.mark.parametrize("value", ["9" * 5_000, str(10**30), "-1", "1e3", "²", "1_0"])
def test_number_beyond_all_bounds_is_a_fault_like_any_other(value: str) -> None:
    with pytest.raises(ConfigError, match="TAPS_PER_S"):
        Settings.from_env({**ENV, "TAPS_PER_S": value})

"""The environment of the functions: what the settings give, this game's own servers, and the template's variables."""

import os
from collections.abc import Iterable, Mapping

from tapstack_local.errors import SettingsError
from tapstack_local.local_secrets import GAME_SECRETS, local_secrets
from tapstack_local.settings import Settings
from tapstack_local.template.model import App

LOCAL_BOT = "tapstack_local_bot"
"""The local Telegram's bot, unless TELEGRAM_BOT_USERNAME names another."""


NO_LIVE: Mapping[str, str] = {}


def base_environment(
    settings: Settings, redis_url: str, endpoint_url: str, telegram_url: str = "", live: Mapping[str, str] = NO_LIVE
) -> dict[str, str]:
    """Return the environment of a child that knows the backing services, without the template's own variables.

    `telegram_url` is the local Telegram, if there is one; `live` says where its WebSocket API is.

    With `STORES=aws` there is no endpoint to name. If the AWS endpoint was started here, region and credentials are
    this game's, which the endpoint requires (emulator/guard.py): a developer's own AWS profile must neither leak into
    the emulator nor be looked up by boto3.
    """
    own = local_secrets(settings.state_dir)
    defaults = {name: own[name] for name in GAME_SECRETS}
    defaults["MINIAPP_URL"] = f"{settings.public_url or settings.url}/app/"
    if settings.production:
        defaults |= {"TRUSTED_PROXIES": "1", "CHANCE_ENABLED": "0"}
    if telegram_url:
        defaults |= {"TELEGRAM_API_BASE": telegram_url, "TELEGRAM_BOT_USERNAME": LOCAL_BOT}
    environment = defaults | dict(live) | settings.given | {"REDIS_URL": redis_url}
    if settings.on_aws:
        return environment | aws_region(settings.given)
    environment |= {"AWS_ENDPOINT_URL": endpoint_url, "AWS_EC2_METADATA_DISABLED": "true"}
    if "AWS_ENDPOINT_URL" in settings.given:
        environment.setdefault("AWS_DEFAULT_REGION", "us-east-1")
        return environment
    for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_CONFIG_FILE"):
        environment.pop(name, None)
    return environment | {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": own["AWS_ACCESS_KEY_ID"],
        "AWS_SECRET_ACCESS_KEY": own["AWS_SECRET_ACCESS_KEY"],
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def aws_region(given: Mapping[str, str]) -> dict[str, str]:
    """Return the region under both of its names; credentials are boto3's own business: a key, a profile, a role."""
    region = given.get("AWS_REGION") or given.get("AWS_DEFAULT_REGION")
    if not region:
        raise SettingsError("STORES=aws needs AWS_REGION, the region of the tables and queues")
    return {"AWS_REGION": region, "AWS_DEFAULT_REGION": region}


def function_environment(app: App, base: Mapping[str, str]) -> dict[str, str]:
    """Return the one environment that all functions share, `base` winning over the template.

    Raises SettingsError if the template gives a name two values, or none that exists here.
    """
    merged: dict[str, str] = dict(base)
    owners: dict[str, str] = {}
    for function in app.functions.values():
        _refuse_missing(function.id, _without(function.missing, base))
        for name, value in _without(function.environment, base).items():
            if merged.setdefault(name, value) != value:
                raise SettingsError(
                    f"{owners[name]} and {function.id} give {name} different values; all functions share one "
                    f"process here: use one value, or set {name} in .env"
                )
            owners.setdefault(name, function.id)
    return merged


def _without(values: Mapping[str, str], base: Iterable[str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name not in base}


def _refuse_missing(function: str, missing: Mapping[str, str]) -> None:
    for name, reason in missing.items():
        raise SettingsError(f"{function}: {name} refers to {reason}; set {name} in .env or the environment")

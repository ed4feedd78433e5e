"""The steps after `sam deploy`: upload the Mini App, and set the bot's webhook at Telegram."""

from __future__ import annotations

import json
import mimetypes
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tapstack_build.errors import DeployError

from tapstack_aws.preflight import Clients, read_secret

IMMUTABLE = "public, max-age=31536000, immutable"

SetUpBot = Callable[[list[str], Mapping[str, str]], int]


def publish(stage: str, clients: Clients, dist: Path, set_up_bot: SetUpBot) -> dict[str, str]:
    """Uploads the Mini App and sets up the bot; returns the stack's outputs. `set_up_bot` is botctl's main."""
    if not (dist / "index.html").is_file():
        raise DeployError(f"the Mini App is not built: {dist}/index.html is missing")
    stack = clients("cloudformation").describe_stacks(StackName=f"tapstack-{stage}")["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    s3 = clients("s3")
    # Pages refer to hashed assets, so the assets go first: no visitor gets a page before its assets.
    for path in sorted((p for p in dist.rglob("*") if p.is_file() and not p.name.startswith(".")), key=_pages_last):
        s3.put_object(
            Bucket=outputs["SiteBucket"],
            Key=f"app/{path.relative_to(dist).as_posix()}",
            Body=path.read_bytes(),
            ContentType=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            CacheControl=IMMUTABLE if path.parent.name == "assets" else "no-cache",
        )
    paths = {"Quantity": 1, "Items": ["/app/*"]}
    batch = {"Paths": paths, "CallerReference": str(time.time_ns())}
    clients("cloudfront").create_invalidation(DistributionId=outputs["SiteId"], InvalidationBatch=batch)
    secret = json.loads(read_secret(stage, clients("secretsmanager"))["SecretString"])
    bot = {
        "TELEGRAM_BOT_TOKEN": secret["telegram_bot_token"],
        "TELEGRAM_WEBHOOK_SECRET": secret["telegram_webhook_secret"],
        "WEBHOOK_URL": f"{outputs['ApiUrl']}/telegram/webhook",
        "MINIAPP_URL": f"{outputs['SiteUrl']}/app/",
    }
    if set_up_bot(["setup"], bot):
        raise DeployError("the game is deployed, but the bot is not set up: fix the error above and deploy again")
    return outputs


def _pages_last(path: Path) -> tuple[bool, str]:
    return path.suffix == ".html", path.as_posix()

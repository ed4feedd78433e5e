"""What an operator does with the bot: `python -m tapstack.bot.botctl setup | poll`.

`setup` tells Telegram the webhook (WEBHOOK_URL, left as it is where that is not set), the commands in all languages,
the descriptions and the menu button. `poll` is for a game that Telegram can't reach: it fetches updates and delivers
them to GAME_URL as Telegram would; answers go back the same way.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping

from telegram.error import TelegramError

from tapstack.bot.groups import COMMANDS as GROUP_COMMANDS
from tapstack.bot.scene_list import OFFERED, TEXTS
from tapstack.platform.logs import protect
from tapstack.platform.settings import TELEGRAM, button_url
from tapstack.telegram.client import make_bot
from tapstack.telegram.polling import poll
from tapstack.telegram.setup import set_up


def main(arguments: list[str], env: Mapping[str, str]) -> int:
    """Runs one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="botctl", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("command", choices=["setup", "poll"])
    command = parser.parse_args(arguments).command
    token = env.get("TELEGRAM_BOT_TOKEN", "").split(",")[0].strip()
    secret = env.get("TELEGRAM_WEBHOOK_SECRET", "").strip()
    base = (env.get("TELEGRAM_API_BASE", "").strip() or TELEGRAM).rstrip("/")
    if not token or not secret:
        print("botctl: set TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET", file=sys.stderr)
        return 2
    protect((*env.get("TELEGRAM_BOT_TOKEN", "").split(","), secret))
    bot = make_bot(token, base)
    try:
        if command == "setup":
            webhook = env.get("WEBHOOK_URL", "").strip()
            url = button_url(env.get("MINIAPP_URL", "").strip(), base)
            commands = {"private": OFFERED, "group": GROUP_COMMANDS}
            name = asyncio.run(set_up(bot, TEXTS, **commands, webhook_url=webhook, secret=secret, button_url=url))
            print(f"@{name} is set up at {base}{f', webhook {webhook}' if webhook else ''}")
        else:
            asyncio.run(poll(bot, env.get("GAME_URL", "http://127.0.0.1:8080").rstrip("/"), secret))
    except KeyboardInterrupt:
        return 130
    except TelegramError as error:
        print(f"botctl: {base}: {error.message}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))

"""python -m tapstack_aws check|version|publish STAGE REGION: the steps before and after `sam deploy`.

`version` prints the secret's version. The deployment passes it to the functions, because CloudFormation resolves
`{{resolve:secretsmanager:...}}` again only in a resource that also changes in some other way:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from tapstack_build.errors import DeployError

from tapstack_aws.preflight import check, version
from tapstack_aws.publish import publish

DIST = Path("miniapp/dist")


def main(arguments: list[str]) -> int:
    """Runs one command; returns 0 on success, 1 with a message on failure."""
    import boto3
    from tapstack.bot import botctl

    parser = argparse.ArgumentParser(prog="python -m tapstack_aws", description=__doc__.partition("\n")[0])
    parser.add_argument("command", choices=["check", "version", "publish"])
    parser.add_argument("stage")
    parser.add_argument("region")
    given = parser.parse_args(arguments)
    known: dict[str, Any] = {}

    def clients(service: str) -> Any:
        return known.setdefault(service, boto3.client(service, region_name=given.region or "us-east-1"))

    try:
        if given.command == "check":
            account = check(given.stage, given.region, clients)
            print(f"deploying tapstack-{given.stage} to {given.region} of account {account}")
        elif given.command == "version":
            print(version(given.stage, clients))
        else:
            outputs = publish(given.stage, clients, DIST, botctl.main)
            print(f"play at {outputs['SiteUrl']}/app/\nthe API is at {outputs['SiteUrl']}/v1")
    except DeployError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except (BotoCoreError, ClientError) as error:
        print(f"error: AWS failed half-way; run `make deploy` again to continue: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The steps of a deployment, in order: check the endpoint, build, upload, change the stack, call the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tapstack_build.archives import Archive, build_all, print_sizes
from tapstack_build.errors import DeployError
from tapstack_build.layer import CACHE
from tapstack_local.template import source as template

from tapstack_localstack.deployment import smoke
from tapstack_localstack.deployment.endpoint import Endpoint, address
from tapstack_localstack.deployment.settings import Settings
from tapstack_localstack.deployment.stack import Stack


def deploy(known: Settings, *, check: bool = True) -> str:
    """Creates or updates the deployment; returns the API's address."""
    endpoint = _endpoint(known)
    source = template.load(known.root / "template.yaml")
    target = endpoint.target()
    print(f"{endpoint.url} runs functions with Python {target.python} on {target.machine}")
    archives = build_all(known.root, source, target, _work(known))
    print_sizes(archives)
    bucket = _bucket(known)
    uploaded = _upload(endpoint, bucket, archives)
    print(f"uploaded {uploaded} of {len(archives)} archives, the others were uploaded before")
    stack = Stack(endpoint, known.stack)
    body = template.with_archives(source, {a.name: f"s3://{bucket}/{a.key}" for a in archives})
    url = _upload_template(endpoint, bucket, body)
    outcome = stack.deploy(url, known.parameters(source), f"deploy-{_version(archives)}")
    url = api_url(endpoint, outcome.outputs)
    print(f"{known.stack} is {outcome.what}: {url}")
    if seen_from_telegram := known.given.get("TELEGRAM_WEBHOOK_HOST"):
        _set_up_bot(known, url.replace(endpoint.url, seen_from_telegram.rstrip("/"), 1))
    if check:
        _play(known, source, url, endpoint)
    return url


def check(known: Settings) -> None:
    """Calls the API of a deployed stack."""
    endpoint = _endpoint(known)
    outputs = Stack(endpoint, known.stack).outputs()
    if not outputs:
        raise DeployError(f"there is no stack {known.stack} at {endpoint.url}: `make deploy-local` creates one")
    _play(known, template.load(known.root / "template.yaml"), api_url(endpoint, outputs), endpoint)


def destroy(known: Settings) -> None:
    """Deletes the stack, its artifacts and the tables that the template retains."""
    endpoint = _endpoint(known)
    stack = Stack(endpoint, known.stack)
    kept = template.retained(template.load(known.root / "template.yaml"))
    tables = [physical for name, (_, physical) in stack.resources().items() if name in kept] if stack.status() else []
    stuck = stack.delete()
    if stuck is None:
        print(f"there is no stack {known.stack} at {endpoint.url}")
    else:
        print(f"{known.stack} is deleted")
    if stuck:
        print(f"the emulator did not delete {', '.join(stuck)}; schedules among them keep firing until it is restarted")
    _delete_tables(endpoint, tables)
    _delete_bucket(endpoint, _bucket(known))


def api_url(endpoint: Endpoint, outputs: Mapping[str, str]) -> str:
    """The API's address at an emulator, as a path, which needs no name resolution."""
    return f"{endpoint.url}/restapis/{outputs['ApiId']}/v1/_user_request_"


def _endpoint(known: Settings) -> Endpoint:
    endpoint = Endpoint(address({**known.running, **known.given}))
    endpoint.check()
    return endpoint


def _set_up_bot(known: Settings, url: str) -> None:
    """Sets the bot's webhook, commands and menu button at TELEGRAM_API_BASE."""
    from tapstack.bot import botctl

    if botctl.main(["setup"], {**known.given, "WEBHOOK_URL": f"{url}/telegram/webhook"}):
        raise DeployError("the game is deployed, but the bot is not set up: fix the error above and deploy again")


def _play(known: Settings, source: Mapping[str, Any], url: str, endpoint: Endpoint) -> None:
    for line in smoke.play(url, known.parameters(source)["TelegramBotToken"].split(",")[0], endpoint.url):
        print(line)


def _work(known: Settings) -> Path:
    """The folder where archives are built; BUILD_DIR replaces it if the repository is read-only."""
    return known.root / known.given.get("BUILD_DIR", CACHE)


def _version(archives: Iterable[Archive]) -> str:
    import hashlib
    import time

    content = "".join(archive.sha256 for archive in archives).encode()
    return f"{hashlib.sha256(content).hexdigest()[:12]}-{time.time_ns() // 1_000_000}"


def _bucket(known: Settings) -> str:
    return f"{known.stack.lower()}-artifacts"


def _upload(endpoint: Endpoint, bucket: str, archives: Iterable[Archive]) -> int:
    """Uploads archives that the bucket does not have yet; returns their number."""
    s3 = endpoint.client("s3")
    uploaded = 0
    with endpoint.explained("uploading the archives"):
        s3.create_bucket(Bucket=bucket)
        there = {row["Key"] for row in s3.list_objects_v2(Bucket=bucket).get("Contents", [])}
        for archive in archives:
            if archive.key not in there:
                s3.put_object(Bucket=bucket, Key=archive.key, Body=archive.path.read_bytes())
                uploaded += 1
    return uploaded


def _upload_template(endpoint: Endpoint, bucket: str, body: str) -> str:
    """The template's address for CloudFormation: 51,200 bytes fit in a request, 1 MB in a bucket.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    """
    with endpoint.explained("uploading the template"):
        endpoint.client("s3").put_object(Bucket=bucket, Key="template.json", Body=body.encode())
    return f"{endpoint.url}/{bucket}/template.json"


def _delete_tables(endpoint: Endpoint, tables: Iterable[str]) -> None:
    dynamodb = endpoint.client("dynamodb")
    with endpoint.explained("deleting the tables"):
        there = {name for page in dynamodb.get_paginator("list_tables").paginate() for name in page["TableNames"]}
        for name in there & set(tables):
            dynamodb.delete_table(TableName=name)
            print(f"deleted table {name}")


def _delete_bucket(endpoint: Endpoint, bucket: str) -> None:
    s3 = endpoint.client("s3")
    with endpoint.explained("deleting the archives"):
        if bucket not in {row["Name"] for row in s3.list_buckets()["Buckets"]}:
            return
        for row in s3.list_objects_v2(Bucket=bucket).get("Contents", []):
            s3.delete_object(Bucket=bucket, Key=row["Key"])
        s3.delete_bucket(Bucket=bucket)

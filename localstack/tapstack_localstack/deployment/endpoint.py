"""The emulator of a deployment: its address, whether it answers, and its functions' Python version."""

from __future__ import annotations

import io
import json
import os
import secrets
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from tapstack_build.dependencies import Target
from tapstack_build.errors import DeployError

DEFAULT = "http://localhost:4566"
REGION = "us-east-1"
_TIMEOUT_S = 120
_REFUSED = ("InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException", "AccessDenied", "403")
_PROBE = "import platform\ndef handler(*_):\n    return platform.python_version_tuple()[:2] + (platform.machine(),)\n"
_PROBE_ROLE = "arn:aws:iam::000000000000:role/probe"
_RUNTIME = "python3.13"


def address(environment: Mapping[str, str]) -> str:
    """The endpoint named by AWS_ENDPOINT_URL or LOCALSTACK_HOST, else LocalStack's default.

    Raises DeployError unless it can be an emulator.
    """
    host = environment.get("LOCALSTACK_HOST", "").strip()
    url = environment.get("AWS_ENDPOINT_URL", "").strip() or (f"http://{host}" if host else DEFAULT)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise DeployError(f"AWS_ENDPOINT_URL={url} is not an address: write it like {DEFAULT}")
    if parts.hostname.endswith((".amazonaws.com", ".amazonaws.com.cn", ".api.aws")):
        raise DeployError(f"{url} is AWS itself: `make deploy STAGE=...` deploys there, this command to emulators only")
    return url.rstrip("/")


def function_url(endpoint: str, url: str) -> tuple[str, dict[str, str]]:
    """Where an emulator answers a function URL, and the headers that it needs there: without name resolution."""
    parts = urlsplit(url)
    if parts.netloc.endswith(".on.aws"):  # MiniStack gives AWS's names, and knows a path for each
        return f"{endpoint}/_aws/lambda-url/{parts.netloc.partition('.')[0]}{parts.path}", {}
    return f"{endpoint}{parts.path}", {"Host": parts.netloc}


class Endpoint:
    """A LocalStack-compatible endpoint and its clients, created by localstack-client."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._clients: dict[str, Any] = {}

    def client(self, service: str) -> Any:
        """The boto3 client of a service; raises DeployError if localstack-client is missing."""
        if service not in self._clients:
            self._clients[service] = self._session().client(service, config=_config(service))
        return self._clients[service]

    def _session(self) -> Any:
        try:
            from localstack_client.session import Session  # type: ignore[import-untyped]
        except ImportError:
            raise DeployError("localstack-client is missing here: run `make setup`") from None
        with _set("AWS_ENDPOINT_URL", self.url):  # an address with its scheme fits in no argument of Session
            return Session(
                os.environ.get("AWS_ACCESS_KEY_ID") or "test",
                os.environ.get("AWS_SECRET_ACCESS_KEY") or "test",
                region_name=REGION,
            )

    def check(self) -> None:
        """Raises DeployError unless the endpoint is an emulator and accepts the credentials."""
        try:
            with urllib.request.urlopen(f"{self.url}/_localstack/health", timeout=10) as answer:  # noqa: S310
                json.load(answer)
        except (urllib.error.HTTPError, ValueError):
            raise DeployError(f"what answers at {self.url} is neither LocalStack nor MiniStack") from None
        except OSError as error:
            reason = getattr(error, "reason", error)
            raise DeployError(
                f"nothing answers at {self.url} ({reason}): start LocalStack with `make localstack` or "
                "`docker compose up`, or set AWS_ENDPOINT_URL to where it runs"
            ) from None
        with self.explained("signing in"):
            self.client("sts").get_caller_identity()

    def target(self) -> Target:
        """The functions' Python version and machine, as reported by a temporary function."""
        function = self.client("lambda")
        name = f"tapstack-probe-{secrets.token_hex(4)}"
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("probe.py", _PROBE)
        with self.explained("running a function"):
            function.create_function(
                FunctionName=name,
                Runtime=_RUNTIME,
                Role=_PROBE_ROLE,
                Handler="probe.handler",
                Code={"ZipFile": code.getvalue()},
                Timeout=60,
            )
            try:
                function.get_waiter("function_active_v2").wait(
                    FunctionName=name, WaiterConfig={"Delay": 0.5, "MaxAttempts": 240}
                )
                answer = function.invoke(FunctionName=name, Payload=b"{}")
                payload = json.load(answer["Payload"])
            finally:
                function.delete_function(FunctionName=name)
        if answer.get("FunctionError"):
            raise DeployError(f"functions don't run at {self.url}: {payload.get('errorMessage', payload)}")
        major, minor, machine = payload
        return Target(f"{major}.{minor}", "aarch64" if machine == "arm64" else machine)

    @contextmanager
    def explained(self, doing: str) -> Iterator[None]:
        """Turns an AWS error into a DeployError that says which step failed and what helps."""
        try:
            yield
        except ClientError as error:
            code, said = error.response["Error"].get("Code", ""), error.response["Error"].get("Message", "")
            if code in _REFUSED:
                raise DeployError(
                    f"{doing}: {self.url} refuses these credentials ({code}: {said}); an emulator takes any, so "
                    "unset AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or set what this one was started with"
                ) from error
            raise DeployError(f"{doing}: {self.url} answered {code}: {said}") from error
        except BotoCoreError as error:
            raise DeployError(f"{doing}: {self.url} stopped answering ({error}); is it still running?") from error


@contextmanager
def _set(name: str, value: str) -> Iterator[None]:
    """Sets an environment variable for the duration of a with-block."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _config(service: str) -> Config:
    addressing = {"addressing_style": "path"} if service == "s3" else None
    return Config(connect_timeout=5, read_timeout=_TIMEOUT_S, retries={"total_max_attempts": 1}, s3=addressing)

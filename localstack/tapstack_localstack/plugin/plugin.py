"""LocalStack's hooks: functions as processes of this machine, DynamoDB without Amazon's jar."""

from __future__ import annotations

import os
import shlex
from typing import Any

from localstack.runtime import hooks
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin

DYNAMODB_COMMAND = "TAPSTACK_DYNAMODB_COMMAND"
"""The environment variable with the command of a DynamoDB server; `{port}` in it is filled in."""


class HostExecutorPlugin(RuntimeExecutorPlugin):  # type: ignore[misc]
    """Chosen by LAMBDA_RUNTIME_EXECUTOR=host."""

    name = "host"

    def load(self, *_: Any, **__: Any) -> Any:
        """The executor's class, imported only if LocalStack runs functions."""
        from tapstack_localstack.plugin.executor import HostExecutor

        return HostExecutor


@hooks.on_infra_start(priority=100)  # type: ignore[untyped-decorator]
def serve_dynamodb_from_ministack() -> None:
    """Starts the server behind LocalStack's DynamoDB from DYNAMODB_COMMAND instead of a Java archive."""
    command = os.environ.get(DYNAMODB_COMMAND)
    if not command:
        return
    from localstack.services.dynamodb import server
    from localstack.utils.run import ShellCommandThread

    def start(self: Any) -> Any:
        words = [word.format(port=self.port) for word in shlex.split(command)]
        thread = ShellCommandThread(words, auto_restart=True, name="dynamodb-host", log_listener=_quiet)
        server.TMP_THREADS.append(thread)
        thread.start()
        return thread

    server.DynamodbServer.do_start_thread = start


def _quiet(_: str, **__: Any) -> None:
    """Discards MiniStack's line per request."""

"""A Lambda execution environment as one warm process of this machine, instead of LocalStack's container.

The process (worker.py) talks to LocalStack as the container's init would, over LocalStack's own executor endpoint.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from localstack.services.lambda_.invocation.executor_endpoint import ExecutorEndpoint
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion
from localstack.services.lambda_.invocation.runtime_executor import LambdaRuntimeException, RuntimeExecutor
from localstack.utils.net import get_free_tcp_port
from tapstack_local.processes.process import Background

from localstack import config  # type: ignore[attr-defined]  # our own folder has that name too

log = logging.getLogger(__name__)

_WORKER = Path(__file__).with_name("worker.py")
_HERE = "127.0.0.1"
_STOP_S = 2
_LOG_TAIL = 2_000


def python_for(runtime: str | None, environment: Mapping[str, str]) -> str:
    """The interpreter of a runtime such as "python3.13": FUNCTION_PYTHON, the one on PATH that runs, or LocalStack's.

    Raises LambdaRuntimeException for any other runtime than Python.
    """
    if not re.fullmatch(r"python3\.\d+", runtime or ""):
        raise LambdaRuntimeException(f"only Python functions run without Docker, not {runtime}")
    if chosen := environment.get("FUNCTION_PYTHON"):
        return chosen
    found = shutil.which(runtime or "")
    if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:  # noqa: S603
        return found
    return getattr(sys, "_base_executable", sys.executable)


class HostExecutor(RuntimeExecutor):  # type: ignore[misc]
    """Starts, feeds and ends one worker process."""

    def __init__(self, id: str, function_version: FunctionVersion) -> None:
        super().__init__(id=id, function_version=function_version)
        self.endpoint = ExecutorEndpoint(self.id, container_address=_HERE)
        self.process: Background | None = None
        name = function_version.id.function_name
        self.log_path = Path(config.dirs.tmp) / "functions" / f"{name}-{self.id}.log"

    def start(self, env_vars: dict[str, str]) -> None:
        """Starts the process and waits until its handler is loaded; LocalStack answers with a failure."""
        settings = self.function_version.config
        self.endpoint.container_port = get_free_tcp_port()
        self.endpoint.start()
        python = python_for(settings.runtime, os.environ)
        environment = self._environment(env_vars)
        # -I -S: a function sees only the standard library, its layers and its own code.
        command = [python, "-I", "-S", str(_WORKER)]
        folder = Path(environment["LAMBDA_TASK_ROOT"])
        self.process = Background("function", command, environment, self.log_path, folder=folder)
        self.process.start()
        threading.Thread(target=self._watch, args=(self.process,), daemon=True).start()
        self.endpoint.wait_for_startup()

    def _environment(self, given: Mapping[str, Any]) -> dict[str, str]:
        settings = self.function_version.config
        layers = []
        for layer in reversed(settings.layers):  # a later layer takes precedence
            layer.code.prepare_for_execution()
            layers.append(str(layer.code.get_unzipped_code_location()))
        environment = {name: str(value) for name, value in given.items() if value is not None}
        environment.setdefault("PATH", os.environ.get("PATH", ""))
        environment.setdefault("HOME", str(config.dirs.tmp))
        environment["TZ"] = environment.get("TZ", "UTC").removeprefix(":")
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        environment["LAMBDA_TASK_ROOT"] = str(settings.code.get_unzipped_code_location())
        environment["WORKER_PORT"] = str(self.endpoint.container_port)
        environment["WORKER_LAYERS"] = os.pathsep.join(layers)
        return environment

    def _watch(self, process: Background) -> None:
        """Ensures that a process that dies does not leave its caller waiting."""
        code = process.wait()
        error = LambdaRuntimeException(f"the function's process ended with {code}: {self.get_logs()[-_LOG_TAIL:]}")
        for future in (self.endpoint.startup_future, self.endpoint.invocation_future):
            if future is not None and not future.done():
                with contextlib.suppress(Exception):  # finished meanwhile
                    future.set_exception(error)

    def stop(self) -> None:
        """Ends the process: asks it first, kills it if it stays."""
        if self.process:
            self.process.stop(_STOP_S)
        try:
            self.endpoint.shutdown()
        except Exception as error:
            log.debug("the executor endpoint did not end in order: %s", error)

    def get_address(self) -> str:
        return _HERE

    def get_endpoint_from_executor(self) -> str:
        return _HERE

    def get_runtime_endpoint(self) -> str:
        """LocalStack's address for the worker."""
        return f"http://{_HERE}:{config.GATEWAY_LISTEN[0].port}{self.endpoint.get_endpoint_prefix()}"

    def invoke(self, payload: dict[str, str]) -> Any:
        """One invocation; LocalStack sends one at a time to each environment."""
        return self.endpoint.invoke(payload)

    def get_logs(self) -> str:
        try:
            return self.log_path.read_text(errors="replace")
        except OSError:
            return ""

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Unpacks the code and the layers before the first invocation."""
        settings = function_version.config
        if settings.code:
            settings.code.prepare_for_execution()
        for layer in settings.layers:
            layer.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """Nothing to do: LocalStack deletes the unpacked code itself."""

    @classmethod
    def validate_environment(cls) -> bool:
        return True

"""The second argument of a handler."""

import time

from tapstack_local.template.model import Function


class LambdaContext:
    """What Lambda passes as the second argument.

    https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
    """

    __slots__ = ("_deadline_s", "_function", "aws_request_id", "client_context", "identity")

    def __init__(self, function: Function, request_id: str) -> None:
        self._function = function
        self._deadline_s = time.monotonic() + function.timeout_s
        self.aws_request_id = request_id
        self.client_context = None
        self.identity = None

    @property
    def function_name(self) -> str:
        return self._function.name

    @property
    def function_version(self) -> str:
        return "$LATEST"

    @property
    def invoked_function_arn(self) -> str:
        return self._function.arn

    @property
    def memory_limit_in_mb(self) -> str:
        # Lambda gives a string here.
        return str(self._function.memory_mb)

    @property
    def log_group_name(self) -> str:
        return f"/aws/lambda/{self._function.name}"

    @property
    def log_stream_name(self) -> str:
        return "local/[$LATEST]"

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until the function's timeout, at least 0."""
        return max(0, int((self._deadline_s - time.monotonic()) * 1000))

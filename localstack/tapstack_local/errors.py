"""Errors that prevent a start or an operation, each with a one-line message that says what to do.

LocalError
├── TemplateError      template.yaml has something that this runtime can't run
├── SettingsError      a setting of the environment or of .env is missing or malformed
├── StartError         a port is taken, a server or a build does not start
└── OperationError     an operation on a game can't be done: there is none, an archive is damaged
"""


class LocalError(Exception):
    """Aborts the start (exit code 1); on a reload, the running code stays. Its text is shown without a traceback."""


class TemplateError(LocalError):
    """The template needs something this runtime does not do; the message names the resource."""


class SettingsError(LocalError):
    """A setting can't be used; the message names it and where it came from."""


class StartError(LocalError):
    """Something did not start; the message says what, why and what to do."""


class OperationError(LocalError):
    """An operation changed nothing; the message says why and what to do."""

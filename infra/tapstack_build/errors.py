"""The error that every step of a deployment raises; its message says what to do."""


class DeployError(Exception):
    """A deployment cannot continue; the message names the cause and the next step."""

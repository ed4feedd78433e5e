"""What can go wrong on the way to a deployed stack, as one kind of error whose message says what to do."""


class DeployError(Exception):
    """A deployment that can't go on; the message names the cause and the next step."""

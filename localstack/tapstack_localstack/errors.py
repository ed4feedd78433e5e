"""What keeps LocalStack from running here, with what to do about it."""


class HostError(Exception):
    """LocalStack can't be installed or started; the message says what to do."""

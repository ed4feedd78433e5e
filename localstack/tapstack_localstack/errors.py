"""Why LocalStack can't be installed or started here."""


class LocalStackError(Exception):
    """LocalStack can't be installed or started; the message says what to do."""

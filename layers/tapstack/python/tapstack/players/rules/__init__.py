"""The rules of accounts: pure, without I/O or clock."""

"""The rules of counting: pure, without I/O or clock."""

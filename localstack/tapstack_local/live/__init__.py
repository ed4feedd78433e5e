"""A WebSocket API of API Gateway on this machine: a process of its own, which outlives a reload of the functions."""

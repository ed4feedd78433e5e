"""Invokes functions without a request: queues and schedules."""

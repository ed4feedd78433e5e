"""What invokes functions without a request: queues and schedules."""

"""What every concept stands on: settings, errors, clock, logs, clients of Redis, DynamoDB and SQS."""

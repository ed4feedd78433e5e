"""Where state lives: Redis, DynamoDB and SQS behind small classes."""

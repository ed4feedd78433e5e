"""Runs inside LocalStack: functions as processes of this machine, DynamoDB without a Java archive."""

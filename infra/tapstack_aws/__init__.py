"""Deploying to AWS: the steps before and after `sam deploy`."""

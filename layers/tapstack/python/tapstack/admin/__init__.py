"""The operator's side: command line, audit, metrics, consistency, the jobs of every minute."""

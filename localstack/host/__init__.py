"""Real LocalStack on a machine without Docker: a plugin that runs functions as processes, and what starts it all.

`plugin`, `executor` and `worker` run inside LocalStack's environment; `__main__`, `install` and `servers` outside.
"""

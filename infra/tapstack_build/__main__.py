"""python -m tapstack_build: builds all archives as uploaded to AWS, and prints their sizes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tapstack_local.errors import LocalError
from tapstack_local.template import source

from tapstack_build.archives import build_all, print_sizes
from tapstack_build.errors import DeployError
from tapstack_build.layer import AWS, CACHE


def main() -> int:
    """Returns 0 on success, 1 with a message on failure."""
    root = Path.cwd()
    work = root / os.environ.get("BUILD_DIR", CACHE)
    try:
        print_sizes(build_all(root, source.load(root / "template.yaml"), AWS, work))
    except (DeployError, LocalError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

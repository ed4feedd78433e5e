"""python -m tapstack_build.layer FOLDER: builds the dependencies layer for AWS, in the folder that `sam build` passes.

layers/dependencies/Makefile runs it in the repository. Needs only Python and pip, no other packages.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tapstack_build.dependencies import Target, build
from tapstack_build.errors import DeployError

AWS = Target("3.13", "aarch64")
"""Runtime and Architectures of the functions in template.yaml."""

LOCK = Path("layers/dependencies/requirements.txt")
CACHE = Path(".build/cloud")


def main(folder: Path) -> int:
    """Builds the layer in a folder; returns 0 on success."""
    try:
        shutil.copytree(build(LOCK, AWS, CACHE), folder, dirs_exist_ok=True)
    except DeployError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

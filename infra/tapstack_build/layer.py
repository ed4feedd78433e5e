"""python -m tapstack_build.layer FOLDER: the dependencies layer for AWS's machine, where `sam build` wants it.

Run in the repository by layers/dependencies/Makefile. Needs Python and pip, and none of this project's packages.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tapstack_build.dependencies import Target, build
from tapstack_build.errors import DeployError

AWS = Target("3.13", "aarch64")
"""What template.yaml says of its functions: Runtime and Architectures."""

LOCK = Path("layers/dependencies/requirements.txt")
CACHE = Path(".build/cloud")


def main(folder: Path) -> int:
    """Puts the layer into a folder; 0 when all went well."""
    try:
        shutil.copytree(build(LOCK, AWS, CACHE), folder, dirs_exist_ok=True)
    except DeployError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

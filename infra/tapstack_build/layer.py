"""python -m tapstack_build.layer FOLDER LAYER: builds a layer of packages in the folder that `sam build` passes.

The layers' Makefiles run it in the repository. Needs only Python and pip, no other packages.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tapstack_build.dependencies import LAYERS, Target, build
from tapstack_build.errors import DeployError

AWS = Target("3.13", "aarch64")
"""Runtime and Architectures of the functions in template.yaml."""

CACHE = Path(".build/cloud")


def main(folder: Path, name: str) -> int:
    """Builds the layer of a name in a folder; returns 0 on success."""
    try:
        (layer,) = (layer for layer in LAYERS if layer.name == name)
        shutil.copytree(build(layer, Path(), AWS, CACHE), folder, dirs_exist_ok=True)
    except DeployError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))

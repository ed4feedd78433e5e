#!/bin/sh
# Pins every package with its hashes; no address of an index gets into the files.
set -eu
cd "$(dirname "$0")/../.."
pin() { uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version "${python:-3.11}" "$@"; }
pin pyproject.toml --extra cli --extra local --extra dev -o localstack/locks/dev.txt
pin pyproject.toml --extra cli --extra local -c localstack/locks/dev.txt -o localstack/locks/local.txt
pin pyproject.toml -c localstack/locks/dev.txt -o layers/dependencies/requirements.txt
pin layers/pictures/requirements.in -c localstack/locks/dev.txt -o layers/pictures/requirements.txt
pin localstack/locks/ministack.in -o localstack/locks/ministack.txt
# From its folder: uv reads the environments that it is for from the pyproject.toml of the folder it runs in.
cd localstack/tapstack_localstack/plugin
python=3.13 pin pyproject.toml -o ../../locks/localstack.txt

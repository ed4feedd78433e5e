#!/bin/sh
# LocalStack runs this in its container once it is ready (docker-compose.yml mounts it). Deploys and plays.
# To run it by hand: TAPSTACK_HOME=/tmp/hook AWS_ENDPOINT_URL=http://localhost:4566 sh localstack/init/ready.d/10-deploy.sh
# Errors are in LocalStack's log and in `curl localhost:4566/_localstack/init`.
set -eu
root=${TAPSTACK_ROOT:-$(cd "$(dirname "$0")/../../.." && pwd)}
home=${TAPSTACK_HOME:-/var/lib/localstack/tapstack}
lock=$root/localstack/locks/local.txt
venv=$home/venv
mkdir -p "$home"

# The copy of the lock file is written last, so an incomplete environment, or one of an older lock, is recreated.
if ! cmp -s "$lock" "$venv/lock.txt"; then
  rm -rf "$venv"
  "${PYTHON:-python3}" -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
  cp "$lock" "$venv/lock.txt"
fi

cd "$root"
export AWS_ENDPOINT_URL="${AWS_ENDPOINT_URL:-http://localhost:4566}"
export STATE_DIR="$home" BUILD_DIR="$home/build" PYTHONDONTWRITEBYTECODE=1
PYTHONPATH=localstack:infra:layers/tapstack/python exec "$venv/bin/python" -m tapstack_localstack deploy

"""Finds secrets in tracked files by their form: those that this game uses, and those that people often paste.

This is our own code because nothing on PyPI fits: detect-secrets, the only one that works offline, had its last release
in May 2024, asks the services whether its findings are valid, and reports every hash in a lock file. Forms alone miss a
password that looks like a word; none of this game's secrets does.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KNOWN = "localstack/tapstack_audit/known.txt"
"""Made-up values, for tests: `<fingerprint> <why>` a line."""

FORMS = {
    "a bot's token": r"(?<![0-9])[0-9]{8,10}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])",
    "an AWS access key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "an AWS secret key": r"(?i)secret_?access_?key['\"]?\s*[=:]\s*['\"]?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a token of GitHub's": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{36})",
    "a token of a package registry": r"\b(?:npm_[A-Za-z0-9]{36}|pypi-AgEI[A-Za-z0-9_-]{50})",
    "a token of Slack's": r"\bxox[abeprs]-[A-Za-z0-9-]{20}",
    "a key of Google's": r"\bAIza[A-Za-z0-9_-]{35}\b",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}",
    "a password in an address": r"\b[a-z][a-z0-9+]*://[^\s/:@'\"{}$<>()]*:[^\s/:@'\"{}$<>()]{6,}@[A-Za-z0-9]",
    "a setting's value": (
        r"(?:TOKEN_SIGNING_KEY|TELEGRAM_WEBHOOK_SECRET|token_signing_key|telegram_webhook_secret)"
        r"['\"]?\s*[=:]\s*['\"]?(?=[A-Za-z_/+=-]*[0-9])[A-Za-z0-9_/+=-]{32,}"
    ),
}
_FORMS = {what: re.compile(form) for what, form in FORMS.items()}
_NAMES = re.compile(r"(^|/)(\.env|id_[a-z0-9]+|secrets?\.json|credentials|.*\.(pem|p12|pfx|jks|keystore))$")


@dataclass(frozen=True)
class Finding:
    """A probable secret; `fingerprint` identifies its value, which is never printed."""

    path: str
    line: int
    what: str
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} ({self.fingerprint})"


def fingerprint(value: str) -> str:
    """Identifies a value in the list of known ones; the value can't be computed from it."""
    return hashlib.sha256(value.encode()).hexdigest()[:16]


def in_text(path: str, text: str) -> Iterator[Finding]:
    """Everything in a text that looks like a secret."""
    for what, form in _FORMS.items():
        for match in form.finditer(text):
            yield Finding(path, text.count("\n", 0, match.start()) + 1, what, fingerprint(match.group()))


def in_tracked_files(root: Path) -> list[Finding]:
    """Everything in tracked files that looks like a secret; raises CalledProcessError or FileNotFoundError."""
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, check=True)  # noqa: S603, S607
    found = []
    for name in filter(None, listed.stdout.decode().split("\0")):
        if _NAMES.search(name):
            found.append(Finding(name, 1, "a file for secrets", fingerprint(name)))
        path = root / name
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content[:8_000]:
            found += in_text(name, content.decode(errors="replace"))
    return found


def known(root: Path) -> set[str]:
    """The fingerprints of values that are not secrets."""
    path = root / KNOWN
    lines = path.read_text().splitlines() if path.exists() else []
    return {line.split()[0] for line in lines if line.strip() and not line.startswith("#")}


def main(root: Path) -> int:
    """Prints probable secrets; returns 1 if any of them is not a known test value."""
    try:
        found = in_tracked_files(root)
    except (subprocess.CalledProcessError, FileNotFoundError):
        print("secrets not scanned: git does not list the files here")
        return 0
    new = [finding for finding in found if finding.fingerprint not in known(root)]
    for finding in new:
        print(f"{finding}: take it out and change it wherever it is valid; made up? {KNOWN}", file=sys.stderr)
    print(f"secrets: {len(new)} found, {len(found) - len(new)} known to be made up")
    return 1 if new else 0

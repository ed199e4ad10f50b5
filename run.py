#!/usr/bin/env python3
"""Set the project up and run it, with nothing but Python 3.11 (or later) and pip; uv is used where it is.

python3 run.py demo     install, then `onrecord demo`
python3 run.py test     install, then every test
python3 run.py check    lint, types, import contracts and docs, without the tests
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXTRAS = {"demo": [], "test": ["test"], "check": ["test", "lint"]}


def main() -> int:
    task = sys.argv[1] if len(sys.argv) == 2 else ""
    if task not in EXTRAS:
        print(__doc__, file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 (this file runs before anything checks the version)
        print("onrecord needs Python 3.11 or later; this is " + sys.version.split()[0], file=sys.stderr)
        return 2
    install(EXTRAS[task])
    return globals()[task]()


def install(extras: list[str]) -> None:
    """Bring the virtual environment up to date; nothing happens when it already is."""
    stamp = VENV / ("." + "-".join(["installed", *extras]))
    files = [ROOT / "pyproject.toml", ROOT / "uv.lock"]
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    uv = None if os.environ.get("ONRECORD_NO_UV") else shutil.which("uv")
    if uv:
        # inexact: an environment that has more (lint, training) keeps it
        flags = [flag for extra in extras for flag in ("--extra", extra)]
        call(uv, "sync", "--frozen", "--inexact", "--quiet", "--python", sys.executable, *flags)
    else:
        if not (BIN / "python").exists() and not (BIN / "python.exe").exists():
            venv.create(VENV, with_pip=True)
        target = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
        call(BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", target)
    stamp.write_text(wanted)


def demo() -> int:
    failed = subprocess.call([BIN / "onrecord", "demo"])
    if not failed and shutil.which("onrecord") is None:
        print(f"\n`onrecord` is in {BIN}: activate the environment, or call it from there.")
    return failed


def test() -> int:
    return subprocess.call([BIN / "python", "-m", "pytest"], cwd=ROOT)


def check() -> int:
    steps = [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["lint-imports"],
        ["pytest", "tests/docs"],
    ]
    failed = [" ".join(step) for step in steps if subprocess.call([BIN / step[0], *step[1:]], cwd=ROOT)]
    print("check: " + ("failed: " + "; ".join(failed) if failed else "all clean"))
    return 1 if failed else 0


def call(*command: str | Path) -> None:
    if subprocess.call([str(part) for part in command], cwd=ROOT):
        sys.exit("run.py: this step failed: " + " ".join(str(part) for part in command))


if __name__ == "__main__":
    sys.exit(main())

"""A folder of shards: a run that was stopped, by whatever, ends with the bytes of one that was not."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from onrecord.intake.types import Options, Raw
from onrecord.model.problems import OnrecordError, Problem
from onrecord.scale import Run, Settings, code
from tests.scale.reports import alone, raws, record, write

RECORDS = [record(number) for number in range(22)]
RECORDS[5] = record(5, text=" ")
RECORDS[16] = record(2, id="copy")


def tree(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def fill(folder: Path, source: Path, settings: Settings | None = None, documents: int = 4) -> Run:
    settings = settings or Settings()
    run = Run(folder, [str(source)], settings, documents)
    list(run.fill(partial(code, settings=settings, size=2)))
    return run


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("in") / "in.jsonl", RECORDS)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, source: Path) -> dict[str, bytes]:
    """What an undisturbed run leaves."""
    folder = tmp_path_factory.mktemp("whole")
    fill(folder, source)
    return tree(folder)


def test_shards_hold_the_lines_in_order_and_the_manifest_says_what_was_done(
    whole: dict[str, bytes], source: Path
) -> None:
    expected = alone(list(raws(RECORDS)))
    lines = b"".join(
        data for name, data in whole.items() if name.startswith("part-") and "problems" not in name
    )
    assert lines == b"".join(each for each in expected if isinstance(each, bytes))
    (told,) = [json.loads(data) for name, data in whole.items() if name.endswith(".problems.jsonl")]
    assert (told["code"], told["where"]) == ("empty", f"{source}:6")
    manifest = json.loads(whole["manifest.json"])
    assert manifest["complete"] is True
    counted = {name: manifest[name] for name in ("read", "coded", "failed", "shards")}
    assert counted == {"read": 22, "coded": 21, "failed": 1, "shards": 6}
    assert "reading-" in manifest["coded_by"]
    assert manifest["inputs"][0]["path"] == str(source) and manifest["inputs"][0]["files"] == 1
    for entry in map(json.loads, whole["shards.jsonl"].splitlines()):
        data = whole[entry["name"]]
        assert (len(data), hashlib.sha256(data).hexdigest()) == (entry["bytes"], entry["sha256"])


def test_the_same_command_on_a_finished_folder_does_nothing(
    whole: dict[str, bytes], source: Path, tmp_path: Path
) -> None:
    restore(tmp_path, whole)
    run = Run(tmp_path, [str(source)], Settings(), 4)

    def never(_: object) -> Generator[bytes | Problem, None, None]:
        raise AssertionError("a finished run was begun again")
        yield

    assert list(run.fill(never)) == []
    assert run.counts == {"read": 22, "coded": 21, "failed": 1}
    assert tree(tmp_path) == whole


def restore(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)


TORN = [
    ("between two shards", 8, {}),
    ("in a shard", 11, {}),
    ("while the list was written", 8, {"shards.jsonl": -9}),
    ("a shard was cut short", 12, {"part-00001.jsonl": -3}),
    ("a shard is away", 12, {"part-00000.jsonl": None}),
]


@pytest.mark.parametrize(("seen", "damage"), [case[1:] for case in TORN], ids=[case[0] for case in TORN])
def test_what_was_stopped_is_ended_with_the_same_bytes(
    seen: int, damage: dict[str, int | None], whole: dict[str, bytes], source: Path, tmp_path: Path
) -> None:
    settings = Settings()
    stopped = Run(tmp_path, [str(source)], settings, 4).fill(partial(code, settings=settings, size=2))
    for _ in range(seen):
        next(stopped)
    stopped.close()
    assert json.loads((tmp_path / "manifest.json").read_text())["complete"] is False
    for name, cut in damage.items():
        path = tmp_path / name
        if cut is None:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:cut])
    fill(tmp_path, source)
    assert tree(tmp_path) == whole


def test_only_what_is_missing_is_coded(source: Path, tmp_path: Path) -> None:
    settings = Settings()
    stopped = Run(tmp_path, [str(source)], settings, 4).fill(partial(code, settings=settings))
    for _ in range(9):
        next(stopped)
    stopped.close()
    given: list[Raw | Problem] = []

    def watched(items: Iterable[Raw | Problem]) -> Generator[bytes | Problem, None, None]:
        given.extend(items)
        return code(given, settings)

    again = Run(tmp_path, [str(source)], settings, 4)
    list(again.fill(watched))
    assert [each.where for each in given] == [f"{source}:{line}" for line in range(9, 23)]


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_a_command_that_is_killed_goes_on_when_it_is_given_again(
    ending: signal.Signals, whole: dict[str, bytes], source: Path, tmp_path: Path
) -> None:
    call = "from onrecord.cli import main; main()"
    command = [sys.executable, "-c", call, "code", str(source), "--into", str(tmp_path), "--shard", "4"]
    running = subprocess.Popen(
        [*command, "--workers", "2"], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    until = time.monotonic() + 120
    while not (tmp_path / "part-00000.jsonl").exists() and running.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.002)
    os.killpg(running.pid, ending)
    said = running.communicate()[1]
    if ending is signal.SIGINT and running.returncode != 1:  # 1: it was done before the signal came
        assert running.returncode == 130 and "run the same command again" in said
    assert "Traceback" not in said
    ended = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 1, ended.stderr  # one document is a problem
    assert "read 22, coded 21, failed 1" in ended.stderr
    assert tree(tmp_path) == whole


OTHERS = [
    ("inputs", {"inputs": [__file__]}),
    ("options", {"settings": replace(Settings(), min_score=0.5)}),
    ("options", {"settings": Settings(Options(outlet="Harbour Post"))}),
    ("documents_a_shard", {"documents": 5}),
]


@pytest.mark.parametrize(("named", "change"), OTHERS)
def test_a_folder_of_another_run_is_left_alone(
    named: str, change: dict[str, object], whole: dict[str, bytes], source: Path, tmp_path: Path
) -> None:
    restore(tmp_path, whole)
    given = {"inputs": [str(source)], "settings": Settings(), "documents": 4, **change}
    with pytest.raises(OnrecordError) as caught:
        Run(tmp_path, **given)  # type: ignore[arg-type]
    assert caught.value.problem.code == "other-run" and named in caught.value.problem.what
    assert tree(tmp_path) == whole


def test_an_input_that_changed_is_another_run(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", RECORDS[:3])
    fill(tmp_path / "out", source)
    write(source, RECORDS[1:4])
    with pytest.raises(OnrecordError, match="another value of inputs"):
        fill(tmp_path / "out", source)


def test_a_folder_with_other_files_an_absent_input_and_standard_input_are_refused(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ada")
    with pytest.raises(OnrecordError, match="new folder"):
        Run(tmp_path, [str(letter)], Settings())
    with pytest.raises(OnrecordError, match="second time"):
        Run(tmp_path / "new", ["-"], Settings())
    with pytest.raises(OnrecordError, match="no such input"):
        Run(tmp_path / "new", [str(tmp_path / "absent.jsonl")], Settings())
    assert not (tmp_path / "new").exists()

"""`onrecord code` with many workers, into a folder, with other models."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord.cli.app import app
from tests.scale.reports import record, write


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["code", *words])


def codes(result: Result) -> list[str]:
    return [json.loads(line)["code"] for line in result.stderr.splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    records = [record(number) for number in range(40)]
    records[20] = {"id": "broken"}
    return str(write(tmp_path_factory.mktemp("in") / "in.jsonl", records))


def test_the_bytes_do_not_depend_on_the_workers(source: str, tmp_path: Path) -> None:
    outs = {}
    for workers in ("1", "2"):
        out = tmp_path / f"{workers}.jsonl"
        result = run(source, "--out", str(out), "--workers", workers)
        assert result.exit_code == 1 and codes(result) == ["missing-field"]
        assert "read 40, coded 39, failed 1" in result.stderr
        outs[workers] = out.read_bytes()
    assert outs["1"] == outs["2"] and outs["1"].count(b"\n") == 39


def test_a_folder_is_filled_once(source: str, tmp_path: Path) -> None:
    first = run(source, "--into", str(tmp_path / "coded"), "--shard", "30", "--workers", "1")
    assert first.exit_code == 1 and first.stdout == "" and codes(first) == ["missing-field"]
    again = run(source, "--into", str(tmp_path / "coded"), "--shard", "30", "--workers", "1")
    assert again.exit_code == 1 and codes(again) == []
    assert "2 shards are there already" in again.stderr
    assert "read 40, coded 39, failed 1" in again.stderr


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_bad_file_of_names_is_told_once(source: str, tmp_path: Path, workers: str) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name,code,kind\nNorland,NOR,kingdom\n", encoding="utf-8")
    result = run(source, "--actors", str(names), "--workers", workers)
    assert result.exit_code == 1 and result.stdout == "" and codes(result) == ["actors-file"]


def test_a_model_of_ones_own_is_used_and_one_that_is_not_there_is_named(source: str, tmp_path: Path) -> None:
    assert codes(run(source, "--model", str(tmp_path))) == ["reading-model-missing"]
    from onrecord.reading.labels import DATA

    for name in ("model.onnx", "heads.npz"):
        (tmp_path / name).symlink_to(DATA / name)
    labels = json.loads((DATA / "labels.json").read_text(encoding="utf-8"))
    (tmp_path / "labels.json").write_text(json.dumps({**labels, "version": "mine-1"}), encoding="utf-8")
    result = run(source, "--model", str(tmp_path), "--workers", "1")
    assert json.loads(result.stdout.splitlines()[0])["coded_by"]["name"].endswith("mine-1")


def test_a_pipe_is_written_and_stays_a_pipe(source: str, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        assert run(source, "--out", str(pipe), "--workers", "1").exit_code == 1
        assert read.result(timeout=60).count(b"\n") == 39
    assert pipe.is_fifo() and [path.name for path in tmp_path.iterdir()] == ["pipe"]


@pytest.mark.parametrize("watched", [True, False], ids=["terminal", "file"])
def test_a_terminal_sees_a_bar_and_a_file_does_not(source: str, tmp_path: Path, watched: bool) -> None:
    ours, theirs = os.openpty()
    said = theirs if watched else (tmp_path / "said").open("wb")
    call = "from onrecord.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        call,
        "code",
        source,
        "--out",
        str(tmp_path / "out.jsonl"),
        "--workers",
        "1",
    ]
    with ThreadPoolExecutor(1) as pool:
        shown = pool.submit(_until_closed, ours)
        subprocess.run(command, stderr=said, check=False, env={**os.environ, "TERM": "xterm"})
        os.close(theirs)
        seen = shown.result(timeout=60) if watched else (tmp_path / "said").read_bytes()
    os.close(ours)
    assert b"read 40, coded 39, failed 1" in seen
    assert (b"coding" in seen) is watched


def _until_closed(terminal: int) -> bytes:
    seen = b""
    try:
        while part := os.read(terminal, 4096):
            seen += part
    except OSError:  # the other end was closed
        pass
    return seen


def test_options_that_exclude_each_other_are_wrong_usage(source: str, tmp_path: Path) -> None:
    assert run(source, "--out", "a", "--into", str(tmp_path)).exit_code == 2
    assert run(source, "--address", "127.0.0.1:6379").exit_code == 2
    assert codes(run(source, "--executor", "cloud")) == ["unknown-executor"]

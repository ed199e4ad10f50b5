"""The same run on Ray: the same bytes, from more than one worker."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.intake.types import Options, Raw
from onrecord.model.problems import OnrecordError, Problem
from onrecord.scale import Settings, code
from onrecord.scale.batches import batches, in_order, results
from onrecord.scale.copies import Copies
from tests.scale.reports import POISON, Dying, Unborn, alone, raws, record, write

ray = pytest.importorskip("ray")

from onrecord.scale.cluster import Cluster  # noqa: E402  (needs ray)

RECORDS = [record(number) for number in range(16)]
RECORDS[4] = {"id": "broken"}
RECORDS[11] = record(1, id="copy", outlet="Another Post")


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Ray on this machine with two workers."""
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield
    ray.shutdown()


def items(records: list[dict[str, Any]] = RECORDS) -> list[Raw | Problem]:
    return list(raws(records))


def test_two_workers_both_code_and_give_the_bytes_of_one_process() -> None:
    crew, copies = Cluster(Settings(), 2), Copies()
    found: list[bytes | Problem] = []
    try:
        for batch, coded in in_order(batches(items(), Options(), copies, size=2), crew):
            found.extend(results(batch, coded, copies))
        assert [worker.answered > 0 for worker in crew.workers] == [True, True]
    finally:
        crew.close()
    assert found == alone(items())


def test_the_executor_takes_as_many_workers_as_the_cluster_has() -> None:
    assert [Cluster(Settings(), size).size for size in (None, 1, 2, 9)] == [2, 1, 2, 2]
    assert list(code(items(), Settings(), workers=None, executor="ray", size=4)) == alone(items())


def test_the_document_at_which_an_actor_dies_is_a_problem_and_no_other() -> None:
    records = [record(number) for number in range(4)]
    records[2] = record(2, text=f"The {POISON} was found on Monday.")
    found = list(code(items(records), Dying(), workers=2, executor="ray", size=2))
    (problem,) = [each for each in found if isinstance(each, Problem)]
    assert (problem.code, problem.where) == ("worker-died", "in:3")
    del records[2]
    assert [each for each in found if each is not problem] == alone(items(records))


@pytest.mark.parametrize("failing", [1])
def test_workers_that_die_before_they_begin_cost_nothing_but_time(tmp_path: Path, failing: int) -> None:
    for number in range(failing):
        (tmp_path / str(number)).touch()
    found = list(code(items(), Unborn(left=tmp_path), workers=1, executor="ray", size=16))
    assert found == alone(items()) and not list(tmp_path.iterdir())


def test_where_no_worker_can_begin_the_run_ends_and_says_why(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / str(number)).touch()
    with pytest.raises(OnrecordError, match="no_such_module") as caught:
        list(code(items(), Unborn(left=tmp_path), workers=2, executor="ray", size=4))
    assert caught.value.problem.code == "no-worker"


def test_names_of_ones_own_travel_and_their_faults_are_told_once(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name,code,kind\nNorland,NOR,state\n", encoding="utf-8")
    settings = Settings(actors=names)
    there = list(code(items(), settings, workers=2, executor="ray", size=4))
    assert there == list(code(items(), settings))
    assert there != alone(items())
    names.write_text("name,code,kind\nNorland,NOR,kingdom\n", encoding="utf-8")
    with pytest.raises(OnrecordError) as caught:
        list(code(items(), settings, workers=2, executor="ray", size=4))
    assert (caught.value.problem.code, caught.value.problem.where) == ("actors-file", f"{names}:2")


def test_a_cluster_that_is_not_there_is_a_problem_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"  # bound, and nobody listens
        with pytest.raises(OnrecordError, match="onnection refused") as caught:
            Cluster(Settings(), 2, address)
    assert caught.value.problem.code == "no-cluster"


HEAD = """
import ray, sys
ray.init(address="local", num_cpus=1, include_dashboard=False, log_to_driver=False)
print(ray.get_runtime_context().gcs_address, flush=True)
sys.stdin.read()
"""
TOKENS = [
    ({"RAY_AUTH_MODE": "disabled"}, "it asks for a token"),
    ({"RAY_AUTH_TOKEN": "b" * 64}, "another token"),
]


def test_a_cluster_that_asks_for_a_token_says_so_at_once(tmp_path: Path) -> None:
    guarded = {**os.environ, "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "a" * 64}
    guarded.pop("RAY_ADDRESS", None)
    source = write(tmp_path / "in.jsonl", RECORDS[:1])
    call = [
        sys.executable,
        "-c",
        "from onrecord.cli import main; main()",
        "code",
        str(source),
        "--executor",
        "ray",
    ]
    with subprocess.Popen(
        [sys.executable, "-c", HEAD], env=guarded, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as head:
        assert head.stdout is not None
        address = head.stdout.readline().strip()
        for given, expected in TOKENS:
            done = subprocess.run(
                [*call, "--address", address],
                env={**guarded, **given},
                capture_output=True,
                text=True,
            )
            problem = Problem.model_validate_json(done.stderr.splitlines()[-1])
            assert problem.code == "no-cluster" and expected in problem.what, done.stderr
        head.communicate()

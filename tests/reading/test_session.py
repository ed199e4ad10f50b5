from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.model.problems import OnrecordError
from onrecord.reading.labels import DATA, folder_of, version
from onrecord.reading.reader import Reader
from onrecord.reading.session import FILES, Session, load


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The shipped model in a folder of one's own."""
    for name in FILES:
        shutil.copyfile(DATA / name, tmp_path / name)
    return tmp_path


def _flip(folder: Path) -> None:
    graph = bytearray((folder / "model.onnx").read_bytes())
    graph[len(graph) // 2] ^= 1
    (folder / "model.onnx").write_bytes(graph)


def _drop_key(folder: Path) -> None:
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    del labels["deprels"]
    (folder / "labels.json").write_text(json.dumps(labels), encoding="utf-8")


def _older(folder: Path) -> None:
    """A graph under another name for its vectors: as good as without."""
    graph = (folder / "model.onnx").read_bytes().replace(b"vectors", b"vektors")
    (folder / "model.onnx").write_bytes(graph)
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    labels["sha256"] = hashlib.sha256(graph).hexdigest()
    (folder / "labels.json").write_text(json.dumps(labels), encoding="utf-8")


def _unlink(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (_flip, "reading-model-checksum"),
        (_older, "reading-model-old"),
        (_unlink("model.onnx"), "reading-model-missing"),
        (_unlink("heads.npz"), "reading-model-missing"),
        (_unlink("labels.json"), "reading-model-missing"),
        (_drop_key, "reading-labels"),
        (lambda folder: (folder / "labels.json").write_text("{", encoding="utf-8"), "reading-labels"),
    ],
)
def test_a_damaged_model_is_a_problem_with_a_remedy(
    copy: Path, damage: Callable[[Path], None], code: str
) -> None:
    damage(copy)
    with pytest.raises(OnrecordError) as raised:
        Reader(model=str(copy)).read("The talks failed.")
    assert raised.value.problem.code == code
    assert "nstall onrecord again" in raised.value.problem.remedy
    assert raised.value.problem.where.startswith(str(copy))
    page = (Path(__file__).parents[2] / "docs" / "problems.md").read_text(encoding="utf-8")
    assert f"| `{code}` |" in page and raised.value.problem.remedy in page


def test_a_model_in_a_folder_of_ones_own_is_read(copy: Path) -> None:
    reading = Reader(model=str(copy)).read("The talks failed.")
    assert reading.model == load().labels.version == version(str(copy))


def test_a_model_is_loaded_once_a_process() -> None:
    assert load() is load("default")
    assert isinstance(load(), Session)


def test_the_names_of_models() -> None:
    assert folder_of("default") == DATA
    assert folder_of("open") == DATA / "open"
    assert folder_of("runs/mine") == Path("runs/mine")


def test_importing_the_package_loads_no_numbers() -> None:
    script = "import sys, onrecord.reading; print(sorted({'numpy', 'onnxruntime'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

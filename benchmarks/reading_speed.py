"""Words a second of the reading: the bare encoder and the whole Reading, side by side in one run.

"bare" runs the encoder and one tiny head (sentence boundaries) over windows that were laid out before;
"full" goes from text to Readings with every head decoded to arrays. Chunks of documents alternate between the
two, so that whatever else the machine does falls on both. Load and peak memory are those of a fresh process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.common import Missing, find

CHUNK = 20
DOCUMENTS = 300
THREADS = (1, 2)
_FRESH = """
import json, sys, time
from pathlib import Path
start = time.perf_counter()
from onrecord.reading.session import load
imported = time.perf_counter()
load()
loaded = time.perf_counter()
from onrecord.reading.reader import Reader
words = sum(len(reading) for reading in Reader().read_all((text, None) for text in json.load(sys.stdin)))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
figures = {"import s": imported - start, "load s": loaded - imported, "peak MB": int(peak.split()[1]) // 1024}
print(json.dumps(figures))
"""


def main(data: Path, gold: Path | None, scorers: Path) -> dict[str, float]:
    """Figures over the first documents of a corpus of texts (a JSON line each, with its `text`)."""
    texts = list(_texts(find(data, "corpus.jsonl", "input.jsonl")))
    figures: dict[str, float] = {"documents": len(texts)}
    for threads in THREADS:
        figures.update(_side_by_side(texts, threads))
    fresh = subprocess.run(
        [sys.executable, "-c", _FRESH],
        input=json.dumps(texts[:50]),
        capture_output=True,
        text=True,
        check=True,
    )
    return figures | json.loads(fresh.stdout)


def _texts(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number >= DOCUMENTS:
                return
            yield json.loads(line)["text"]


def _side_by_side(texts: list[str], threads: int) -> dict[str, float]:
    from onrecord.reading.reader import Reader, laid_out
    from onrecord.reading.session import load
    from onrecord.reading.windows import Window

    model, encoder, reader = load(), _encoder(), Reader(threads=threads)

    def run(window: Window) -> None:
        encoder.run(None, {"ids": window.ids, "shapes": window.shapes, "first": window.first})

    words, bare, full = 0, 0.0, 0.0
    list(reader.read_all((text, None) for text in texts[:3]))
    with ThreadPoolExecutor(threads) as pool:
        for start in range(0, len(texts), CHUNK):
            chunk = texts[start : start + CHUNK]
            windows = [window for text in chunk for window in laid_out(model, text)]
            begun = perf_counter()
            list(pool.map(run, windows) if threads > 1 else map(run, windows))
            between = perf_counter()
            words += sum(len(reading) for reading in reader.read_all((text, None) for text in chunk))
            bare += between - begun
            full += perf_counter() - between
    return {
        "words": words,
        f"bare words/s, {threads} threads": round(words / bare),
        f"full words/s, {threads} threads": round(words / full),
        f"share of bare, {threads} threads": bare / full,
    }


def _encoder() -> Any:
    """A one-thread session of the shipped graph, cut down to what `boundary` needs."""
    import onnxruntime

    try:
        from onnx.utils import extract_model
    except ImportError as error:
        raise Missing(
            "the bare encoder is cut out of the model with onnx: install the extra [train]"
        ) from error
    from onrecord.reading.labels import DATA

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # As the reader has it.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "encoder.onnx"
        extract_model(DATA / "model.onnx", path, ["ids", "shapes", "first"], ["boundary"])
        return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])

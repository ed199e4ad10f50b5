"""``python -m benchmarks.scale_alike``: make `src/onrecord/scale/alike.txt`, words that name like events.

Base forms among the whole words of the model's vocabulary, and for each the nearest by the cosine of their
vectors: the mean over the last layer of all-MiniLM-L6-v2 (Apache-2.0), the word alone between [CLS] and [SEP].
Needs the extra `train`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.labels import DATA
from onrecord.reading.lemma import lemma
from onrecord.reading.windows import WordPieces

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "scale" / "alike.txt"
NEAREST, LEAST = 8, 0.5
_CLS, _SEP = 101, 102


def main() -> int:
    words = vocabulary()
    vectors = embedded(words)
    pairs: dict[tuple[str, str], float] = {}
    for start in range(0, len(words), 1000):
        cosines = vectors[start : start + 1000] @ vectors.T
        for row, cosine in enumerate(cosines):
            cosine[start + row] = 0.0
            for place in np.argpartition(-cosine, NEAREST)[:NEAREST]:
                if cosine[place] >= LEAST:
                    one, other = sorted((words[start + row], words[place]))
                    pairs[one, other] = float(cosine[place])
    lines = [f"{one} {other} {round(100 * cosine)}\n" for (one, other), cosine in sorted(pairs.items())]
    OUT.write_text("".join(lines), encoding="utf-8")
    print(f"{len(words)} words, {len(lines)} pairs, {OUT.stat().st_size} bytes")
    return 0


def vocabulary() -> list[str]:
    """The whole words that are their own base form, as a verb and as a noun."""
    lines = (DATA / "vocab.txt").read_text(encoding="utf-8").splitlines()
    known = [line for line in lines if line.isalpha() and line.isascii() and len(line) > 2]
    return [word for word in known if lemma(word, "VERB") == word == lemma(word, "NOUN")]


def embedded(words: list[str]) -> NDArray[np.float32]:
    """A unit vector a word."""
    import torch

    from training.config import Size
    from training.encoder import Encoder, load_pretrained

    torch.set_num_threads(1)
    encoder = Encoder(Size()).eval()
    load_pretrained(encoder)
    encoder.shape.weight.data.zero_()
    pieces = WordPieces(DATA / "vocab.txt")
    ids = torch.tensor([[_CLS, int(pieces.encode([word]).ids[0]), _SEP] for word in words])
    with torch.no_grad():
        parts = [encoder(part, torch.zeros_like(part))[-1].mean(1) for part in torch.split(ids, 256)]
    vectors: NDArray[np.float32] = torch.nn.functional.normalize(torch.cat(parts), dim=1).numpy()
    return vectors


if __name__ == "__main__":
    sys.exit(main())

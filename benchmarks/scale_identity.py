"""``python -m benchmarks.scale_identity 10000 100000 ...``: what identity costs over made-up mentions, by CPU time.

A mention in three is the first of its document; twelve documents are a story, two events are told in it, and
ten stories fall on a day, so that a longer archive holds more days and not fuller ones. Words are drawn with
a seed. Every size runs in a process of its own. Prints a table of Markdown with CPU seconds by step, their
cost a million mentions, peak memory, and the share of pairs of mentions that were rightly joined or kept apart.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from time import process_time

from onrecord.scale.copy_families import families
from onrecord.scale.events import Mention, events
from onrecord.scale.stories import stories

DOCUMENTS, MENTIONS, STORIES_A_DAY = 12, 3, 10
FIRST = date(2000, 1, 1)
COMMON = [f"common{number}" for number in range(3000)]
RARE = [f"rare{number}" for number in range(60_000)]
WORDS = ["attack", "sign", "meet", "expel", "visit", "warn", "accuse", "protest", "withdraw", "kill", "strike", "close",
         "open", "send", "talk", "threaten", "deny", "seize", "arrest", "elect"]  # fmt: skip


def corpus(count: int) -> Iterator[tuple[str, str, date, list[Mention]]]:
    """Documents with their mentions, ``count`` mentions in all; a mention's id ends in the event it is of."""
    chance = random.Random(1)
    for number in range(count // (DOCUMENTS * MENTIONS)):
        day = FIRST + timedelta(days=number // STORIES_A_DAY)
        own = chance.sample(RARE, 20)
        deeds = chance.sample(WORDS, 2)
        for page in range(DOCUMENTS):
            name = f"{number:06d}.{page:02d}"
            words = chance.sample(own, 12) * 2 + [
                COMMON[int(3000 * chance.random() ** 3)] for _ in range(100)
            ]
            chance.shuffle(words)
            told = []
            for place in range(MENTIONS):
                which = chance.randrange(2)
                near = tuple(chance.sample(own[10 * which : 10 * which + 10], 3))
                told.append(
                    Mention(
                        f"{name}.{place}/{number}.{which}", name, place, deeds[which], (deeds[which],), near
                    )
                )
            yield name, " ".join(words), day, told


def measure(count: int) -> dict[str, float]:
    """CPU seconds of each step, peak memory in MB, and how well the events were found."""
    figures: dict[str, float] = {"mentions": sum(len(told) for *_, told in corpus(count))}
    start = process_time()
    for _ in corpus(count):
        pass
    making = process_time() - start
    start = process_time()
    families((name, text) for name, text, *_ in corpus(count))
    figures["copies s"] = process_time() - start - making
    start = process_time()
    pages = stories((name, text, day) for name, text, day, _ in corpus(count))
    figures["stories s"] = process_time() - start - making
    start = process_time()
    found = events((mention for *_, told in corpus(count) for mention in told), pages)
    figures["events s"] = process_time() - start - making
    figures["all s"] = figures["copies s"] + figures["stories s"] + figures["events s"]
    figures["s a million"] = 1e6 * figures["all s"] / figures["mentions"]
    figures["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    gold = [name.rsplit("/", 1)[1] for name in found.ids]
    figures["pair F1"] = _pair_f1(gold, [str(place) for place in found.event.tolist()])
    return figures


def _pair_f1(gold: list[str], response: list[str]) -> float:
    def pairs(groups: Counter[str]) -> int:
        return sum(size * (size - 1) // 2 for size in groups.values())

    both = pairs(Counter(f"{one} {other}" for one, other in zip(gold, response, strict=True)))
    return 2 * both / (pairs(Counter(gold)) + pairs(Counter(response)))


def main(arguments: list[str]) -> int:
    if arguments[0] == "--one":
        print(json.dumps(measure(int(arguments[1]))))
        return 0
    rows = []
    for count in arguments:
        command = [sys.executable, "-m", "benchmarks.scale_identity", "--one", count]
        rows.append(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    heads = list(rows[0])
    print("| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |", sep="\n")
    for row in rows:
        print("| " + " | ".join(f"{row[head]:,.{0 if row[head] >= 100 else 2}f}" for head in heads) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

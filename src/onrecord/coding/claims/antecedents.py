"""For whom a speaker's pronoun stands ("she added", "in its view"): a ranking of what was named before.

Requires the resolver and who has spoken so far. The rank is a logistic model over distance, grammatical role, kind
and who had the floor, fitted by ``python -m training.claims`` on annotated reports; the weights stand in
``data/antecedents.json``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.coding import syntax

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.coding.parties.resolver import Party
    from onrecord.reading.types import Reading

WEIGHTS = Path(__file__).parent / "data" / "antecedents.json"
PRONOUNS = {
    "he": "he", "his": "he", "him": "he", "himself": "he", "she": "he", "her": "he", "hers": "he", "herself": "he",
    "it": "it", "its": "it", "itself": "it", "they": "they", "their": "they", "them": "they", "themselves": "they",
}  # fmt: skip
_REACH = 4  # sentences back
_SUBJECT = frozenset(("nsubj", "nsubj:pass"))
_TITLES = frozenset(("mr", "mrs", "ms", "mr.", "mrs.", "ms.", "sir", "dame", "lord", "president", "minister"))
_CLAUSES = frozenset(("ccomp", "advcl", "acl", "xcomp", "parataxis", "conj", "csubj"))
_PLACES = frozenset(("obl", "nmod", "appos", "obj", "iobj", "conj"))

Spoken = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named before: the head word, the party, and how he is named."""

    word: int
    party: Party
    way: str


def antecedent(draft: Draft, spoken: Spoken, pronoun: int) -> int | None:
    """The word that heads the likeliest antecedent of a pronoun; None where nobody is named before it.

    Whom a speaker names as subject of what he tells is somebody else ("Belgium, it said, had taken sides").
    """
    found = candidates(draft, spoken, pronoun)
    named = {mention.party.key for mention, _ in found if _is_told_of(draft.reading, mention.word, pronoun)}
    found = [each for each in found if each[0].party.key not in named] or found
    return found[best(_weights(), [names for _, names in found])][0].word if found else None


def _is_told_of(reading: Reading, word: int, pronoun: int) -> bool:
    """The pronoun and its verb are put in right behind a name that is a subject."""
    put_in = reading.word(pronoun - 1) == "," and reading.phrase(word)[1] in (pronoun - 1, pronoun)
    return (
        put_in
        and reading.pos(word) == "PROPN"
        and {reading.deprel(word), reading.deprel(pronoun)} <= _SUBJECT
    )


def best(weights: dict[str, float], options: Sequence[frozenset[str]]) -> int:
    """Which of several has the highest odds; of equals the last, which stands nearest."""
    return max((sum(weights.get(name, 0.0) for name in names), at) for at, names in enumerate(options))[1]


def candidates(draft: Draft, spoken: Spoken, pronoun: int) -> list[tuple[Mention, frozenset[str]]]:
    """Everybody who is named in the sentences before and may be meant, with the features of each."""
    reading = draft.reading
    number = PRONOUNS.get(reading.lower(pronoun))
    if number is None:
        return []
    here = reading.sentence_of(pronoun)
    first = reading.sentence_spans[max(0, here - _REACH)][0]
    mentions = [
        mention
        for word in range(first, pronoun)
        if (mention := _mention(draft, word)) is not None and mention.way in _FITTING[number]
    ]
    keys = [mention.party.key for mention in mentions]
    found = []
    for at, mention in enumerate(mentions):
        rank = len({key for key in keys[at + 1 :] if key != mention.party.key})
        names = _features(draft, spoken, pronoun, number, mention)
        names.add(f"between {min(rank, 3)}")
        names.add(f"named {min(keys.count(mention.party.key), 3)}")
        found.append((mention, frozenset(names)))
    return found


_FITTING = {
    "he": frozenset(("named", "person")),
    "it": frozenset(("body", "state", "outlet", "place")),
    "they": frozenset(("people", "body", "state", "person", "outlet", "named")),
}


def _mention(draft: Draft, word: int) -> Mention | None:
    reading = draft.reading
    if reading.pos(word) not in ("NOUN", "PROPN", "NUM"):
        return None
    if reading.deprel(word) in (
        "compound",
        "flat",
        "amod",
        "obl:tmod",
        "nmod:tmod",
        "nummod",
        "goeswith",
        "fixed",
    ):
        return None
    words = reading.phrase(word)
    party = draft.resolver.resolve(words)
    if party is None:
        return None
    if party.kind == "person":
        return Mention(word, party, "person" if party.anonymous else "named")
    if party.kind == "group":
        return Mention(word, party, "people")
    return Mention(word, party, party.kind if party.kind in ("state", "outlet", "place") else "body")


def _features(draft: Draft, spoken: Spoken, pronoun: int, number: str, mention: Mention) -> set[str]:
    reading, word = draft.reading, mention.word
    steps = reading.sentence_of(pronoun) - reading.sentence_of(word)
    role = _role(reading, word)
    far = min(steps, 3)
    found = {f"{number} {mention.way}", f"{far} {role}", f"{role} {mention.way}", f"far {far} {number}"}
    between = reading.text[reading.end(word) : reading.start(pronoun)]
    found.add(f"paragraphs {min(between.count(chr(10) * 2) + between.count(chr(10)) % 2, 2)} {number}")
    said = [each for each in spoken if each[0] < pronoun]
    if any(each[0] == word for each in said):
        found.add(f"spoke {far}")
        found.add(f"spoke {number}")
        if said[-1][0] == word:
            found |= {"spoke last", f"spoke last {number}", f"spoke last {mention.way}"}
        fitting = [each for each in said if draft.actor(each[1]).kind == mention.party.kind]
        if fitting and fitting[-1][0] == word:
            found.add("spoke last of the kind")
    if steps == 0:
        found |= _same_sentence(reading, word, pronoun)
    elif role == "subject" and reading.deprel(_clause(reading, word)) == "root":
        found.add(f"main subject {far}")
    if between.count('"') % 2 or between.count("“") != between.count("”"):
        found.add("quotation mark between")
    if any(reading.lower(each) in _TITLES for each in range(*reading.phrase(word))):
        found.add(f"titled {number}")
    first, _ = syntax.sentence(reading, word)
    if reading.phrase(word)[0] == first:
        found.add(f"opens the sentence {far}")
    return found


def _role(reading: Reading, word: int) -> str:
    relation = reading.deprel(word)
    if relation in _SUBJECT:
        return "subject"
    if relation == "nmod:poss":
        return "owner"
    if relation == "obl:agent":
        return "agent"
    base = relation.partition(":")[0]
    return base if base in _PLACES else "root" if base == "root" else "other"


def _same_sentence(reading: Reading, word: int, pronoun: int) -> set[str]:
    """How the two hang together inside one sentence."""
    found = {"same sentence"}
    mine, other = _clause(reading, pronoun), _clause(reading, word)
    if mine == other:
        found.add(f"same clause {_role(reading, word)}")
    above = mine
    for _ in range(4):
        parent = syntax.parent(reading, above)
        if parent is None:
            break
        above = _clause(reading, parent)
        if above == other and reading.deprel(word) in _SUBJECT:
            found.add("governing subject")
            break
    below = {head for head, _ in syntax.governors(reading, word)}
    if mine in below:
        found.add("inside what the cue governs")
    parent = syntax.parent(reading, mine)
    if parent is not None and _clause(reading, parent) == other:
        found.add(f"joined {syntax.relation(reading, mine)} {_role(reading, word)}")
    return found


def _clause(reading: Reading, word: int) -> int:
    """The word that heads the clause of a word."""
    current = word
    while (parent := syntax.parent(reading, current)) is not None:
        relation, pos = syntax.relation(reading, current), reading.pos(current)
        if relation == "conj" and pos in ("VERB", "AUX"):
            return current
        if relation in _CLAUSES - {"conj"} and pos in ("VERB", "AUX", "ADJ", "NOUN"):
            return current
        current = parent
    return current


@cache
def _weights() -> dict[str, float]:
    with WEIGHTS.open(encoding="utf-8") as file:
        weights: dict[str, float] = json.load(file)
    return weights

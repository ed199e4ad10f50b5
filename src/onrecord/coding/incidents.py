"""Incidents, kept apart from who is said to be behind them.

Requires claims, events and the party resolver. An incident is named once, at its fullest mention; each claim that
puts it down to somebody, denies it or doubts it is an attribution with the holder's own certainty. No attribution
is made on the document's own word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.parties import Parties
from onrecord.coding.acts.status import status_of
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.model.records import Attribution, Claim, Incident

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_ATTRIBUTING = ("accuses", "asserts", "assesses", "confirms")
_BLAMING = frozenset(("accuse", "blame", "charge", "fault", "implicate"))
_LEGAL = frozenset(
    "charge charges accusation accusations allegation allegations claim involvement role hand part link connection "
    "responsibility it this that".split()
)


_PREPOSITIONS = frozenset(("of", "at", "in", "on", "against"))
_VAGUE = frozenset(
    ("fire", "fires", "damage", "strike", "death", "affair", "campaign", "incident", "leak", "leaks", "crash")
)
_GRAVE = frozenset(
    ("poison", "murder", "assassinate", "abduct", "kidnap", "hack", "sabotage", "bomb", "storm", "ransack")
)


@dataclass(slots=True)
class _Mention:
    word: int
    base: str
    span: WordSpan
    weak: bool


@dataclass(slots=True)
class _Cluster:
    mentions: list[_Mention]
    claims: list[tuple[Claim, str, str]] = field(default_factory=list)


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load("incidents").items()}


def code(draft: Draft) -> None:
    """Put the incidents of the document on record with their rival attributions."""
    parties = Parties(draft)
    clusters = _clusters(draft)
    for claim in draft.claims:
        found = _attribution(draft, parties, claim, clusters)
        if found is not None:
            cluster, verdicts = found
            cluster.claims.extend((claim, party, verdict) for party, verdict in verdicts)
    for cluster in clusters:
        _record(draft, parties, cluster)


def _clusters(draft: Draft) -> list[_Cluster]:
    """Mentions of one incident together: the same noun, or a definite mention of any harmful noun after one."""
    reading = draft.reading
    clusters: list[_Cluster] = []
    for word in range(len(reading)):
        if draft.section_at(int(reading.starts[word])) in ("title", "debris", "caption", "byline"):
            continue
        mention = _mention(reading, word)
        if mention is None:
            continue
        known = _known(reading, mention, clusters)
        if known is not None:
            known.mentions.append(mention)
        elif not mention.weak:
            clusters.append(_Cluster([mention]))
    return clusters


def _mention(reading: Reading, word: int) -> _Mention | None:
    lists, lower = _lists(), reading.lower(word)
    if reading.pos(word) in ("NOUN", "PROPN"):
        base = noun_of(lower, lists["nouns"])
        if base is None or syntax.negated(reading, word):
            return None
        start, end = reading.phrase(word)
        around = {reading.lower(at) for at in range(start, end)}
        before = {reading.lower(at) for at in range(max(start, word - 3), word)}
        if before & lists["modifiers_off"] or (
            base in ("breach", "interference") and around & lists["rules"]
        ):
            return None
        strong = base not in lists["weak"] or bool(around & lists["strengthening"] - _PREPOSITIONS)
        if not strong and base not in _VAGUE:
            strong = bool(syntax.obliques(reading, word, "of", "on", "against", "at", "in"))
            strong = strong or any(reading.word(at)[:1].isupper() for at in range(start, word))
        return _Mention(word, base, (start, end), not strong)
    if reading.pos(word) == "VERB" and (base := verb_of(lower, lists["verbs"])) is not None:
        if syntax.negated(reading, word) or status_of(reading, word) in ("future", "hypothetical", "negated"):
            return None
        start, end = syntax.trimmed(reading, reading.subtree(word))
        return _Mention(word, base, (max(start, word - 8), min(end, word + 8)), base not in _GRAVE)
    return None


def _known(reading: Reading, mention: _Mention, clusters: list[_Cluster]) -> _Cluster | None:
    definite = any(
        reading.lower(child) in ("the", "that", "this", "those", "these")
        for child in reading.children(mention.word)
    )
    told = _telling(reading, mention)
    for cluster in reversed(clusters):
        if any(_akin(mention.base, other.base) for other in cluster.mentions):
            return cluster
        if any(len(told & _telling(reading, other)) > 1 for other in cluster.mentions):
            return cluster
    if definite and mention.weak and clusters:
        return clusters[-1]
    if mention.weak and reading.pos(mention.word) == "VERB":
        return next(
            (
                cluster
                for cluster in reversed(clusters)
                if any(_akin(mention.base, each.base) for each in cluster.mentions)
            ),
            None,
        )
    return None


def _telling(reading: Reading, mention: _Mention) -> set[str]:
    """The words of a mention that mean something, to recognise it by."""
    return {
        reading.lower(at)
        for at in range(*mention.span)
        if reading.pos(at) in ("NOUN", "PROPN", "ADJ", "VERB") and len(reading.lower(at)) > 3
    }


def _akin(one: str, two: str) -> bool:
    return (
        one[:5] == two[:5]
        or {one, two} <= {"explosion", "blast", "bombing"}
        or {one, two} <= {"hack", "hacking", "breach", "cyberattack"}
    )


def _attribution(
    draft: Draft, parties: Parties, claim: Claim, clusters: list[_Cluster]
) -> tuple[_Cluster, list[tuple[str, str]]] | None:
    """The incident that a claim is about, and whom it puts it down to or clears."""
    if not clusters or not claim.content:
        return None
    reading = draft.reading
    text = draft.document.words((claim.content[0][0], claim.content[-1][1])).lower()
    inside = [
        cluster for cluster in clusters if any(_covers(draft, claim, mention) for mention in cluster.mentions)
    ]
    blaming = any(f" {word} " in f" {text} " or text.startswith(word) for word in load("incidents")["blame"])
    anaphoric = len(text) < 60 and any(word in text.split() for word in _LEGAL)
    pointed = claim.stance == "accuses" and len(text) < 80 and len(clusters) == 1
    if not inside and not blaming and not anaphoric and not pointed:
        return None
    cluster = inside[0] if inside else _nearest(draft, claim, clusters)
    if cluster is None:
        return None
    holder = draft.code_of(claim.holder)
    if claim.stance == "denies":
        party = parties.actor(holder) if anaphoric or inside or blaming else None
        accused = [party for _, party, verdict in cluster.claims if verdict == "attributed"]
        if party is not None and (not accused or party in accused or blaming):
            return cluster, [(party, "denied")]
        return (cluster, [(accused[-1], "denied")]) if accused and (anaphoric or inside) else None
    accused = _accused(draft, parties, claim, holder)
    if not accused:
        return None
    if claim.stance in ("questions", "declines"):
        return (cluster, [(party, "disputed") for party in accused]) if claim.stance == "questions" else None
    if claim.stance not in _ATTRIBUTING or not (
        blaming or claim.stance == "accuses" or _agent_told(reading, claim)
    ):
        return None
    factuality = claim.certainty.factuality if claim.certainty is not None else "CT+"
    verdict = "disputed" if factuality in ("PR-", "PS-", "CT-") else "attributed"
    return cluster, [(party, verdict) for party in accused]


def _covers(draft: Draft, claim: Claim, mention: _Mention) -> bool:
    offset = int(draft.reading.starts[mention.word])
    return any(start <= offset < end for start, end in claim.content)


def _nearest(draft: Draft, claim: Claim, clusters: list[_Cluster]) -> _Cluster | None:
    """The incident told last before a claim, in its paragraph or the two before."""
    here = claim.content[0][0]
    best: tuple[int, _Cluster] | None = None
    for cluster in clusters:
        for mention in cluster.mentions:
            offset = int(draft.reading.starts[mention.word])
            if offset <= here and (best is None or offset > best[0]):
                best = offset, cluster
    if best is None or draft.document.text[best[0] : here].count("\n\n") > 3:
        return None
    return best[1]


def _accused(draft: Draft, parties: Parties, claim: Claim, holder: str | None) -> list[str]:
    """The actors whom the accusing words name: the target of the cue, else the subject or owner in the content."""
    reading = draft.reading
    cue = reading.word_at(claim.cue[0]) if claim.cue is not None else None
    if cue is not None and verb_of(reading.lower(cue), _BLAMING):
        if syntax.is_passive(reading, cue) and (accused := syntax.patient(reading, cue)) is not None:
            actor = draft.actor_for(reading.phrase(accused))
            return [actor] if actor is not None else []
        target = syntax.obj(reading, cue)
        heads = syntax.conjuncts(reading, target) if target is not None else []
        codes = [code for head in heads if (code := parties.code(head))]
        codes = codes or [
            code for child in syntax.obliques(reading, cue, "on") if (code := parties.code(child))
        ]
        if codes:
            return _actors(parties, codes, holder)
    found: list[str] = []
    for start, end in claim.content:
        words = reading.words_in((start, end))
        for word in range(*words):
            code = parties.named(word)
            if (
                code is not None
                and code != holder
                and code not in found
                and not _suffers(reading, word, words)
            ):
                found.append(code)
    return _actors(parties, found[:1], holder)


def _actors(parties: Parties, codes: list[str], holder: str | None) -> list[str]:
    found = [parties.actor(code) for code in dict.fromkeys(codes) if code != holder]
    return [actor for actor in found if actor is not None]


def _suffers(reading: Reading, word: int, content: WordSpan) -> bool:
    """The word stands in the subject of a passive: what is done to it is no deed of its own."""
    head = word
    while content[0] <= int(reading.heads[head]) < content[1]:
        if reading.deprel(head) == "nsubj:pass":
            return True
        head = int(reading.heads[head])
    return False


def _agent_told(reading: Reading, claim: Claim) -> bool:
    """The content has a doer: its subject acts in a harmful verb, or a "by" phrase follows."""
    words = reading.words_in(claim.content[0])
    return any(
        reading.pos(word) == "VERB" and verb_of(reading.lower(word), _lists()["verbs"])
        for word in range(*words)
    )


def _record(draft: Draft, parties: Parties, cluster: _Cluster) -> None:
    reading = draft.reading
    fullest = max(
        cluster.mentions[:4], key=lambda mention: (not mention.weak, mention.span[1] - mention.span[0])
    )
    if reading.pos(fullest.word) == "VERB" and fullest.weak and not cluster.claims:
        return
    name = reading.text[slice(*reading.span(*fullest.span))]
    event = draft.event_at((fullest.word, fullest.word + 1))
    unique: dict[tuple[str, str, str | None], Claim] = {}
    for claim, party, verdict in cluster.claims:
        unique.setdefault((party, verdict, claim.holder), claim)
    attributions = []
    for (party, verdict, _), claim in unique.items():
        attributions.append(Attribution(to=party, verdict=verdict, claim=claim.id, certainty=claim.certainty))
    record = Incident(
        id=draft.new_id("incident"),
        name=_short(name),
        event=event.id if event else None,
        evidence=[draft.span(draft.clause(fullest.word))],
        attributions=attributions,
    )
    draft.incidents.append(record)
    for claim in unique.values():
        if record.id not in claim.about:
            claim.about.append(record.id)
    draft.note(record.id, "name", f"cues/incidents.yaml: “{fullest.base}”")


def _short(name: str) -> str:
    for article in ("the ", "a ", "an ", "The ", "A ", "An "):
        if name.startswith(article):
            return name[len(article) :]
    return name

"""What a holder does with a content: from the cue, and where the cue is neutral from the content itself.

Requires a candidate, the words of its content and the parties of holder and content. The rulings are those of
the annotation guideline: an own adverse measure to come is threatened, a friendly one promised, one simply
announced asserted; a wrong put to a named party is an accusation; a flat counter-statement is a denial.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.lexicon import classes_of
from onrecord.coding.claims.stance_ahead import ahead, pledged, warned
from onrecord.coding.cues import Phrases, load, words_of
from onrecord.coding.spans import head_of
from onrecord.reading.lemma import lemma

if TYPE_CHECKING:
    from onrecord.coding.claims.cue_verbs import Candidate
    from onrecord.coding.claims.sides import Sides
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_NEGATION = re.compile(r"\b(?:not|no|never|nothing|nobody|none|neither|nor|n't|without)\b|n't\b|n’t\b", re.I)
_LIKELIHOOD = frozenset(
    "likely unlikely probably possible possibly perhaps may might could certain certainly appear appears seem seems "
    "probable conceivable plausible doubt".split()
)
_AHEAD = re.compile(r"\b(?:will|would|shall|'ll|’ll|going to|likely to|could|may|unlikely to)\b(?!\s+have\b)")
_OPINION = frozenset(
    [
        "think",
        "believe",
        "reckon",
        "feel",
        "consider",
        "estimate",
        "suspect",
        "view",
        "argue",
        "judge",
        "conclude",
    ]
)
_UNANSWERED = re.compile(
    r"\b(?:unanswered|without (?:an )?(?:answer|response|reply|consequences?)|waiting|long in coming)\b", re.I
)
_REFUSED = re.compile(
    r"\b(?:no such|nothing of|nothing to do|never|nobody|no one|none|not aware|no involvement|no part|no hand|"
    r"not (?:on the|aimed|directed|being|been|broken|involved|responsible))\b",
    re.I,
)
_INSISTENT = frozenset(
    [
        "insist",
        "stress",
        "maintain",
        "retort",
        "counter",
        "contend",
        "clarify",
        "emphasise",
        "emphasize",
        "reply",
        "answer",
        "respond",
        "rejoin",
        "shoot",
        "scoff",
        "object",
        "protest",
        "swear",
        "assure",
        "underline",
    ]
)
_NAMING = frozenset(
    "view call term describe brand reject dismiss find speak attribute liken compare characterise characterize "
    "label dub qualify present".split()
)
_CONTENDING = frozenset(("argue", "hold", "suggest"))
_MAIN = 25  # words of a content in which its own assertion stands as a rule
_REPAID = re.compile(
    r"\b(?:in the same coin|in kind|in equal measure|in like manner|like for like|"
    r"be (?:mirrored|reciprocated|answered)|"
    r"parting of the ways|pay (?:a|the) price|pay dearly|regret it|be reviewed|be reconsidered)\b",
    re.I,
)
_EVADING = re.compile(
    r"\b(?:no comment|nothing to (?:announce|add|say)|too early|too soon|not speculate|ask me|wait and see|"
    r"not in a position|would not be drawn|in no rush|neither confirm|never discuss\w*|not discuss|premature)\b",
    re.I,
)
_IMPROBABLE = re.compile(
    r"\b(?:improbable|unlikely|probable|inevitable|out of the question|possible)[.,;:]?$|\b(?:improbable|inevitable)\b",
    re.I,
)
_RIGHT = re.compile(r"\breserv(?:e|es|ed|ing) (?:the|its|his|her|their|to itself the) right\b", re.I)
_INEVITABLE = re.compile(
    r"\b(?:retaliation|response|answer|reply|countermeasures?|counter-measures?|reciprocity|consequences|"
    r"reprisals?|(?:retaliatory|reciprocal|response|adequate|mirror) (?:measures|steps))\b.{0,30}"
    r"\b(?:follow|inevitable|inevitably|matter of course|certain|waiting|forthcoming|under consideration|"
    r"being prepared|be felt|be painful)",
    re.I,
)
_NONE_SUCH = re.compile(
    r"^(?:there (?:is|was|were|are|has been|had been) "
    r"(?:no(?! (?:question|need|doubt|reason|evidence|plan|plans|hurry|way))|nothing|"
    r"not a (?:word|shred|grain))|no \w+ of the kind|nothing of the (?:kind|sort)|nobody had|no one had|"
    r"(?:it|he|she|they) knew (?:of no|nothing))",
    re.I,
)
_UNDONE = re.compile(
    r"\b(?:is|are|was|were|been|be) not (?:being |yet )?(?:closed|expelled|severed|broken|recalled|withdrawn|cut|"
    r"suspended|reduced)\b|\b(?:has|have|had) not (?:been )?(?:closed|expelled|severed|broken|recalled|cut)\b|"
    r"\b(?:done|hidden|stolen|signed) nothing\b|"
    r"\bmis(?:quoted|translated|understood|represented|interpreted)\b|\b(?:taken|quoted) out of context\b",
    re.I,
)
_ASKED = frozenset(("whether", "why", "how", "what", "who", "when", "where", "which"))
_FIRST = frozenset(("we", "i", "our"))
# whom a pronoun at the head of a content means, by the kind of its holder
_PRONOUNS: dict[str, tuple[str | None, ...]] = {
    "it": ("state", "organ", "igo", "mission", "party", "outlet", "place", None),
    "they": ("group", "unit", None),
    "he": ("person", None),
    "she": ("person", None),
}


@lru_cache(maxsize=1)
def _words() -> dict[str, Phrases]:
    return {name: Phrases(words) for name, words in load("stance").items()}


def stance_of(reading: Reading, candidate: Candidate, sides: Sides) -> str:
    """The stance of one candidate."""
    text = " ".join(_text(reading, span) for span in candidate.content)
    stance = candidate.stance
    if candidate.rule in ("declined", "otherwise"):
        return stance
    if candidate.negated:
        return _negated(candidate, stance)
    if candidate.base == "ask":
        asked = reading.lower(candidate.content[0][0] - 1) in _ASKED
        return "questions" if asked or candidate.place == "clause" or _is_question(text) else "demands"
    if candidate.base == "view" and _AHEAD.search(_main_clause(reading, candidate)):
        return "predicts"
    if candidate.base == "attribute" and sides.others - {sides.holder}:
        return "accuses"
    if candidate.base in _NAMING:
        return _named(text, stance)
    if candidate.base == "expect" and _expects_of(reading, candidate, sides):
        return "demands"
    if candidate.base in ("warn", "caution"):
        if _REPAID.search(text):
            return "threatens"
        return warned(candidate, sides, text, own_subject(reading, candidate, sides))
    if candidate.base in ("threaten", "reserve"):
        return _reserved(candidate, stance, text)
    if stance == "promises" and (_AHEAD.search(text) or not _finite(reading, candidate)):
        return stance if candidate.base == "assure" else pledged(text, stance)
    if candidate.base == "allegedly":
        return "accuses" if stance == "accuses" and _words()["wrong"].search(text) else "asserts"
    if candidate.base in _OPINION and _IMPROBABLE.search(text) and not re.search(r"\bhave\b", text):
        return "predicts"
    if (
        stance == "assesses"
        and candidate.base in _OPINION
        and _AHEAD.search(_main_clause(reading, candidate))
    ):
        return "predicts"
    if stance == "promises":  # "swore that they had gone": nothing is to come
        return _neutral(reading, candidate, sides, text)
    if candidate.base in _CONTENDING and _neutral(reading, candidate, sides, text) in ("accuses", "denies"):
        return _neutral(reading, candidate, sides, text)
    if stance != "asserts":
        return stance
    return _neutral(reading, candidate, sides, text)


def _text(reading: Reading, words: WordSpan) -> str:
    start, end = reading.span(*words)
    return reading.text[start:end]


def _negated(candidate: Candidate, stance: str) -> str:
    if candidate.base in ("deny", "rule"):
        return "declines"
    if stance in ("confirms", "accuses", "promises", "threatens"):
        return "declines"
    if candidate.base in ("believe", "think", "expect"):
        return "denies" if candidate.base != "expect" else "predicts"
    return "declines" if stance == "asserts" else stance


def _finite(reading: Reading, candidate: Candidate) -> bool:
    """A clause with a verb of its own, no infinitive and no thing."""
    start, end = candidate.content[0]
    return "to" not in (reading.lower(start), reading.lower(start - 1)) and any(
        reading.feat(at, "VerbForm") == "Fin" or reading.pos(at) == "AUX" for at in range(start, end)
    )


def _is_question(text: str) -> bool:
    return (
        re.match(r"(?:whether|if|why|what|how|who|when|where|which)\b", text.strip(' "“'), re.I) is not None
        or "?" in text
    )


def _tells(reading: Reading, candidate: Candidate, text: str) -> bool:
    """ "When we disagree they will not talk", "which has not expelled the men": a clause, and nothing asked."""
    if "?" in text or re.match(r"\W*(?:whether|why|how)\b", text, re.I):
        return False
    start, end = candidate.content[0]
    word, steps = start, 0
    while start <= word < end and steps < _MAIN:
        if reading.deprel(word).startswith(("advcl", "acl")):
            return True
        word, steps = reading.head(word), steps + 1
    return False


def _named(text: str, stance: str) -> str:
    words = _words()
    if stance == "denies":
        return stance
    if words["baseless"].search(text) and (
        words["accusation_nouns"].search(text) or re.match(r"(?:it|this|that|these|those)\b", text, re.I)
    ):
        return "denies"
    if stance == "assesses" and (
        words["breaches"].search(text) or words["doing"].search(text) or is_wrong(text)
    ):
        return "accuses"
    return stance


def _tells_wrong(reading: Reading, candidate: Candidate) -> bool:
    """The content tells of a wrong, by the classes of its words; not where it is about something said or charged."""
    for start, end in candidate.content:
        for word in range(start, min(end, start + _MAIN)):
            if reading.pos(word) in ("NOUN", "VERB", "ADJ", "ADV"):
                names = classes_of(reading.lemma(word) if reading.pos(word) != "ADJ" else reading.lower(word))
                if "wrong" in names or ("wrong_deed" in names and reading.pos(word) == "VERB"):
                    return True
    return False


def _tells_doubtful(reading: Reading, candidate: Candidate) -> bool:
    """ "The driver had ferried cash": a deed done, of a kind or with things that one is charged with."""
    root = head_of(reading, candidate.content[0])
    done = reading.feat(root, "Tense") == "Past" and not syntax.is_passive(reading, root)
    return done and any(
        name.startswith("doubtful")
        for start, end in candidate.content
        for word in range(start, min(end, start + _MAIN))
        if reading.pos(word) in ("NOUN", "VERB")
        for name in classes_of(reading.lemma(word))
    )


def is_wrong(text: str) -> bool:
    """Whether the words name a wrong: a ploy, espionage, a provocation."""
    words = re.findall(r"[a-zé-]+", text.lower())
    return any("wrong" in classes_of(lemma(word, "NOUN")) for word in words)


def _reserved(candidate: Candidate, stance: str, text: str) -> str:
    if candidate.base == "reserve":
        return "threatens" if re.search(r"\bright\b", text) else "asserts"
    return stance


def _neutral(reading: Reading, candidate: Candidate, sides: Sides, text: str) -> str:
    """Said, told, added, according to: the content decides."""
    words = _words()
    if _is_question(text) and not _tells(reading, candidate, text):
        return "questions"
    own = own_subject(reading, candidate, sides)
    main = _main_clause(reading, candidate)
    if _EVADING.search(main):
        return "declines"
    if _RIGHT.search(text) or _INEVITABLE.search(text):
        return "threatens"
    if _UNDONE.search(main) and not _AHEAD.search(main):
        return "denies"
    if _NONE_SUCH.match(main) and not _AHEAD.search(main):
        return "denies"
    if _imperative(reading, candidate):
        return "demands"
    if own and re.search(
        r"\b(?:is|are|am|'re|was|were|remains?|remained|stands?|stood) (?:ready|prepared|willing) to\b", main
    ):
        return "promises"
    if re.match(r"it (?:is|was|seems|looks) (?:\w+ )?(?:un)?(?:likely|probable|possible) that\b", text, re.I):
        return "assesses"
    if (to_come := ahead(candidate, sides, text, main, own)) is not None:
        return to_come
    if re.search(r"\b(?:will|would|shall|'ll|’ll|going to)\b", main) and not re.search(
        r"\bwould have\b", main
    ):
        if _UNANSWERED.search(main) or (_REPAID.search(main) and not _NEGATION.search(main)):
            return "threatens"
        if words["adverse"].search(text) and own is not False and not _NEGATION.search(main):
            return "threatens" if _reprisal(text) or own else "asserts"
        if own and not _NEGATION.search(main):
            return "promises"
        if own and words["friendly"].search(text):
            return "promises"
        if own is None and sides.holder is not None and not _NEGATION.search(main):
            if candidate.conditional and words["deeds"].search(text):
                return "threatens"
            if words["friendly"].search(text) and not words["adverse"].search(text):
                return "promises"
        return "predicts" if own is not True and not _NEGATION.search(main) else "asserts"
    if re.search(r"\b(?:must|should|ought to|has to|have to|needs? to)\b", main) and not own:
        return "demands"
    if words["baseless"].search(main) and words["accusation_nouns"].search(main):
        return "denies"
    if re.search(r"\b(?:may|might|could)\b", main) and not re.search(r"\bhave\b", main):
        return "predicts"
    if re.search(
        r"\b(?:un)?likely to (?!have\b)|\b(?:near certainty|certain to|bound to|at hand|on the cards)\b", main
    ):
        return "predicts"
    if not _LIKELIHOOD.isdisjoint(words_of(main)):
        return "assesses"
    doing = words["doing"].search(text) is not None
    wrong = doing or words["wrong"].search(text) is not None or _tells_wrong(reading, candidate)
    other = sides.people or sides.subject not in (None, sides.holder)
    wrong = wrong or (other and _tells_doubtful(reading, candidate))
    known = sides.subject is not None and not sides.thing
    named = doing or sides.people or known or bool(sides.others)
    if wrong and named and own is not True and not _NEGATION.search(main):
        return "accuses"
    if "no reason to" in main or "no evidence" in main:
        return "asserts"
    flat = wrong or _REFUSED.search(main) or words["nothing"].search(main) or candidate.base in _INSISTENT
    if _NEGATION.search(main) and flat:
        return "denies"
    if words["evaluative"].search(main) and re.search(r"\b(?:is|are|was|were|be|been|being|'s|as)\b", main):
        return "assesses"
    return "asserts"


def _imperative(reading: Reading, candidate: Candidate) -> bool:
    """ "Show us the readings": a bare verb at the head of quoted words, without a subject."""
    start, end = candidate.content[0]
    head = head_of(reading, (start, end))
    return (
        reading.pos(head) == "VERB"
        and head == start
        and reading.lower(head) == reading.lemma(head)
        and reading.feat(head, "Tense") == "_"
        and not reading.lower(head).endswith(("ing", "ed"))
        and syntax.subject(reading, head) is None
        and reading.text[reading.start(start) - 1] in '"“‘'
    )


def _expects_of(reading: Reading, candidate: Candidate, sides: Sides) -> bool:
    """A state that expects another to do something asks it to: "expects the embassy to return the cards"."""
    if (
        candidate.place != "infinitive"
        or sides.holder is None
        or (sides.kind == "person" and sides.anonymous)
    ):
        return False
    doer = syntax.obj(reading, candidate.cue)
    if doer is None or reading.pos(doer) not in ("NOUN", "PROPN", "PRON"):
        return False
    return sides.subject != sides.holder and sides.sector in ("GOV", None)


def _reprisal(text: str) -> bool:
    return (
        re.search(
            r"\b(?:retaliat|respon[ds]|answer|repl(?:y|ies)|react|reciproc|countermeasure|consequence|mirror|steps?\b|measures?\b)",
            text,
            re.I,
        )
        is not None
    )


def _main_clause(reading: Reading, candidate: Candidate) -> str:
    """The content without the clauses that hang on it: up to the first relative or adverbial clause."""
    words = []
    for start, end in candidate.content:
        for word in range(start, end):
            words.append(reading.lower(word))
    return " ".join(words[:40])


def _expletive(reading: Reading, word: int) -> bool:
    """ "It is unlikely that …": the pronoun stands for nobody."""
    if reading.deprel(word) == "expl":
        return True
    after = [reading.lower(at) for at in range(word + 1, min(word + 12, len(reading)))]
    return bool(after) and after[0] in ("is", "was", "'s", "would") and "that" in after[:6]


def own_subject(reading: Reading, candidate: Candidate, sides: Sides) -> bool | None:
    """Whether the content tells of the holder's own side: True, False, or None where it cannot be told."""
    start = candidate.content[0][0]
    first = reading.lower(start)
    if first == "there" or (first == "it" and _expletive(reading, start)):
        return None
    if first in _FIRST:
        return True
    if first in _PRONOUNS:  # of whom else: "they will follow", said by a minister of the others
        return True if (sides.kind in _PRONOUNS[first]) or (first == "they" and sides.anonymous) else None
    if sides.subject is None or sides.thing:
        return None
    if sides.holder is None:
        return None
    return sides.subject == sides.holder

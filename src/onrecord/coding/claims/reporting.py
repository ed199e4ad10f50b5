"""Where somebody's word is reported by a verb: cue, holder, content, addressee, from the tree and the lexicon.

Requires the reading alone. Gives candidates; what they become (stance, certainty, actors) is decided by
``stance``, ``certainty`` and ``claims``. Reported words without such a verb are the business of ``according``,
refusals to speak of ``declining``, the model's own spans of ``spoken``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.rules import matches
from onrecord.coding.claims.answered import answered
from onrecord.coding.claims.contents import (
    contents_of,
    cut,
    marked_to,
    prepositional,
)
from onrecord.coding.claims.cue_verbs import Candidate, Verb, declining, entry, make
from onrecord.coding.claims.declining import (
    after_question,
    asked,
    cannot,
    declined,
    evaded,
    is_asked,
    nobody_there,
    question_before,
)
from onrecord.coding.claims.naming import named_as
from onrecord.coding.claims.passives import impersonal, passive
from onrecord.coding.claims.single_verbs import answerable, counted, put_at, shared
from onrecord.coding.claims.ultimatums import given_time, is_demanded, sets_term
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_ASKING = frozenset(("ask", "want", "require"))
_BE = frozenset(("is", "are", "was", "were", "be", "been"))
_ADVISING = frozenset(("must", "should", "may", "might", "can"))
_CARRIERS = frozenset("is are was were will would must may might could should shall can".split())
_CALLING = frozenset(("call", "term", "brand", "deem", "pronounce"))
_REWARDS = frozenset(("bounties", "rewards", "bribes", "money", "cash"))
_NOBODY_SPEAKS = frozenset(("nothing", "nobody", "none", "everyone", "everybody", "one"))
_NAMING = frozenset(
    ("declare", "pronounce", "name", "brand", "designate", "proclaim", "label", "deem", "find", "term")
)
_DECLARED = frozenset(("persona_non_grata", "not_acceptable", "deny_accreditation"))
_PHRASE = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"))
_COMMAS = frozenset((",", "”", '"', "’", "—", "–"))
_SPEAKER = 9  # words of a speaker put in between
_SPEAKERS = frozenset(("he", "she", "it", "they", "one", "others", "some"))
_WHEN = frozenset("morning afternoon evening night day week month year noon".split())
_WITNESSES = frozenset(load("reporting")["witnesses"])
_COUNTING = frozenset(("count",))
_SHARING = frozenset(("share",))
_CHECKING = frozenset(("verify", "confirm", "corroborate", "authenticate"))


def candidates(reading: Reading) -> list[Candidate]:
    """Every reported proposition that the lexicon and the tree find, in the order of their cues."""
    found: list[Candidate] = []
    measures = {match.word: match.rule.act for match in matches(reading)}
    for word in range(len(reading)):
        if reading.pos(word) not in ("VERB", "AUX", "ADJ"):
            continue
        if measures.get(word) == "ultimatum" or sets_term(reading, word):
            found.extend(given_time(reading, word))
        elif measures.get(word) in _DECLARED and verb_of(reading.lower(word), _NAMING) is not None:
            continue  # "pronounced two clerks not acceptable": done by saying it, and told as an act
        if reading.lower(word) in ("put", "puts") and (put := put_at(reading, word)) is not None:
            found.append(put)
        if (
            verb_of(reading.lower(word), _COUNTING) is not None
            and (sum_ := counted(reading, word)) is not None
        ):
            found.append(sum_)
        if is_asked(reading, word):
            found.extend(asked(reading, word))
            continue
        if verb_of(reading.lower(word), _SHARING) is not None:
            found.extend(shared(reading, word, syntax.relative_head(reading, syntax.subject(reading, word))))
        verb = entry(reading, word)
        if verb is not None:
            found.extend(_of_verb(reading, word, verb))
    answers = answered(reading)
    return [each for each in found if each.cue not in {other.cue for other in answers}] + answers


def _of_verb(reading: Reading, word: int, verb: Verb) -> list[Candidate]:
    if verb.particle and not _has_particle(reading, word, verb.particle):
        return []
    if verb.base in ("believe", "think", "suppose") and reading.lower(word - 2) in ("reason", "grounds"):
        return []  # "no reason to believe" is a form of its own
    if verb.base in ("rule", "exclude", "deny", "confirm") and _refused(reading, word):
        return []  # "refused to rule out further steps": the refusal is told at its own verb
    if _no_report(reading, word, verb):
        return []
    if verb.witness and not _witness(reading, word):
        return []
    acting = _acting(reading, word)
    if acting is None and syntax.is_passive(reading, word) and not _is_parenthetical(reading, word):
        return passive(reading, word, verb)
    subject = acting if acting is not None else syntax.subject(reading, word)
    subject = _resumed(reading, word, _not_participle(reading, subject))
    holder = syntax.relative_head(reading, subject)
    holder = _between(reading, word, holder)
    if holder is not None and reading.lower(holder) in ("it", "there") and _expletive(reading, word):
        return impersonal(reading, word, verb)
    if holder is not None and reading.lower(holder) in _NOBODY_SPEAKS:
        silent = verb.base in declining() and nobody_there(reading, holder)
        return declined(reading, word, verb, holder, True) if silent else []
    negated = syntax.negated(reading, word) and reading.word(word - 1) != ","  # "Nothing of it, says Peru"
    if negated and verb.base in _ASKING and holder is not None and reading.lower(holder) in ("we", "i"):
        return []
    if negated and verb.base in _CHECKING and cannot(reading, word):
        return declined(reading, word, verb, holder, negated)
    if verb.stance == "declines" or (negated and verb.base in declining() and verb.stance != "demands"):
        return declined(reading, word, verb, holder, negated)
    if verb.base == "call" and _called_back(reading, word):
        return []
    if verb.base in _CALLING and (named := named_as(reading, word)) is not None:
        return [make(word, Verb(verb.base, "assesses", (), (), (), None, False, False), holder, [named])]
    if verb.base in ("want", "seek") and (wanted := _to_know(reading, word)):
        return [
            make(word, Verb("wonder", "questions", (), (), (), None, False, False), holder, [each])
            for each in wanted
        ]
    if verb.base == "hold" and (blamed := answerable(reading, word)) is not None:
        return [make(word, Verb("blame", "accuses", (), (), (), None, False, False), holder, [blamed])]
    if verb.base == "insist" and reading.lower(word + 1) == "on":  # "insisted on the return of both"
        wanted = [each for each in prepositional(reading, word, "on") if _is_thing(reading, each[0])]
        insisting = Verb("insist", "demands", (), (), (), None, False, False)
        if wanted:
            return [make(word, insisting, holder, [each]) for each in wanted]
    place, contents = contents_of(reading, word, verb)
    if verb.stance == "denies" and _is_bare(reading, word + 1):
        place, contents = "object", [(word + 1, word + 2)]
    if verb.stance in ("denies", "confirms", "asserts") and not contents and _as_much(reading, word + 1):
        place, contents = "object", [(word + 1, word + 3)]
    if verb.base == "rule" and reading.lower(word + 1) in ("it", "that", "this"):
        put = question_before(reading, word)  # "Would it close the consulate? The minister ruled it out."
        contents = [put] if put is not None else contents
    contents = [each for each in contents if not _is_when(reading, each)]
    if (bare := syntax.bare_that(reading, word)) is not None:
        place, contents = "object", [bare]
    if after_question(reading, word) and evaded(reading, word, contents):
        return []  # told by the question that stays open
    made = []
    for content in contents:
        if verb.base == "offer" and reading.lower(content[0]) in _REWARDS:
            continue
        if place == "infinitive" and verb.base in _ASKING and _is_act(reading, content):
            continue
        candidate = make(word, verb, holder, [content])
        candidate.negated, candidate.place = negated, place
        candidate.addressee = _addressee(reading, word, verb)
        made.append(candidate)
    return made


def _no_report(reading: Reading, word: int, verb: Verb) -> bool:
    """ "Is considering a ban" plans one, "must expect delays" advises, "is to blame" is told by who says it."""
    if verb.base == "blame" and reading.lower(word - 1) == "to":
        return reading.lower(word - 2) in _BE or reading.lower(word - 3) in _BE
    if verb.base in ("answer", "respond", "reply") and reading.lower(word + 1) == "by":
        return True  # "answered by expelling six": a deed
    if (verb.base == "show" and syntax.is_passive(reading, word)) or reading.lower(word) == "go":
        return True
    if verb.base == "understand" and reading.lower(word - 1) == "be":
        return True  # "let it be understood": told at "let"
    if verb.base in ("consider", "think") and reading.lower(word).endswith("ing"):
        return not syntax.kids(reading, word, "ccomp", "xcomp") and reading.lower(word + 1) not in (
            "that",
            "it",
        )
    if is_demanded(reading, word) or (verb.base == "continue" and reading.lower(word + 1) == "to"):
        return True
    if verb.base in ("expect", "fear", "hope", "believe", "think"):
        return bool(_ADVISING & set(syntax.auxiliaries(reading, word)))
    return False


def _acting(reading: Reading, word: int) -> int | None:
    """The subject of "have disowned the act", which the tree may take for that of a passive; None where it does not."""
    be = any(reading.lower(child) in (*_BE, "being") for child in syntax.kids(reading, word, "aux", "cop"))
    if be or not syntax.kids(reading, word, "obj"):
        return None
    return next((child for child in reading.children(word) if reading.deprel(child) == "nsubj:pass"), None)


def _is_bare(reading: Reading, word: int) -> bool:
    """A pronoun alone: "denies it and …", "rejects that;"."""
    if word + 1 >= len(reading) or reading.lower(word) not in (
        "it",
        "this",
        "that",
        "them",
        "everything",
        "all",
    ):
        return False
    return reading.pos(word + 1) in ("PUNCT", "CCONJ", "ADV", "SCONJ")


def _is_thing(reading: Reading, word: int) -> bool:
    """What is insisted on may be asked of others: no own doing, and no namelessness."""
    return reading.lower(word) not in ("anonymity", "condition") and not reading.lower(word).endswith("ing")


def _is_when(reading: Reading, content: WordSpan) -> bool:
    """ "He announced that afternoon": when it was said, and not what."""
    start, end = content
    return (
        end - start == 2
        and reading.lower(start) in ("that", "this", "last")
        and reading.lower(end - 1) in _WHEN
    )


def _not_participle(reading: Reading, subject: int | None) -> int | None:
    """The noun that speaks where the tree has its participle for the subject: "a note published on Monday said"."""
    if subject is None or reading.pos(subject) != "VERB" or not reading.lower(subject).endswith("ed"):
        return subject
    before = [*syntax.kids(reading, subject, "nsubj"), subject - 1]
    return next((at for at in before if at < subject and reading.pos(at) == "NOUN"), subject)


def _as_much(reading: Reading, word: int) -> bool:
    """ "Conceded as much": the words stand for what was told before."""
    return word + 2 < len(reading) and [reading.lower(word), reading.lower(word + 1)] == ["as", "much"]


def _refused(reading: Reading, word: int) -> bool:
    head = syntax.parent(reading, word)
    refusing = frozenset(("refuse", "decline"))
    return (
        head is not None
        and syntax.relation(reading, word) == "xcomp"
        and bool(verb_of(reading.lower(head), refusing))
    )


def _resumed(reading: Reading, word: int, subject: int | None) -> int | None:
    """ "The note says that two clerks are not acceptable, and expects …": who said the one says the other.

    The tree may join the second verb to the clause that the first one reports. It does not belong there where that
    clause has an auxiliary or a copula, which the verb of saying does without, or another number.
    """
    head = syntax.parent(reading, word)
    if subject is None or head is None or reading.deprel(word) != "conj":
        return subject
    if syntax.kids(reading, word, "nsubj", "aux", "cop") or syntax.parent(reading, subject) == word:
        return subject
    if marked_to(reading, head) and reading.lower(word).endswith("ed"):
        above_it = (each for each, _ in syntax.governors(reading, head) if reading.pos(each) == "VERB")
        finite = next((each for each in above_it if not marked_to(reading, each)), None)
        resumed = syntax.subject(reading, finite) if finite is not None else None
        return (
            resumed if resumed is not None else subject
        )  # "reminded it of its promise to wait and urged it to"
    above = syntax.parent(reading, head) if syntax.relation(reading, head) == "ccomp" else None
    if above is None or above > head or entry(reading, above) is None:
        return subject
    speaker = syntax.subject(reading, above)
    carried = bool(_CARRIERS & set(syntax.auxiliaries(reading, head)))
    present = reading.lower(word).endswith("s") and reading.feat(subject, "Number") == "Plur"
    return speaker if speaker is not None and (carried or present) else subject


def _between(reading: Reading, word: int, holder: int | None) -> int | None:
    """Who stands between a comma and the verb ("Baghdad, he insists, was bound to", "…, its mine authority said")
    speaks, whatever the tree makes of what stands before the comma; a row of speakers goes on over commas."""
    first, _ = syntax.sentence(reading, word)
    if (behind := _behind(reading, word, holder)) is not None:
        return behind
    start = word
    while start > first and reading.pos(start - 1) in ("AUX", "ADV"):
        start -= 1
    end = start
    while start > first and (
        reading.pos(start - 1) in _PHRASE
        or reading.lower(start - 1) in ("'s", "’s", "of", "to", "for", "in", "-")
    ):
        start -= 1
    if start > first and end - start == 1 and reading.lower(start - 1) in ("what", "which"):
        return start if reading.pos(start) == "PRON" else holder  # "what it described as proof"
    if start <= first or end - start > _SPEAKER or reading.word(start - 1) not in _COMMAS:
        return holder
    if reading.lower(start) in ("who", "which"):
        return holder  # "the minister, who last week called …"
    if holder is not None and start <= holder:
        return holder
    stop = next((at for at in range(start, end) if reading.pos(at) == "ADP"), end)
    nouns = [at for at in range(start, stop) if reading.pos(at) in ("NOUN", "PROPN")]
    if nouns:
        return nouns[-1]
    if (
        stop == end
        and end - start == 1
        and reading.pos(start) == "PRON"
        and reading.lower(start) in _SPEAKERS
    ):
        return start
    return holder


def _behind(reading: Reading, word: int, holder: int | None) -> int | None:
    """ "Thieves, says the ambassador": who stands behind the verb speaks, where a comma stands before it."""
    first, last = syntax.sentence(reading, word)
    if holder is None or holder > word or word - 1 <= first or reading.word(word - 1) not in _COMMAS:
        return None
    verb = entry(reading, word)
    if verb is not None and not {"clause", "quote", "aside"} & set(verb.content):
        return None  # "the minister, reached by the agency, called the story an invention"
    end = word + 1
    while (
        end < last
        and end - word <= _SPEAKER
        and (reading.pos(end) in _PHRASE or reading.lower(end) in ("'s", "’s", "of", "for", "in", "-"))
    ):
        end += 1
    if end == word + 1 or (end < last and reading.word(end) not in (",", ".", ":", ";", "?")):
        return None
    stop = next((at for at in range(word + 1, end) if reading.pos(at) == "ADP"), end)
    nouns = [
        at
        for at in range(word + 1, stop)
        if reading.pos(at) in ("NOUN", "PROPN")
        or (reading.pos(at) == "ADJ" and reading.word(at)[:1].isupper())
    ]
    if not nouns or reading.pos(word + 1) == "NUM" or syntax.relation(reading, nouns[-1]) in ("obj", "iobj"):
        return None
    return nouns[-1]


def _is_act(reading: Reading, content: WordSpan) -> bool:
    """What is asked is a measure (told by the act), or that a name be left out (nobody's business)."""
    start, end = content
    if [reading.lower(at) for at in range(start, min(start + 3, end))] == ["not", "to", "be"]:
        return True
    return any(start <= match.word < end for match in matches(reading))


def _to_know(reading: Reading, word: int) -> list[WordSpan]:
    """ "Wants to know why …" asks."""
    for child in syntax.kids(reading, word, "xcomp"):
        if reading.lower(child) in ("know", "learn", "hear"):
            return [
                cut(reading, reading.subtree(below)) for below in syntax.kids(reading, child, "ccomp", "obj")
            ]
    return []


def _has_particle(reading: Reading, word: int, particles: tuple[str, ...]) -> bool:
    _, end = syntax.sentence(reading, word)
    text = " " + " ".join(reading.lower(i) for i in range(word + 1, min(end, word + 5))) + " "
    return any(f" {particle} " in text for particle in particles)


def _called_back(reading: Reading, word: int) -> bool:
    """ "Called its envoy home", "called the chargé in to protest"; not "called the war in Yemen futile"."""
    _, last = syntax.sentence(reading, word)
    for at in range(word + 1, min(last, word + 5)):
        if reading.lower(at) in ("home", "back", "off"):
            return True
        if (
            reading.lower(at) == "in"
            and reading.word(at - 1) != "-"
            and (at + 1 >= last or reading.pos(at + 1) not in ("PROPN", "DET", "NOUN"))
        ):
            return True
    return False


def _witness(reading: Reading, word: int) -> bool:
    holder = syntax.subject(reading, word)
    return holder is not None and noun_of(reading.lower(holder), _WITNESSES) is not None


def _expletive(reading: Reading, word: int) -> bool:
    return any(reading.deprel(child) == "expl" for child in reading.children(word))


def _is_parenthetical(reading: Reading, word: int) -> bool:
    return reading.deprel(word) == "parataxis"


def _addressee(reading: Reading, word: int, verb: Verb) -> int | None:
    for place in verb.addressee:
        if place == "object":
            for child in syntax.kids(reading, word, "iobj", "obj"):
                if reading.lower(child) not in ("what", "which", "that"):
                    return child
        else:
            for child in syntax.obliques(reading, word, place):
                return child
    return None

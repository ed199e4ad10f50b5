"""Incidents, kept apart from who is said to be behind them.

Requires claims, events and the party resolver. An incident is named once, at its fullest mention; each claim that
puts it down to somebody, denies it or doubts it is an attribution with the holder's own certainty. No attribution
is made on the document's own word. What only a verb tells of is on record where somebody is put behind it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.coding.acts.judging import SHORT
from onrecord.coding.claims.sides import guessed
from onrecord.coding.incidents import frames
from onrecord.coding.incidents.accused import spans_of
from onrecord.coding.incidents.answering import answer_of, speaks_for
from onrecord.coding.incidents.blame import Blame, blame_of, is_answer, names, names_only
from onrecord.coding.incidents.kindred import Cluster, clusters, is_another
from onrecord.coding.incidents.mentions import asked_before, is_harmful, lists
from onrecord.coding.incidents.recording import record
from onrecord.coding.incidents.suspects import as_group, is_armed
from onrecord.coding.incidents.unsaid import by_whose, covers
from onrecord.coding.inflect import verb_of
from onrecord.model.records import Claim
from onrecord.vocabulary.actors import states

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

# Beside which an incident is told: what it was, who accuses, denies, protests or acts on it.
_HOSTILE = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "ACCUSE", "REJECT", "THREATEN", "PROTEST"))
_GROUPS = frozenset(("group", "party"))
_PLURAL = ("allegations", "accusations", "charges", "claims", "everything", "all of it", "both", "either")
_PARAGRAPHS = 3  # how far before a claim the incident that it speaks of may stand


def code(draft: Draft) -> None:
    """Put the incidents of the document on record with their rival attributions."""
    if _is_peaceful(draft):
        return
    found = clusters(draft)
    last: Cluster | None = None
    told = [*draft.claims, *(frames.claims(draft) if found else ())]
    for claim in sorted(told, key=lambda each: each.content[0] if each.content else (0, 0)):
        blame = blame_of(draft, claim) if found else None
        if blame is None and found:
            blame = by_whose(draft, claim, found)
        if blame is None and last is not None and not claim.id:
            blame = _seconding(draft, claim, last)
        if last is not None and blame is None:
            answer = answer_of(draft, claim, last)
            if answer is not None:
                last.blamed.append((claim, answer.actors[0], answer.verdict))
                continue
        if blame is None:
            continue
        for cluster in _all_meant(draft, claim, blame, found, last):
            if _not_told_yet(draft, claim, cluster):
                continue
            laid = blame
            if blame.verdict == "denied":
                laid = _answerer(draft, claim, blame, cluster)
                if draft.code_of(laid.actors[0]) is None:
                    continue  # a person whom nobody accused
                if not _contested(draft, claim, laid, cluster):
                    answer = answer_of(draft, claim, cluster)
                    if answer is not None:
                        cluster.blamed.append((claim, answer.actors[0], answer.verdict))
                    continue
            cluster.blamed.extend(
                (claim, actor, laid.verdict)
                for actor in laid.actors
                if not _told_already(draft, claim, actor, laid.verdict, cluster)
                and not _is_victim(draft, actor, cluster)
            )
            last = cluster
    for cluster in found:
        _charged(draft, cluster)
        record(draft, cluster)


def _is_peaceful(draft: Draft) -> bool:
    """A text long enough to show what it is about, in which nobody does anything to anybody: the attack of a team and
    the collapse of a price are no incidents."""
    hostile = any(event.type in _HOSTILE for event in draft.events)
    return not hostile and len(draft.reading) > SHORT


def _not_told_yet(draft: Draft, claim: Claim, cluster: Cluster) -> bool:
    """A claim in a sentence before the incident is told speaks of another thing."""
    reading = draft.reading
    last = reading.sentence(reading.words_in(claim.content[-1])[0])[1]
    return all(each.word >= last for each in cluster.mentions)


def _seconding(draft: Draft, claim: Claim, last: Cluster) -> Blame | None:
    """Whoever shares a finding says the same of the same parties, and whoever does not doubts it."""
    if claim.stance not in ("confirms", "questions") or not is_answer(draft, claim):
        return None
    accused = [actor for _, actor, verdict in last.blamed if verdict == "attributed"]
    verdict = "attributed" if claim.stance == "confirms" else "disputed"
    return Blame((accused[-1],), verdict, True) if accused else None


def _is_victim(draft: Draft, actor: str, cluster: Cluster) -> bool:
    """The person whose death or abduction it is: named with the noun."""
    reading, person = draft.reading, draft.actor(actor)
    return person.kind == "person" and any(
        person.name.split()[-1] in reading.text[slice(*reading.span(*each.span))]
        for each in cluster.mentions
        if not each.verb
    )


def _told_already(draft: Draft, claim: Claim, actor: str, verdict: str, cluster: Cluster) -> bool:
    """The same charge, or a doubt of it, by a claim that shares its words."""
    return any(
        (each_verdict == verdict or {each_verdict, verdict} == {"attributed", "disputed"})
        and draft.code_of(each_actor) == draft.code_of(actor)
        and any(a < d and c < b for a, b in each.content for c, d in claim.content)
        for each, each_actor, each_verdict in cluster.blamed
    )


def _all_meant(
    draft: Draft, claim: Claim, blame: Blame, found: list[Cluster], last: Cluster | None
) -> list[Cluster]:
    """The incidents of which a claim speaks: "linked to the raid and to an attempt on his life", "all charges"."""
    one = _meant(draft, claim, blame, found, last)
    if one is None:
        return []
    if blame.verdict == "denied":
        text = " ".join(draft.document.words(span) for span in claim.content).lower()
        codes = {draft.code_of(actor) for actor in blame.actors}
        if not any(each in text for each in _PLURAL):
            return [one]
        return [
            cluster
            for cluster in found
            if cluster is one
            or any(
                draft.code_of(actor) in codes and verdict == "attributed"
                for _, actor, verdict in cluster.blamed
            )
        ]
    if not blame.pointing:
        return [one]
    inside = [
        cluster
        for cluster in found
        if any(covers(draft, claim, each) and not each.weak and not each.verb for each in cluster.mentions)
    ]
    return inside if one in inside else [one]


def _answerer(draft: Draft, claim: Claim, blame: Blame, cluster: Cluster) -> Blame:
    """Whom a denial clears, as he was accused: a group by its name, and not the accuser's own side.

    Whoever answers a charge and is known only as of the story's state ("the police chief") is of the accused's side.
    """
    if blame.actors != (claim.holder,) or claim.holder is None:
        return blame
    accused = list(dict.fromkeys(actor for _, actor, verdict in cluster.blamed if verdict == "attributed"))
    codes = {draft.code_of(actor) for actor in accused}
    holder = draft.actor(claim.holder)
    if accused and holder.name.lower().startswith("whose "):
        return replace(blame, actors=(accused[-1],))  # "named the Guards, whose commander rejects this"
    for actor in (
        accused
    ):  # "a threat from Hamas, which says that it had nothing to do with it", "the head of the MAK"
        if speaks_for(draft, claim.holder, actor):
            return replace(blame, actors=(actor,))
    others = [actor for actor in accused if draft.code_of(actor) not in states()]
    for actor in others:  # "Petrov", or "the cleric", who was accused under his own name
        if draft.actor(actor).kind == "person" and (
            draft.actor(actor).name.split()[-1] == holder.name.split()[-1]
            or (len(codes) == 1 and (is_answer(draft, claim) or holder.name.islower()))
        ):
            return replace(blame, actors=(actor,))
    if holder.kind in _GROUPS and holder.code not in codes and (not accused or is_armed(draft, holder)):
        return replace(blame, actors=(as_group(draft, claim.holder),))
    if holder.code in codes or not accused:
        return blame
    if holder.kind in _GROUPS:
        groups = [actor for actor in accused if draft.actor(actor).kind in _GROUPS]
        return replace(blame, actors=(groups[-1],)) if groups else blame
    accusers = {draft.code_of(each.holder) for each, _, verdict in cluster.blamed if verdict == "attributed"}
    if len(codes) == 1 and guessed(draft, claim.holder) and holder.code in accusers:
        return replace(blame, actors=(accused[-1],))
    return blame


def _charged(draft: Draft, cluster: Cluster) -> None:
    """Nobody denies what nobody said of him: the claim before a denial that names the one who denies accuses him."""
    accused = {draft.code_of(actor) for _, actor, verdict in cluster.blamed if verdict != "denied"}
    for denial, actor, verdict in list(cluster.blamed):
        code = draft.code_of(actor)
        if verdict != "denied" or code is None or code in accused:
            continue
        here = denial.content[0][0]
        for claim in sorted(
            draft.claims, key=lambda each: each.content[0] if each.content else (0, 0), reverse=True
        ):
            if (
                not claim.content
                or claim.content[0][0] >= here
                or claim.stance not in ("accuses", "assesses", "asserts")
            ):
                continue
            if draft.document.text[claim.content[0][0] : here].count("\n\n") > 1:
                break
            if (
                draft.code_of(claim.holder) != code
                and names(draft, claim, code)
                and _speaks_of(draft, claim, cluster, bool(accused) and not accused & set(states()))
            ):
                cluster.blamed.insert(0, (claim, actor, "attributed"))
                accused.add(code)
                break


def _speaks_of(draft: Draft, claim: Claim, cluster: Cluster, strictly: bool) -> bool:
    """A claim accuses, or its sentence tells of the incident; ``strictly``: the latter alone will do."""
    if claim.stance == "accuses" and not strictly:
        return True
    sentence = draft.sentence(draft.reading.words_in(claim.content[0])[0])
    return (
        any(sentence[0] <= each.word < sentence[1] for each in cluster.mentions) or claim.stance == "assesses"
    )


def _meant(
    draft: Draft, claim: Claim, blame: Blame, found: list[Cluster], last: Cluster | None
) -> Cluster | None:
    """The incident of which a claim speaks: told in its words, else the last that was told before."""
    inside = [cluster for cluster in found if any(covers(draft, claim, each) for each in cluster.mentions)]
    if inside:
        named = [cluster for cluster in inside if any(not each.weak for each in cluster.mentions)]
        return (named or inside)[0]
    if claim.stance == "accuses" and claim.cue is not None and blame.pointing:
        sentence = draft.sentence(draft.reading.words_in(claim.cue)[0])
        for cluster in found:
            if any(sentence[0] <= each.word < sentence[1] for each in cluster.mentions):
                return cluster
    asked = _asked(draft, claim, found)
    if asked is not None:
        return asked
    if not blame.pointing and not is_answer(draft, claim):
        wrong = claim.stance in ("accuses", "asserts", "assesses") and not _of_another_wrong(draft, claim)
        return _beside(draft, claim, found) if wrong or blame.verdict == "denied" else None
    own = blame.verdict == "attributed" and claim.holder in blame.actors
    if claim.stance not in ("accuses", "denies", "questions") and not own and not _takes_up(draft, claim):
        return None  # "came from", "part of" are said of many things
    if (
        last is not None
        and last.blamed
        and blame.verdict == "denied"
        and _close(draft, claim, last.blamed[-1][0].content[0][0])
    ):
        return last
    return _before(draft, claim, found)


def _asked(draft: Draft, claim: Claim, found: list[Cluster]) -> Cluster | None:
    """ "Who looted the mission? …": the incident that the sentence before a claim, or his own, asks after."""
    question = asked_before(draft.reading, draft.reading.words_in(claim.content[0])[0])
    if question is None:
        return None
    inside = range(*question)
    return next((each for each in found if any(one.word in inside for one in each.mentions)), None)


def _takes_up(draft: Draft, claim: Claim) -> bool:
    """A claim points back to something, or owns up: "it", "the perpetrators", "that was us"."""
    reading = draft.reading
    words = [word for span in spans_of(draft, claim) for word in range(*reading.words_in(span))]
    verbs = [word for word in words if reading.pos(word) == "VERB"]
    if not verbs or any(is_harmful(reading, word) for word in verbs):
        return True  # "a Yemeni patrol", said to have done it; "agents carried him off"
    told = {reading.lower(word) for word in words}
    return bool(told & (lists()["pointers"] | lists()["takers"])) or is_answer(draft, claim)


def _of_another_wrong(draft: Draft, claim: Claim) -> bool:
    """ "Accused Quito of dealings with the rebels": the wrong is told, and it is no harm done by anybody's hand."""
    reading = draft.reading
    if claim.cue is None:
        return False
    cues = [reading.lower(word) for word in range(*reading.words_in(claim.cue))]
    if not any(verb_of(cue, frozenset(("accuse", "charge"))) for cue in cues):
        return False
    if names_only(draft, claim):
        return False
    words = [word for span in claim.content for word in range(*reading.words_in(span))]
    return not any(reading.pos(word) == "VERB" and is_harmful(reading, word) for word in words)


def _beside(draft: Draft, claim: Claim, found: list[Cluster]) -> Cluster | None:
    """The incident that the paragraph of an accusation tells of."""
    cluster = _before(draft, claim, found)
    if cluster is None:
        return None
    here, text = claim.content[0][0], draft.document.text
    offsets = [draft.reading.start(each.word) for each in cluster.mentions]
    same = any("\n\n" not in text[min(here, offset) : max(here, offset)] for offset in offsets)
    return cluster if same else None


def _close(draft: Draft, claim: Claim, offset: int) -> bool:
    here = claim.content[0][0]
    return offset <= here and draft.document.text[offset:here].count("\n\n") <= 1


def _before(draft: Draft, claim: Claim, found: list[Cluster]) -> Cluster | None:
    """The incident with a name that was told last before a claim; the document's only one wherever it stands."""
    main = [cluster for cluster in found if not is_another(draft.reading, cluster.mentions[0])] or found
    named = [cluster for cluster in main if any(not each.weak for each in cluster.mentions)] or main
    if len(named) == 1:
        return named[0]
    here = claim.content[0][0]
    again = [cluster for cluster in named if _named_near(draft, here, cluster)]
    if len(again) == 1:
        return again[0]
    start = draft.reading.start
    told = [
        (start(each.word), number)
        for number, cluster in enumerate(named)
        for each in cluster.mentions
        if start(each.word) <= here
    ]
    if not told:
        return None
    offset, number = max(told)
    return named[number] if draft.document.text[offset:here].count("\n\n") <= _PARAGRAPHS else None


def _named_near(draft: Draft, offset: int, cluster: Cluster) -> bool:
    """A name by which an incident is known stands in the paragraph of an offset: "the evidence from Bucha"."""
    reading, text = draft.reading, draft.document.text
    first = text.rfind("\n\n", 0, offset) + 1
    last = text.find("\n\n", offset)
    paragraph = text[first : last if last > 0 else len(text)]
    return any(
        reading.pos(at) == "PROPN"
        and reading.entity_at(at) in ("LOC", "PER")
        and reading.word(at) in paragraph
        for each in cluster.mentions
        if not each.verb
        for at in range(*each.span)
        if draft.resolver.resolve((at, at + 1)) is None or not _is_state(draft, at)
    )


def _is_state(draft: Draft, word: int) -> bool:
    party = draft.resolver.resolve((word, word + 1))
    return party is not None and party.kind == "state" and party.why == "name"


def _contested(draft: Draft, claim: Claim, blame: Blame, cluster: Cluster) -> bool:
    """A denial clears somebody of an incident that its words speak of, or that he was accused of before."""
    if blame.pointing or any(covers(draft, claim, each) for each in cluster.mentions):
        return True
    codes = {draft.code_of(actor) for _, actor, verdict in cluster.blamed if verdict == "attributed"}
    if not codes & set(states()) and claim.holder is not None and guessed(draft, claim.holder):
        return False  # nobody accused him, and whose he is rests on the story alone
    if not codes & set(states()):  # nobody, or people without a state, was accused
        told = max((each.word for each in cluster.mentions), key=lambda word: _offset(draft, claim, word))
        named = any(not each.weak for each in cluster.mentions)
        return _close(draft, claim, draft.reading.start(told)) or (
            not codes and named and is_answer(draft, claim)
        )
    return any(draft.code_of(actor) in codes for actor in blame.actors)


def _offset(draft: Draft, claim: Claim, word: int) -> int:
    """How far before a claim a word stands, as a negative number; what stands after it comes last."""
    offset = draft.reading.start(word)
    return offset if offset <= claim.content[0][0] else -offset

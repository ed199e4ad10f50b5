"""What was told before: what an answer answers, which move "the decision" is, what "a day later" follows."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from onrecord.coding.links.ends import Ends, Place, Record
from onrecord.model.records import Act, Claim, Event, Forum, Incident

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

Span = tuple[int, int]

_MEASURES = (
    "expulsions? measures? moves? steps? decisions? closures? recalls? withdrawals? acts? actions? restrictions? bans? "
    "curbs? cuts? orders?".split()
)
_INCIDENTS = (
    "attacks? blasts? explosions? poisonings? bombings? hacks? hacking killings? murders? raids? incidents? affairs? "
    "shootings? plots? coups? cyberattacks? assassinations? abductions? kidnappings? breach(?:es)? sabotage".split()
)
_BACK_TO = re.compile(
    r"^\s*(?:the|this|that|these|those|its|their|his|her|\w+['’]s)\s+(?:[\w-]+\s+){0,2}?"
    rf"(?:(?P<act>{'|'.join(_MEASURES)})|(?P<incident>{'|'.join(_INCIDENTS)}))\b",
    re.I,
)
_IT = re.compile(r"^\s+(?:it|that|this|these|those|all (?:of )?(?:this|that))\s*(?:[.,;:]|and\b|$)", re.I)
# A subject that stands for the measure told before: "the closure was", "it came", "that was their answer".
_MEANT = (
    "bans? blow break closing closures? decisions? steps? moves? measures? expulsions? orders? recalls? actions? "
    "rupture severance announcement ruling withdrawals? removals? dismissals? "
    "refusals? requirement notice demand penalty punishment reductions? cuts? suspension lowering "
    "downgrad(?:e|ing) exchange gesture requests? demands? ultimatum note "
    "action package sanctions? curbs? freeze break-?off breach split halt downgrading ousting ouster eviction removal"
)
_POINTS = re.compile(
    r"^\W*(?:(?:but|and|so|yet|for|now),? )?"
    r"(?:(?:the|this|that|these|those|its|their|his|her|such|both|all|each)(?: of)? (?:[\w-]+(?:['’]s)? ){0,2}?"
    rf"(?:{'|'.join(_MEANT.split())})|[\w-]+['’]s (?:{'|'.join(_MEANT.split())})|"
    r"it|this|that|both|each|(?:all|most|part|that part) (?:of )?(?:this|it|that)|all|what)\b"
    r"(?! (?:is|was) (?:not )?(?:said|reported|believed))",
    re.I,
)
# "It was on Wednesday, two days after the raid, that …" points to nothing.
_CLEFT = re.compile(r"^\W*it (?:was|is) (?:only )?(?:on|in|at|after|because|for)\b", re.I)
_INNER = re.compile(
    r"(?:\b(?:that|said|says|added|insisted|claimed|believed?|thought)|[,;:“\"])\s+the\s", re.I
)
_COMING = ("actual", "future")
_WORDS = ("announce_intent", "ultimatum")
_LIGHT = ("summon", "announce_intent", "ultimatum")
_SEVERAL = re.compile(r"\b(?:steps|moves|measures|decisions|expulsions|recalls|orders|actions|both)\b", re.I)
_DONE = ("actual",)
_DEEDS = ("SANCTION", "COERCE", "ASSAULT", "RETREAT")


# By what nouns a measure is spoken of again.
_KINDS = (
    (re.compile(r"\b(?:break|rupture|severance)\b", re.I), ("downgrade",)),
    (re.compile(r"\b(?:closures?|closing)\b", re.I), ("close_mission", "close_consulate", "close_office")),
    (re.compile(r"\bexpulsions?\b", re.I), ("persona_non_grata", "not_acceptable", "withdraw_accreditation")),
    (re.compile(r"\brecalls?\b", re.I), ("recall",)),
    (re.compile(r"\b(?:ceilings?|caps?|cuts?)\b", re.I), ("set_ceiling", "parity_cap")),
    (re.compile(r"\b(?:bans?|curbs?|restrictions?)\b", re.I), ("category_ban", "access_restriction")),
)


def _named(words: str, record: Record) -> bool:
    """Whether one of the words is a noun for a measure of this kind."""
    return isinstance(record, Act) and any(
        record.act in acts and pattern.search(words) is not None for pattern, acts in _KINDS
    )


def _deed(place: Place) -> bool:
    """Something done to another, and not only said."""
    return isinstance(place.record, Act) or (isinstance(place.record, Event) and place.record.type in _DEEDS)


def _light(place: Place) -> bool:
    """A summons or a word of warning: what comes after it most often comes after the measure told with it."""
    return isinstance(place.record, Act) and place.record.act in _LIGHT


class Antecedents:
    """Looks back from a place for the record that the words mean."""

    def __init__(self, draft: Draft, ends: Ends) -> None:
        self._draft = draft
        self._ends = ends
        # "Behind it stands the murder of …" explains the news of the report; "it was an answer to" the deed told last.
        self.leading = False

    def _paragraphs(self, start: int, end: int) -> int:
        return self._draft.document.text[start:end].count("\n\n")

    def doer(self, place: Place) -> str | None:
        """The code of who did what is told at a place."""
        return self._ends.sides(place.record)[0]

    def subject(self, opening: str, sentence: Span) -> Place | None:
        """ "It came after …", "the decision was prompted by …": the act told last before the sentence."""
        if _CLEFT.match(opening) is not None:
            return None
        inner = [opening[match.end() :] for match in _INNER.finditer(opening)]
        if _POINTS.match(opening) is None and not any(_POINTS.match(f"the {each}") for each in inner):
            return None
        if (act := self.measure(sentence, opening, first=_SEVERAL.search(opening) is not None)) is not None:
            return act
        before = [
            each
            for each in self._ends.all
            if isinstance(each.record, Event)
            and each.at < sentence[0]
            and self._ends.status(each.record) in _DONE
        ]
        return max(before, key=lambda each: each.at, default=None)

    def measure(
        self, sentence: Span, words: str, doers: Collection[str | None] = (), first: bool = False
    ) -> Place | None:
        """The measure that a sentence speaks of again: the last told just before, else the report's first.

        ``first``: of several, the first of the paragraph.
        """
        told = [each for each in self._acts(_DONE, but=_LIGHT) if each.at < sentence[0]]
        told = [each for each in told if _named(words, each.record)] or told
        near = [each for each in told if self._paragraphs(each.at, sentence[0]) <= 1]
        near = [each for each in near if self._ends.sides(each.record)[0] in doers] or near
        if near and first:
            here = [each for each in near if self._paragraphs(each.at, sentence[0]) == 0]
            return (here or near)[0]
        if not near:
            return next(iter(told), None)
        return told[0] if self.leading else near[-1]

    def _acts(self, statuses: Collection[str], but: Collection[str] = ()) -> list[Place]:
        """The report's measures with one of these statuses, but for those of some kinds."""
        return [
            each
            for each in self._ends.all
            if isinstance(each.record, Act)
            and each.record.act not in but
            and self._ends.status(each.record) in statuses
        ]

    def meant(self, start: int, sentence: Span) -> Place | None:
        """What "the attack", "that decision", "Moscow's move" at a place point back to."""
        words = self._draft.document.text[start : start + 80]
        match = _BACK_TO.match(words)
        if match is None:
            return self._last(sentence) if _IT.match(words) else None
        kind = Act if match["act"] else Incident
        told = [each for each in self._ends.all if isinstance(each.record, kind) and each.at < sentence[0]]
        told = [each for each in told if _named(match[0], each.record)] or told
        return max(told, key=lambda each: each.at, default=None)

    def _last(self, sentence: Span) -> Place | None:
        """What "it" and "that" behind a cue mean: the deed told last before the sentence."""
        told = [
            each
            for each in self._ends.all
            if each.at < sentence[0]
            and isinstance(each.record, (Act, Incident, Event))
            and self._ends.status(each.record) in _DONE
            and self._paragraphs(each.at, sentence[0]) <= 1
        ]
        return max(told, key=lambda each: (isinstance(each.record, Act), each.at), default=None)

    def named_in(self, words: Span, sentence: Span) -> Place | None:
        """The same inside a cue, after its "to": "responded to the attack by"."""
        to = self._draft.document.text.lower().find(" to ", *words)
        return None if to < 0 else self.meant(to + 3, sentence)

    def answered(self, later: Place, sentence: Span, words: Span) -> Place | None:
        """What an answer answers: the last deed of the other side told before, else the last incident or event."""
        doer = self.doer(later)
        before = [
            each
            for each in self._ends.all
            if each.record is not later.record
            and each.at < max(later.at, words[0])
            and isinstance(each.record, (Act, Incident, Event))
            and self._ends.status(each.record) in _DONE
            and not (each.at >= sentence[0] and each.at > min(later.at, words[0]))
        ]
        sided = [(each, self._ends.sides(each.record)) for each in before]
        struck = [each for each, (who, whom) in sided if doer and whom == doer and who != doer]
        acts = [each for each in struck if isinstance(each.record, Act)]
        inside = [each for each in before if sentence[0] <= each.at < words[0] and _deed(each)]
        if inside and not isinstance(later.record, Act):
            return inside[-1]
        if struck:
            return self._likest(later, acts or struck)
        near = [
            each
            for each, (who, _) in sided
            if (who is None or who != doer) and self._paragraphs(each.span[1], sentence[0]) <= 2
        ]
        for kinds in ((Act,), (Act, Incident)):
            if told := [each for each in near if isinstance(each.record, kinds)]:
                return told[-1]
        return near[-1] if near else None

    def alike(self, later: Place, words: Span) -> Place | None:
        """What somebody followed: the last measure told before that another took against the same side."""
        doer, hit = self._ends.sides(later.record)
        found = [
            each
            for each in self._acts(_DONE)
            if each.at < words[0]
            and self._ends.sides(each.record)[1] == hit
            and self._ends.sides(each.record)[0] != doer
        ]
        return self._likest(later, found) if found and hit is not None else None

    def own_of(self, claims: list[Claim], sentence: Span) -> Place | None:
        """What a speaker calls an answer ("we have expelled six in response"): the first measure of his own side."""
        said = [claim for claim in claims if claim.stance in ("asserts", "confirms")]
        speakers = {self._draft.code_of(claim.holder) for claim in said} - {None}
        found = [
            each
            for each in self._acts(_DONE, but=_LIGHT)
            if each.at < sentence[0] and self._ends.sides(each.record)[0] in speakers
        ]
        return found[0] if found else None

    def mirrored(self, later: Place, limit: int) -> Place | None:
        """The last measure told before an act that the other side took against whoever does it."""
        doer, hit = self._ends.sides(later.record)
        found = [
            each
            for each in self._acts(_COMING, but=_WORDS)
            if each.record is not later.record
            and each.at < min(later.at, limit)
            and self._ends.sides(each.record) == (hit, doer)
        ]
        return self._likest(later, found) if found and doer and hit else None

    def suffered(self, answer: Place, sentence: Span) -> Place | None:
        """What an answer to come answers: the last measure told before that hit whoever is to answer."""
        doer, hit = self._ends.sides(answer.record)
        if doer is None:
            return None
        struck = [
            each for each in self._acts(_COMING, but=_LIGHT) if self._ends.sides(each.record)[1] == doer
        ]
        for each in struck:
            if answer.at < each.at < sentence[1] and self._ends.status(each.record) in _DONE:
                return each  # "countermeasures against Denmark, which had expelled fifteen"
        struck = [each for each in struck if each.at < sentence[0]]
        mirrored = [each for each in struck if self._ends.sides(each.record)[0] == hit]
        found = mirrored or struck
        news = [each for each in found if not self._ends.background(each.record)] or found
        paragraph = [each for each in news if not mirrored and self._paragraphs(each.at, sentence[0]) == 0]
        return next(iter(paragraph or news), None)

    def preceding(self, later: Place, sentence: Span, words: Span) -> Place | None:
        """What "a day later" follows: the deed told last before, in the sentence or in the one before it."""
        inside = [
            each
            for each in self._ends.within((sentence[0], min(later.at, words[0])))
            if isinstance(each.record, (Act, Incident, Event)) and each.record is not later.record
        ]
        if inside:
            return inside[-1]
        reading = self._draft.reading
        first = reading.words_in(sentence)[0]
        while first > 0:
            first, end = reading.sentence(first - 1)
            span = self._draft.span((first, end))
            told = [
                each
                for each in self._ends.within(span)
                if isinstance(each.record, (Act, Incident, Event, Forum))
                and each.record is not later.record
                and self._ends.status(each.record) == "actual"
            ]
            root = next((word for word in range(first, end) if not first <= reading.head(word) < end), first)
            if told:
                deeds = [each for each in told if isinstance(each.record, Act)]
                return self._ends.nearest(deeds or told, root)
            if self._paragraphs(span[1], sentence[0]) > 1:
                break
        return None

    def sequel(self, earlier: Place | None, sentence: Span) -> Place | None:
        """What came after a thing that is told as earlier: the deed told last before."""
        if earlier is None:
            return None
        return self.preceding(earlier, sentence, (sentence[0], sentence[0]))

    def _likest(self, later: Place, told: list[Place]) -> Place:
        """The last weighty measure in the paragraph, else the first."""
        weighty = [each for each in told if not _light(each)] or told
        near = [each for each in weighty if self._paragraphs(each.at, later.at) == 0]
        return near[-1] if near else weighty[0]

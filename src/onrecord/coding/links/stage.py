"""How records hang together, as far as the words say so.

Requires events, claims, acts, incidents and forums. "In response to" and its kin make ``response_to``; "because",
"over", "prompted by" make ``caused_by``; mere sequence makes ``after`` and nothing more; "linked to" makes
``linked_to`` with its polarity and the claim it rests on. An end is a record that stands where the words point;
where there is none, there is no link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.draft import UNTOLD
from onrecord.coding.links import acting, answers, disputed, grounds, happenings, real
from onrecord.coding.links.antecedents import Antecedents
from onrecord.coding.links.cues import Cue, told
from onrecord.coding.links.ends import Ends, Place
from onrecord.model.records import Act, Claim, Event, Incident, Link

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

Span = tuple[int, int]
WordSpan = tuple[int, int]

_WITHIN = ("amod", "compound", "nummod", "det", "flat")
_CLAUSES = ("advcl", "acl", "parataxis", "root", "ccomp")
_ACTS_ONLY = (
    "then",
    "within",
    "for th",
    "on th",
    "in consequence",
    "as a result",
    "as a consequence",
    "accordingly",
)
_SEQUEL = ("then", "within")
_AHEAD = ("threatens", "promises", "predicts")
_REACH = 200
_GIVEN = ("as ", "was the last straw")
_VAGUE = ("gesture", "step", "move", "measure", "decision", "act")
_OPENING = 12  # characters before words that still open their sentence


def code(draft: Draft) -> None:
    """Append the document's links."""
    joiner = Joiner(draft)
    for start, end in draft.reading.sentence_spans:
        if draft.section_of(start) in UNTOLD:
            continue
        for cue, words in told(draft, draft.span((start, end))):
            joiner.join(cue, words, (start, end))
    answers.code(joiner)
    disputed.code(draft)


class Joiner:
    """Finds the ends of each cue and puts the links on record."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.ends = Ends(draft)
        self.before = Antecedents(draft, self.ends)
        self._made: Place | None = None

    def join(self, cue: Cue, words: Span, sentence: WordSpan) -> None:
        """Put on record what a cue joins."""
        draft = self.draft
        reading = draft.reading
        cued = reading.words_in(words)
        self.before.leading = cue.kind != "response_to"
        span = draft.span(sentence)
        here = [each for each in self.ends.within(span) if not _around(each, words)]
        opening = draft.document.text[span[0] : words[0]]
        if cue.place == "alike":
            pair = self._alike(cued, words, here)
        elif cue.place == "ground":
            pair = self._grounded(span, words, here)
        elif cue.place in ("back", "prior") or self._ends_there(cue, words):
            pair = self._backward(cue, cued, span, words, here)
        elif cue.place == "forward":
            after = [each for each in here if each.at >= words[1]]
            if cue.kind == "response_to":
                after = [each for each in after if isinstance(each.record, Act)]
            before = [each for each in here if each.at < words[0]]
            later = self.ends.nearest([each for each in after if isinstance(each.record, Act)], cued[0])
            later = later or self.before.subject(
                draft.document.text[words[1] : span[1]], span
            )  # "behind all this"
            pair = (later or self.ends.nearest(after, cued[0]), self.ends.nearest(before, cued[0]))
            if pair[1] is None:
                pair = (
                    pair[0],
                    self._happened(pair[0], syntax.subject(reading, cued[0]), (span[0], words[0])),
                )
        else:
            pair = self._onward(cue, cued, span, words, here, opening)
        later, earlier = pair
        if later is None or earlier is None or later.record is earlier.record:
            return
        if not real.holds(self.draft, self.ends, cue, (later, earlier), span, words):
            return
        for each in (later, *self._with(cue, later, earlier, here)):
            if each.record is not earlier.record:
                note = f"cues/links.yaml: “{draft.document.text[words[0] : words[1]]}”"
                self.append(self._kind(cue, each, earlier, words), each, earlier, span, words, note)

    def _onward(
        self, cue: Cue, cued: WordSpan, span: Span, words: Span, here: list[Place], opening: str
    ) -> tuple[Place | None, Place | None]:
        """The earlier end stands behind the cue, in what it governs; the later one in what governs it."""
        top, region = self._governed(cued, span)
        end = region
        behind = [each for each in here if words[1] <= each.at < region]
        said = self.draft.document.text[slice(*words)].lower()
        earlier = self.ends.nearest(behind, top) or self.before.meant(words[1], span)
        if earlier is None and not self._fronted(cued[0], top, end):
            region = self._stretch(words[1], span[1])
            behind = [each for each in here if words[1] <= each.at < region]
            earlier = min(behind, key=lambda each: (isinstance(each.record, Claim), each.at), default=None)
        charged = earlier is None and cue.kind == "caused_by"
        rest = [each for each in here if not words[0] <= each.at < region]
        if earlier is not None:
            rest = [each for each in rest if each.record is not earlier.record]
        later = self.ends.nearest(rest, top)
        acts = [each for each in rest if isinstance(each.record, Act)]
        if later is not None and not isinstance(later.record, Act) and said != "for":
            # "Ordered France to close its consulate after": the measure rather than the word that governs it.
            told = [each for each in acts if each.at < words[0] or later.at > words[0]]
            later = self.ends.nearest(told, top) or later
        if not acts:
            named = self.draft.document.text[slice(*words)].partition(" ")[2]  # "traced the decision to"
            later = (
                self._acted(cue, cued, top, span)
                or self.before.subject(opening, span)
                or self.before.subject(named, span)
                or later
            )
        if cue.kind == "caused_by" and cue.place == "next" and later is not None:
            grounds.note(self.draft, later, words, end, top)
        if charged:
            earlier = grounds.charge(self.draft, later, words, end, top)
        if earlier is None and said != "for":
            earlier = self._happened(later, top, (words[1], end))
        return later, earlier

    def _acted(self, cue: Cue, cued: WordSpan, top: int, span: Span) -> Place | None:
        """ "Cairo acted in response to": the measure that this party is told to have taken."""
        who = acting.actor(self.draft, cued, top, cue.kind == "response_to")
        return None if who is None else self.before.measure(span, "", [each for each in who if each])

    def _fronted(self, cue: int, top: int, end: int) -> bool:
        """ "Three months after the coup, Lima …": what is governed stands before the clause that governs it."""
        reading = self.draft.reading
        first = reading.sentence(cue)[0]
        if any(reading.pos(word) in ("VERB", "AUX") for word in range(first, cue)):
            return False
        return reading.head(top) >= 0 and reading.start(reading.head(top)) >= end

    def _happened(self, later: Place | None, top: int | None, region: Span) -> Place | None:
        """The event made of the words of a region, on record once a link ends in it."""
        self._made = None if top is None else happenings.happening(self.draft, later, top, region)
        return self._made

    def _stretch(self, start: int, end: int) -> int:
        """Where the tree finds nothing behind a cue: as far as the next pause."""
        pause = re.search(
            r"[;:.]|, (?:and|but|while) ", self.draft.document.text[start : min(end, start + _REACH)]
        )
        return start + pause.start() if pause else min(end, start + _REACH)

    def _ends_there(self, cue: Cue, words: Span) -> bool:
        """ "Suspended its membership a day after.": what it followed was told before."""
        behind = self.draft.document.text[words[1] : words[1] + 1]
        return cue.kind == "after" and cue.place == "next" and behind in (".", ",", ";", "")

    def _alike(self, cued: WordSpan, words: Span, here: list[Place]) -> tuple[Place | None, Place | None]:
        """ "Bahrain followed on Monday": the measure that stands at the word came after the like one of another."""
        own = next(
            (each for each in here if isinstance(each.record, Act) and each.word in range(*cued)), None
        )
        return own, self.before.alike(own, words) if own is not None else None

    def _grounded(self, span: Span, words: Span, here: list[Place]) -> tuple[Place | None, Place | None]:
        """ "The reason: …": the ground stands behind the words or in the next sentence, the measure was told before."""
        behind = [each for each in here if each.at >= words[1]]
        said = self.draft.document.text[slice(*words)].lower()
        if not behind and said.startswith(_GIVEN):
            return self._given(span, words, here)
        reading = self.draft.reading
        after = reading.words_in(span)[1]
        bare = len(self.draft.document.text[words[1] : span[1]].strip()) <= 1
        opens = words[0] - span[0] < _OPENING
        if (bare or (opens and not behind)) and after < len(reading):
            following = self.draft.span(reading.sentence(after))
            behind = [each for each in self.ends.within(following) if each.span[0] >= following[0]]
        earlier = min(behind, key=lambda each: (isinstance(each.record, Claim), each.at), default=None)
        whose = {
            self.ends.sides(each.record)[0] for each in behind if isinstance(each.record, (Claim, Event))
        }
        return self.before.measure(span, self.draft.document.text[slice(*span)], whose, first=True), earlier

    def _given(self, span: Span, words: Span, here: list[Place]) -> tuple[Place | None, Place | None]:
        """ "… for which it gave the raid as the reason": the ground stands before the words, the measure before it."""
        grounds_told = [each for each in here if each.at < words[0] and not isinstance(each.record, Act)]
        earlier = max(
            grounds_told, key=lambda each: (isinstance(each.record, Incident), each.at), default=None
        )
        if earlier is None:
            return None, None
        acts = [each for each in here if isinstance(each.record, Act) and each.at < earlier.at]
        return (acts[-1] if acts else self.before.measure(span, "")), earlier

    def _governed(self, cued: WordSpan, span: Span) -> tuple[int, int]:
        """The head of what a cue governs, and the character at which that ends."""
        reading = self.draft.reading
        last = reading.words_in(span)[1]
        top = min(cued[1], last - 1)
        marked = [word for word in range(*cued) if reading.relation(word) in ("case", "mark")]
        if marked and cued[1] <= reading.head(marked[-1]) < last:
            top = reading.head(marked[-1])
            while reading.relation(top) in _WITHIN and cued[1] <= reading.head(top) < last:
                top = reading.head(top)
        else:
            while cued[1] <= reading.head(top) < last and reading.relation(top) not in _CLAUSES:
                top = reading.head(top)
        end = max(reading.subtree(top)[1], cued[1] + 1)
        return top, reading.end(min(end, last) - 1)

    def _backward(
        self, cue: Cue, cued: WordSpan, span: Span, words: Span, here: list[Place]
    ) -> tuple[Place | None, Place | None]:
        """One end stands in the sentence of the cue, the other was told before it."""
        deeds = [each for each in here if not isinstance(each.record, Claim) or each.record.stance in _AHEAD]
        outside = [each for each in deeds if not words[0] <= each.at < words[1]]
        said = self.draft.document.text[slice(*words)].lower()
        if said.startswith(_ACTS_ONLY):
            outside = [each for each in outside if isinstance(each.record, Act)]
        elif cue.kind == "response_to":
            outside = [each for each in outside if not isinstance(each.record, Incident)]
        own = self.ends.nearest(outside, cued[0]) or self._next(cue, cued, span)
        if cue.kind == "response_to" and self._answers(cued[0]):
            answer = self._answer(deeds, words)
            if answer is not None and (
                isinstance(answer.record, Act) or own is None or not isinstance(own.record, Act)
            ):
                own = answer  # "Minsk hit back. It stripped two envoys": the deed before the word for it
        elif cue.kind == "response_to" and (own is None or not isinstance(own.record, Act)):
            opening = self.draft.document.text[span[0] : words[0]]
            own = self.before.subject(opening, span) or own  # "it was taken in reciprocity"
        if said.startswith(_SEQUEL) and own is not None and not self._then(cued, own):
            return None, None
        if (
            said.startswith("follow")
            and own is not None
            and (first := self.before.alike(own, words)) is not None
        ):
            return own, first
        if cue.place == "prior":
            return self.before.measure(span, "") or self.before.sequel(own, span), own
        draft = self.draft
        # "Returned the compliment", "retaliated by": nothing but the answer is told by these words themselves.
        itself = said in cue.words
        inside = [
            each
            for each in here
            if words[0] <= each.at < words[1]
            and not (
                isinstance(each.record, Event)
                and (itself or each.at == words[0] or _vague(draft, each.record))
            )
        ]
        to = self.draft.document.text.find(" to ", *words)
        answers = [each for each in inside if isinstance(each.record, Act) and (to < 0 or each.at < to)]
        if answers:
            own, inside = answers[0], []
        earlier = self.before.named_in(words, span) or self.ends.nearest(inside, cued[0])
        if own is None and cue.kind == "response_to":
            own = self.before.own_of(self.draft.claims_over(words), span)
        if (
            earlier is not None
            and own is not None
            and cue.kind == "response_to"
            and self._one_side(own, earlier)
        ):
            earlier = None
        if earlier is None and own is not None:
            told = self.before.answered if cue.kind == "response_to" else self.before.preceding
            earlier = told(own, span, words)
        return own, earlier

    def _next(self, cue: Cue, cued: WordSpan, span: Span) -> Place | None:
        """ "Caracas hit back on Monday. It expelled …": the answer is told in the sentence after."""
        reading = self.draft.reading
        following = reading.words_in(span)[1]
        if cue.kind != "response_to" or following >= len(reading):
            return None
        behind = self.draft.span(reading.sentence(following))
        if "\n" in self.draft.document.text[span[1] : behind[0]]:
            return None
        who = syntax.subject(reading, cued[0])
        party = self.draft.resolver.resolve(reading.phrase(who)) if who is not None else None
        acts = [each for each in self.ends.within(behind) if isinstance(each.record, Act)]
        own = [each for each in acts if party is not None and self.before.doer(each) == party.code]
        return own[0] if own else None

    def _answers(self, word: int) -> bool:
        """A finite verb of answering: its subject answers by what the words behind it tell."""
        reading = self.draft.reading
        return reading.pos(word) == "VERB" and reading.feat(word, "VerbForm") == "Fin"

    def _answer(self, deeds: list[Place], words: Span) -> Place | None:
        """The deed behind a verb of answering, else the verb itself where it tells one: "Russia answered with 15"."""
        behind = [each for each in deeds if each.at >= words[0] and not isinstance(each.record, Incident)]
        acts = [each for each in behind if isinstance(each.record, Act)]
        return min(acts or behind, key=lambda each: (each.at < words[1] and not acts, each.at), default=None)

    def _kind(self, cue: Cue, later: Place, earlier: Place, words: Span) -> str:
        """ "Thereupon" tells an answer where the two sides did it to each other, and else a mere sequence."""
        said = self.draft.document.text[slice(*words)].lower()
        if (
            said in ("thereupon", "whereupon")
            and isinstance(later.record, Act)
            and isinstance(earlier.record, Act)
        ):
            doer, hit = self.ends.sides(later.record)
            if doer is not None and self.ends.sides(earlier.record) == (hit, doer):
                return "response_to"
        return cue.kind

    def _one_side(self, own: Place, earlier: Place) -> bool:
        """Two measures by one doer: neither answers the other."""
        if not (isinstance(own.record, Act) and isinstance(earlier.record, Act)):
            return False
        doer = self.ends.sides(own.record)[0]
        return doer is not None and doer == self.ends.sides(earlier.record)[0]

    def _then(self, cued: WordSpan, own: Place) -> bool:
        """ "Then" tells a sequel where it stands with the deed itself, once that is done."""
        heads = {self.draft.reading.head(word) for word in range(*cued)}
        return self.ends.status(own.record) == "actual" and own.word in heads

    def _with(self, cue: Cue, later: Place, earlier: Place, here: list[Place]) -> list[Place]:
        """The further measures by the same doer on the same mission that the sentence tells beside the later end."""
        fronted = (
            earlier.at < later.at
        )  # "After the poisoning seven lost their passes and three were refused."
        if not isinstance(later.record, Act) or (
            cue.kind == "after" and not (fronted and cue.place == "next")
        ):
            return []
        return [
            each
            for each in here
            if isinstance(each.record, Act)
            and each.record is not later.record
            and each.at != later.at
            and (each.at < earlier.at) == (later.at < earlier.at)
            and ";" not in self.draft.document.text[min(each.at, later.at) : max(each.at, later.at)]
            and each.record.mission == later.record.mission
        ]

    def append(self, kind: str, later: Place, earlier: Place, span: Span, words: Span, note: str) -> None:
        """Put one link on record, with the claims on whose word it is told."""
        draft = self.draft
        if any({link.from_, link.to} == {later.record.id, earlier.record.id} for link in draft.links):
            return
        text = draft.document.text
        before = text[max(span[0], words[0] - 24) : words[0]].lower()
        negative = re.search(r"\b(?:not|n't|n’t|no|never)\b[^,;]*$", before) is not None
        if negative and kind != "linked_to":
            return
        made = self._made
        if made is not None and isinstance(made.record, Event) and (made is earlier or made is later):
            happenings.record(draft, made, made.record)
            self.ends.add(made)
            self._made = None
        holding = draft.claims_over(words)
        # "Denied: it was not linked to …": what is denied is the tie, which the record states as such.
        negative = negative and not any(claim.stance == "denies" for claim in holding)
        link = Link(
            id=draft.new_id("link"),
            kind=kind,
            from_=later.record.id,
            to=earlier.record.id,
            polarity="-" if negative else "+",
            basis="stated",
            claims=[claim.id for claim in holding],
            evidence=[span],
        )
        draft.links.append(link)
        draft.note(link.id, "kind", note)


def _vague(draft: Draft, event: Event) -> bool:
    """ "That gesture" names no deed of its own."""
    return draft.document.words(event.trigger).lower().split()[-1].rstrip("s") in _VAGUE


def _around(each: Place, words: Span) -> bool:
    """A claim in which the cue itself stands is no end of what the cue joins."""
    return isinstance(each.record, Claim) and each.span[0] <= words[0] and words[1] <= each.span[1]

"""The diplomatic acts: measures on missions and on people in them, with parties, numbers, dates and status.

Requires events, claims, temporal expressions and the party resolver. Gives ``draft.acts``, each hanging on its
event (found at the same words, or made) and on the claims whose content covers it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts import judging, repeated, rows
from onrecord.coding.acts.asked import as_it_is
from onrecord.coding.acts.coordination import joined
from onrecord.coding.acts.dates import dates_of, own_day
from onrecord.coding.acts.dropping import drop_echoes, drop_leavers, drop_titles, drop_unsure
from onrecord.coding.acts.ellipsis import Repeat, repeats
from onrecord.coding.acts.events import event_for
from onrecord.coding.acts.gapping import Gap, gapped, gaps
from onrecord.coding.acts.lexicon import CEILINGS, Rule, first_rule
from onrecord.coding.acts.lists import LISTED, Item, items, origins, peoples
from onrecord.coding.acts.mentions import another_day, is_further, merge, told_already
from onrecord.coding.acts.numbers import Numbers, each_one, numbers_of, one_a_state, second_ceiling
from onrecord.coding.acts.parties import Parties
from onrecord.coding.acts.rules import Match
from onrecord.coding.acts.sharpen import measures_in
from onrecord.coding.acts.standing import settled_at, standing
from onrecord.coding.acts.status import is_decided
from onrecord.coding.acts.terms import threatened_by_term, ultimatum, with_terms
from onrecord.coding.acts.told import SEATS, Party
from onrecord.model.records import Act, Event, Mission, Time

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]


class Telling(list[tuple[Act, str, bool]]):
    """The measures told so far, each with its status and whether a title tells it; ``words`` tell measures anywhere,
    ``surest`` are the best log odds of one."""

    words: Sequence[int] = ()
    surest: float = -math.inf

    def __init__(self) -> None:
        super().__init__()
        self.items: set[int] = set()  # the words of the items of lists told under the verb at their head


def code(draft: Draft) -> None:
    """Put every measure of the document on record, each once, at its fullest mention."""
    parties = Parties(draft)
    told = Telling()
    found = measures_in(draft.reading)
    found, terms = with_terms(draft, found)
    known = {match.word for match in found}
    again = [each for each in repeats(draft.reading) if not _told_after(draft.reading, each.word, known)]
    told.words = sorted(known | {each.word for each in again})
    rules: dict[str, tuple[Rule, bool]] = {}
    everything: list[Match | Repeat] = [*found, *again, *terms]
    for each in sorted(everything, key=lambda one: one.word):
        if _in_debris(draft, each.word) or each.word in told.items:
            continue
        if isinstance(each, Repeat):
            _repeat(draft, parties, each, told, rules)
            continue
        if each in terms:
            _term(draft, parties, each, told)
            continue
        _measure(draft, parties, each, told)
        doer = parties.code(each.doer)
        for act, _, _ in told:
            if act.id not in rules:
                own = each.rule.side == "sending" or (doer is not None and doer == act.mission.sending)
                rules[act.id] = each.rule, own
    _tallies(draft, parties, told, rules)
    drop_titles(draft, told)
    drop_leavers(draft, told, rules)
    drop_unsure(draft, told.surest)
    drop_echoes(draft)


def _told_after(reading: Reading, word: int, known: set[int]) -> bool:
    """What points back is told in full at once: "has followed suit and severed relations"."""
    _, last = syntax.sentence(reading, word)
    ahead = range(word, min(last, word + 7))
    return word in known or any(
        at in known and "and" in (reading.lower(at - 1), reading.lower(at - 2)) for at in ahead
    )


def _measure(draft: Draft, parties: Parties, match: Match, told: Telling) -> None:
    """A measure that a rule found, on each mission it falls upon, with the list at whose head it stands."""
    match = as_it_is(draft.reading, parties, match)
    missions = repeated.goes_on(draft.reading, match, told)
    if missions:
        _tell(draft, match, missions[0], told, sure=True)
        _price(draft, match, missions[0], told)
        return
    leaving = numbers_of(draft.reading, match, _evidence(draft, match))
    if (cut := repeated.leaving(draft.reading, match, told, leaving.number)) is not None:
        if leaving.number is None:
            return
        cut.number = leaving.number
        start, end = draft.span(_evidence(draft, match))
        cut.evidence[0] = (cut.evidence[0][0], max(cut.evidence[0][1], end)) if start else cut.evidence[0]
        return
    without = gaps(draft.reading, parties, match)
    aside = {gap.code for gap in without}
    missions = parties.missions(match, aside)
    for further in joined(draft.reading, match):
        if any(gap.target == further.target for gap in without):
            continue
        for party in parties.missions(further, aside):
            if "sending" in party.guessed and missions[0].sending is not None:
                party.sending = missions[0].sending
            _tell(draft, further, party, told)
    for party in missions:
        before = len(told)
        _tell(draft, match, party, told, len(missions))
        known = len(told) == before and not any(act.act == match.rule.act for act, _, _ in told)
        if not known:
            _price(draft, match, party, told)
        parties.tell(match.word, party, match.rule.act)
        if party is missions[0]:
            _gapped(draft, parties, match, party, without, told)
        head = [status for act, status, _ in told if act.act == match.rule.act]
        if match.rule.act not in LISTED or not head:
            continue  # what heads no measure heads no list of them
        if party.sending is not None:
            _listed(draft, parties, match, party, told, head[-1])
        if party.receiving is not None:
            _origins(draft, parties, match, party, told, head[-1])


def _gapped(
    draft: Draft, parties: Parties, match: Match, party: Party, found: list[Gap], told: Telling
) -> None:
    """The same of further states whose verb is left out, where the measure itself is on record."""
    mission = (party.sending, party.receiving)
    known = [
        status
        for act, status, _ in told
        if act.act == match.rule.act and (act.mission.sending, act.mission.receiving) == mission
    ]
    for further, other, numbers, words in (
        gapped(draft.reading, parties, match, party, found) if known else ()
    ):
        _add(draft, further, other, numbers, words, told, known[-1])
        parties.tell(words[0], other, further.rule.act)


def _price(draft: Draft, match: Match, party: Party, told: Telling) -> None:
    """The term whose price the measure is: "unless he is gone by Friday he will be struck off the list"."""
    if (unless := threatened_by_term(draft, match)) is not None:
        term = replace(match, rule=ultimatum(), word=unless, target=None)
        _add(draft, term, party, Numbers(words=[]), _evidence(draft, match), told, "actual")


def _term(draft: Draft, parties: Parties, match: Match, told: Telling) -> None:
    """A term whose price is no measure, in a text that tells of missions."""
    for party in parties.missions(match):
        found = judging.features(draft, match, party, "actual")
        if party.sending is not None and party.receiving is not None and judging.ELSEWHERE not in found:
            told.surest = math.inf
            _add(draft, match, party, Numbers(words=[]), draft.clause(match.word), told, "actual")


def _repeat(
    draft: Draft, parties: Parties, again: Repeat, told: Telling, rules: dict[str, tuple[Rule, bool]]
) -> None:
    """A measure repeated by a third party, or returned by the one it hit, or said to be neither."""
    for match, own, party, numbers in list(repeated.measures(draft.reading, parties, again, told, rules)):
        _add(draft, match, party, numbers, _evidence(draft, match), told, again.status)
        parties.tell(again.word, party, match.rule.act)
        rules.update({act.id: (match.rule, own) for act, _, _ in told if act.id not in rules})


def _in_debris(draft: Draft, word: int) -> bool:
    return draft.section_of(word) in ("debris", "byline", "caption")


def _tell(
    draft: Draft, match: Match, party: Party, told: Telling, missions: int = 1, sure: bool = False
) -> None:
    """One measure on one mission, of so many ``missions``; a ceiling in two units is two records. ``sure``: it goes on
    about one told before."""
    clause = _evidence(draft, match)
    numbers = numbers_of(draft.reading, match, clause)
    if match.rule.from_to == "required" and numbers.from_ is None and numbers.to is None:
        return
    if party.sending is None and party.receiving is None:
        return
    if len(party.guessed) > 1 and draft.section_of(match.word) == "title":
        return
    found = judging.features(draft, match, party, standing(draft, match))
    if not sure and not judging.is_measure(found):
        return
    told.surest = max(told.surest, judging.odds(found))
    decided = "actual" if is_decided(draft.reading, match.word) else None
    status = settled_at(draft, match) or decided or judging.status_of(found)
    status = match.rule.status or status
    if threatened_by_term(draft, match) is not None:
        status = "hypothetical"  # "will be sent home unless": the price of what may yet be done
    one_each = numbers.number == missions > 2 or (numbers.number is None and each_one(draft.reading, match))
    sole = one_a_state(draft.reading, match) and not {party.sending, party.receiving} & SEATS.keys()
    if match.rule.act in LISTED and (sole or (missions > 1 and one_each)):
        numbers.number = 1.0
    _add(draft, match, party, numbers, clause, told, status)
    if match.rule.act in CEILINGS and (second := second_ceiling(draft.reading, numbers, clause)) is not None:
        _add(draft, match, party, second, clause, told, status)


def _listed(draft: Draft, parties: Parties, match: Match, party: Party, told: Telling, status: str) -> None:
    """The further items of a list at whose head a measure stands, in its sentence and in those that go on with it."""
    reading = draft.reading
    first = reading.sentence_of(match.word)
    for number in range(first, min(first + 4, len(reading.sentence_spans))):
        sentence = reading.sentence_spans[number]
        found = items(reading, parties, sentence, party.sending)
        if number > first and len(found) < 2:
            return
        for item in found:
            if (item.code == party.receiving and number == first) or _has(told, match.rule.act, item):
                continue
            other = Party(party.sending, item.code, None, [])
            _add(draft, match, other, _numbers_of_item(item), item.words, told, status)
            told.items.update(range(*item.words))


def _tallies(draft: Draft, parties: Parties, told: Telling, rules: dict[str, tuple[Rule, bool]]) -> None:
    """The items of rows without a verb: "Germany 40, France 35"."""
    known = [act for act, _, title in told if not title and act.act != "summon"]
    for sending, item in rows.tallies(draft, parties, known):
        if _has(told, "persona_non_grata", item):
            continue
        rule = next(
            (rules[act.id][0] for act in known if act.act == "persona_non_grata" and act.id in rules), None
        )
        match = Match(rule or first_rule("persona_non_grata"), item.count.words[0], None, None)
        numbers = _numbers_of_item(item)
        _add(draft, match, Party(sending, item.code, None, []), numbers, item.words, told, "actual")


def _numbers_of_item(item: Item) -> Numbers:
    count = item.count
    return Numbers(number=count.value, unit="persons", approximate=count.approximate, words=[count.words])


def _origins(draft: Draft, parties: Parties, match: Match, party: Party, told: Telling, status: str) -> None:
    """The items of a list of those who lose people to one and the same state, or of the states that send people away
    where the list says from where they must go."""
    reading, sentence = draft.reading, draft.sentence(match.word)
    found = origins(reading, parties, sentence, None)
    after = match.word + 2
    hosts = (
        after < len(reading)
        and reading.lower(match.word + 1) == "from"
        and parties.named(after) == party.receiving
    )
    if found and (hosts or any(item.code == party.receiving for item in found)):
        parted = [(Party(party.sending, item.code, None, []), item) for item in found]
    else:
        found = [item for item in found if item.code != party.receiving]
        if len(found) < 2:
            found += peoples(reading, parties, sentence, party.receiving)
        parted = [(Party(item.code, party.receiving, None, []), item) for item in found]
    if len(parted) < (1 if hosts else 2):
        return
    for other, item in parted:
        if other.sending == other.receiving or any(
            act.act == match.rule.act
            and (act.mission.sending, act.mission.receiving) == (other.sending, other.receiving)
            and act.number == item.count.value
            for act, _, _ in told
        ):
            continue
        _add(draft, match, other, _numbers_of_item(item), item.words, told, status)


def _has(told: Telling, act: str, item: Item) -> bool:
    """A measure of this kind by this state with this number is told already."""
    return any(
        other.act == act and other.mission.receiving == item.code and other.number == item.count.value
        for other, _, _ in told
    )


def _add(
    draft: Draft,
    match: Match,
    party: Party,
    numbers: Numbers,
    clause: WordSpan,
    told: Telling,
    status: str | None = None,
) -> None:
    reading, rule = draft.reading, match.rule
    status = status or standing(draft, match)
    if numbers.words:
        clause = (
            min(clause[0], *(a for a, _ in numbers.words)),
            max(clause[1], *(b for _, b in numbers.words)),
        )
    title = draft.section_of(match.word) == "title"
    act = Act(
        id="m0",
        act=rule.act,
        mission=Mission(sending=party.sending, receiving=party.receiving, host=party.host),
        unit=numbers.unit,
        number=numbers.number,
        from_=numbers.from_,
        to=numbers.to,
        approximate=numbers.approximate,
        evidence=[draft.span(clause)],
    )
    day = own_day(draft, match, clause)
    same = told_already(act, status, told)
    if same is not None and (
        another_day(day, same[0], act.number == same[0].number) or is_further(reading, match, act, same[0])
    ):
        same = None
    if same is not None:
        merge(act, title, same)
        if same[2] and not title:
            _hang_again(draft, same[0], event_for(draft, match, party, status, clause))
            told[told.index(same)] = (same[0], status, False)
        _date_again(draft, match, clause, party, same, told)
        return
    event = event_for(draft, match, party, status, clause)
    act.id = draft.new_id("act")
    act.event = event.id
    act.dates = dates_of(draft, match, event, clause, party, told, told.words)
    _settle_time(draft, act, event)
    act.claims = [claim.id for claim in draft.claims_over(draft.span((match.word, match.word + 1)))]
    draft.acts.append(act)
    draft.note(act.id, "act", f"cues/acts.yaml: {rule.act} at “{reading.word(match.word)}”")
    draft.inferred.extend(f"{act.id}.mission.{name}" for name in party.guessed)
    if party.host is not None:
        draft.inferred.append(f"{act.id}.mission.host")
    told.append((act, status, title))


def _settle_time(draft: Draft, act: Act, event: Event) -> None:
    """What the act's own day says of its event: whether it is history, and when it was where the event has the day of
    the term instead. Where no words give that day, those that were taken for the event's are of something else: of a
    deadline, a beginning, another deed."""
    if act.dates.act is not None and act.dates.act.basis != "default":
        event.background = draft.is_background(act.dates.act, event.background)
    term = act.dates.deadline
    of_term = term is not None and event.time is not None and event.time.phrase == term.phrase is not None
    if act.dates.act is None or of_term:
        event.time = act.dates.act


def _hang_again(draft: Draft, act: Act, event: Event) -> None:
    """Hang a measure that the title told on the event of the text; one made for the title alone is dropped."""
    old, act.event = act.event, event.id
    if old == event.id or any(other.event == old for other in draft.acts):
        return
    draft.events[:] = [each for each in draft.events if each.id != old or each.probability is not None]


def _date_again(
    draft: Draft,
    match: Match,
    clause: WordSpan,
    party: Party,
    same: tuple[Act, str, bool],
    told: Telling,
) -> None:
    """Fill the dates that the first mention left open, or only took from the day of the report, from a later one."""
    act, _, title = same
    event = next((each for each in draft.events if each.id == act.event), None)
    if event is None:
        return
    others = [each for each in told if each is not same]
    more = dates_of(draft, match, event, clause, party, others, told.words, act.dates.act)
    for name in ("act", "deadline", "effective"):
        known, new = getattr(act.dates, name), getattr(more, name)
        if new is None or new.basis == "default":
            continue
        if known is None or known.basis == "default" or title or _is_part(new, known):
            setattr(act.dates, name, new)


def _is_part(new: Time, known: Time) -> bool:
    """A day or month of the month or year that is known."""
    return len(new.edtf) > len(known.edtf) and new.edtf.startswith(f"{known.edtf}-")


def _evidence(draft: Draft, match: Match) -> WordSpan:
    """The clause of the measure, widened to hold the thing acted upon."""
    start, end = draft.clause(match.word)
    first, last = draft.sentence(match.word)
    for head in (match.target, match.doer):
        if head is not None and first <= head < last and not start <= head < end:
            a, b = draft.reading.phrase(head)
            start, end = min(start, max(a, first)), max(end, min(b, last))
    return syntax.trimmed(draft.reading, (start, end))

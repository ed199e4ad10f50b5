"""Which reports are of one event, kept so that it can follow a change: what a change does not reach is not looked at.

Two reports act on each other only where something speaks for their being one: a copy, a score, a text, a person, a
merge on record. What is joined within one such neighbourhood depends on nothing outside it, so after a change the
neighbourhoods that it reaches are joined anew, and all others stay as they are. A record made at once is the same
change, of every report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from onrecord.ledger.compare import Judge, ordered
from onrecord.ledger.held import Held
from onrecord.ledger.misdated import Dates
from onrecord.ledger.reports import Item
from onrecord.ledger.rows import Merge

CROWD = 8
PRECISE = "|precise"
_NONE: frozenset[str] = frozenset()
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One event on record. ``id`` is that of the member recorded first; every member's id leads to it.

    ``misdated`` are members whose own date disagrees and who are of this event by their content.
    """

    id: str
    members: tuple[str, ...]
    merges: tuple[Merge, ...] = ()
    misdated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What texts, people and the machine's merges on record say of identity, by ids of reports.

    ``must`` in the order in which it is to be joined; ``pins`` with the report whose date disagrees first.
    """

    must: tuple[tuple[str, str, str], ...] = ()
    cannot: frozenset[Pair] = frozenset()
    pins: dict[Pair, tuple[Held, Pair]] = field(default_factory=dict)


class Ties:
    """Merges that one kind of reason speaks for, by pair, with the neighbours of every report."""

    def __init__(self) -> None:
        self.merges: dict[Pair, Merge] = {}
        self.near: dict[str, set[str]] = defaultdict(set)

    def put(self, merge: Merge) -> None:
        self.merges[ordered(merge.first, merge.second)] = merge
        self.near[merge.first].add(merge.second)
        self.near[merge.second].add(merge.first)

    def drop(self, one: str) -> Iterator[str]:
        """Forget a report; those it was tied to are yielded."""
        for other in self.near.pop(one, ()):
            self.near[other].discard(one)
            self.merges.pop(ordered(one, other), None)
            yield other

    def among(self, members: Collection[str]) -> Iterator[Merge]:
        for one in members:
            for other in self.near.get(one, ()):
                if one < other:
                    yield self.merges[(one, other)]


class Clusters:
    """The events that reports are of, and all that decides on it."""

    def __init__(self) -> None:
        self.known: dict[str, Item] = {}
        self.judge = Judge()
        self.said = Said()
        self.prints: dict[str, str] = {}
        self.negated: set[str] = set()
        self.alike: dict[object, list[str]] = defaultdict(list)
        self.profiles: dict[int, list[str]] = defaultdict(list)
        self.compared: dict[str, set[str]] = defaultdict(set)
        self.speaking: set[str] = set()
        self.single: set[str] = set()
        self.copies, self.crowds, self.scored, self.told = Ties(), Ties(), Ties(), Ties()
        self.home: dict[str, str] = {}
        self.groups: dict[str, list[str]] = {}
        self.merges: dict[str, list[Merge]] = {}
        self.dates = Dates()
        self.strays: dict[str, set[str]] = {}
        self.entry: dict[str, Entry] = {}

    def update(self, gone: Iterable[str], new: Iterable[Item], said: Said) -> set[str]:
        """Follow a change of reports and of what is said of identity; the ids of all reports whose entry is another,
        those that are gone included."""
        gone, new = set(gone), list(new)
        there = {item.id for item in new}
        touched = gone | there | self._say(said, gone | there)
        touched |= self._replace(gone, new)
        reached = self._reached(touched)
        before = {self.home[one] for one in (reached | gone) if one in self.home}
        for one in gone:
            self.home.pop(one, None)
        for name in before:
            self.groups.pop(name, None)
            self.merges.pop(name, None)
        self._join(reached)
        after = {self.home[one] for one in reached}
        self.judge.forget()
        return self._settle(before, after, gone)

    def _say(self, said: Said, changed: set[str]) -> set[str]:
        """Take over what is said of identity; the reports of which something else is said now."""
        old, self.said = self.said, said
        must = set(old.must) ^ set(said.must)
        touched = {one for first, second, _ in must for one in (first, second)}
        touched |= {one for pair in old.cannot ^ said.cannot for one in pair}
        for pair in old.pins.keys() | said.pins.keys():
            before, now = old.pins.get(pair), said.pins.get(pair)
            if before is None or now is None or before[0] is not now[0] or before[1] != now[1]:
                touched |= set(pair)
        self.told = Ties()
        for first, second, why in said.must:
            self.told.put(Merge(*ordered(first, second), 1.0, (why,)))
        for pair in said.pins:
            self.told.put(Merge(*pair, 1.0, ()))
        return touched

    def _replace(self, gone: set[str], new: list[Item]) -> set[str]:
        """Take reports out and put reports in; every report whose ties are others by that."""
        texts: set[object] = set()
        changed = gone | {item.id for item in new}
        touched: set[str] = set()
        for one in changed & self.known.keys():
            item = self.known.pop(one)
            self.negated.discard(one)
            texts.add((item.family, item.signature))
            self.alike[(item.family, item.signature)].remove(one)
            for key, wide in blocks(item):
                self.compared[_block(key, wide, item)].discard(one)
        for item in new:
            self.known[item.id] = item
            if item.status == "negated":
                self.negated.add(item.id)
            texts.add((item.family, item.signature))
            self.alike[(item.family, item.signature)].append(item.id)
            for key, wide in blocks(item):
                self.compared[_block(key, wide, item)].add(item.id)
        out, into = self._copies(texts, changed, touched)
        self._crowds(out, into, touched)
        return touched

    def _copies(self, texts: set[object], changed: set[str], touched: set[str]) -> tuple[set[str], set[str]]:
        """Copies of one text that tell a deed alike: one of them is compared with the rest of the world.

        Gives the reports that no longer speak (or speak otherwise), and those that do from now on.
        """
        out: set[str] = self.speaking & changed
        into: set[str] = set()
        for one in changed:
            touched.update(self.copies.drop(one))
        for text in texts:
            members = self.alike[text]
            if not members:
                del self.alike[text]
                continue
            members.sort(key=self.order)
            first: dict[int, str] = {}
            turns: dict[str, int] = defaultdict(int)
            for one in members:
                touched.update(self.copies.drop(one))
                # The second of two deeds that a text tells alike goes with the second of its copy.
                document = self.known[one].doc.id
                turn = turns[document]
                turns[document] += 1
                first.setdefault(turn, one)
                if first[turn] != one:
                    self.copies.put(Merge(*ordered(first[turn], one), 0.99, ("copied text", "told alike")))
                    touched.update((first[turn], one))
            speak = set(first.values())
            was = self.speaking & set(members)
            out |= was - speak
            into |= (speak - was) | (speak & changed)
        self.speaking = (self.speaking - out) | into
        return out, into

    def _crowds(self, out: set[str], into: set[str], touched: set[str]) -> None:
        """Of a crowd of reports that tell a deed alike, the first is compared with the world, the others with it."""
        numbers: set[int] = set()
        for one in out:
            number = self.judge.profile[one]
            self.profiles[number].remove(one)
            numbers.add(number)
        for one in out - self.known.keys():
            self.judge.profile.pop(one, None)
        for one in sorted(into):
            number = self.judge.add(self.known[one])
            self.profiles[number].append(one)
            numbers.add(number)
        leave: set[str] = set(out & self.single)
        enter: set[str] = set()
        for one in out:
            touched.update(self.crowds.drop(one))
        for number in numbers:
            members = self.profiles[number]
            if not members:
                del self.profiles[number]
                continue
            members.sort(key=self.order)
            first, *others = members
            follow: set[str] = set()
            for one in members:
                touched.update(self.crowds.drop(one))
            for other in others if len(others) >= CROWD else ():
                merge = self.judge.merge(self.known[first], self.known[other])
                if merge is not None:
                    self.crowds.put(merge)
                    follow.add(other)
                    touched.update((first, other))
            alone = set(members) - follow
            was = self.single & set(members)
            leave |= was - alone
            enter |= (alone - was) | (alone & into)
        for one in leave:
            touched.update(self.scored.drop(one))
        self.single -= leave
        touched |= leave | enter
        for one in sorted(enter):
            self._score(self.known[one], touched)
            self.single.add(one)

    def _score(self, item: Item, touched: set[str]) -> None:
        """Compare a report with every one that it shares a block with."""
        for one in self.beside(item) & self.single:
            merge = self.judge.merge(item, self.known[one])
            if merge is not None:
                self.scored.put(merge)
                touched.add(one)

    def beside(self, item: Item) -> set[str]:
        """The reports that share a block with one."""
        found: set[str] = set()
        for key, wide in blocks(item):
            found |= self.compared.get(key, _NONE)
            if wide and item.coarse:
                found |= self.compared.get(key + PRECISE, _NONE)
        return found

    def order(self, one: str) -> tuple[int, str, str]:
        item = self.known[one]
        return item.doc.recorded, item.doc.id, item.id

    def _reached(self, touched: set[str]) -> set[str]:
        """The neighbourhoods of these reports."""
        seen: set[str] = set()
        waiting = [one for one in touched if one in self.known]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            for ties in (self.copies, self.crowds, self.scored, self.told):
                waiting.extend(other for other in ties.near.get(one, ()) if other not in seen)
        return seen & self.known.keys()

    def _join(self, reached: set[str]) -> None:
        """Join the reports of whole neighbourhoods, what is said first, then copies, then the likeliest."""
        for one in reached:
            self.home[one] = one
            self.groups[one] = [one]
        self.judge.begin(self.known[one] for one in reached)
        forbidden: dict[str, set[str]] = defaultdict(set)
        for one, other in self.said.cannot:
            if one in reached and other in reached:
                forbidden[one].add(other)
                forbidden[other].add(one)
        for first, second, why in self.said.must:
            if first in reached and second in reached:
                self._one(Merge(first, second, 1.0, (why,)), forbidden, force=True)
        for merge in sorted(self.copies.among(reached), key=self._turn):
            self._one(merge, forbidden)
        found = {
            (merge.first, merge.second): merge
            for ties in (self.crowds, self.scored)
            for merge in ties.among(reached)
        }
        for pair, (held, _) in self.said.pins.items():
            if not held.misdated and pair not in self.copies.merges and pair[0] in reached:
                found[pair] = Merge(*pair, held.probability, held.reasons)
        for merge in sorted(found.values(), key=lambda m: (-m.probability, m.first, m.second)):
            self._one(merge, forbidden)

    def _turn(self, merge: Merge) -> tuple[int, str, str]:
        return max(self.order(merge.first), self.order(merge.second))

    def _apart(self, first: str, second: str, forbidden: dict[str, set[str]]) -> bool:
        """Whether a person or a text says that some of these reports are not of one event."""
        return any(
            self.home.get(other) == second for one in self.groups[first] for other in forbidden.get(one, ())
        )

    def _one(self, merge: Merge, forbidden: dict[str, set[str]], force: bool = False) -> None:
        first, second = self.home[merge.first], self.home[merge.second]
        if first == second:
            self.merges.setdefault(first, []).append(merge)
            return
        if (forbidden and self._apart(first, second, forbidden)) or not (
            force or self.judge.compatible(first, second)
        ):
            return
        if first > second:
            first, second = second, first
        self.judge.join(first, second)
        moved = self.groups.pop(second)
        self.groups[first] += moved
        self.merges[first] = [*self.merges.get(first, ()), *self.merges.pop(second, ()), merge]
        for one in moved:
            self.home[one] = first

    def _settle(self, before: set[str], after: set[str], gone: set[str]) -> set[str]:
        """Put reports with a date that lies to the event they mean, and name the entries of what has changed."""
        names = before | after | self.dates.update(before, after, self.known, self.groups)
        around: set[str] = set()
        waiting = list(names)
        links = self._strays()
        while waiting:
            name = waiting.pop()
            if name not in around:
                around.add(name)
                # What was put together before, and may be no more, is named anew as well.
                waiting.extend(links.get(name, _NONE) | self.strays.pop(name, _NONE))
        around &= self.groups.keys()
        self.strays.update((name, links[name]) for name in around if name in links)
        return self._name(around, gone)

    def _strays(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for stray, meant in self._misdated():
            one, other = self.home[stray], self.home[meant]
            found[one].add(other)
            found[other].add(one)
        return found

    def _misdated(self) -> dict[Pair, tuple[float, tuple[str, ...]]]:
        """(stray, meant) -> probability and reasons; what is on record after what is found."""
        found = {(one.stray, one.meant): (0.9, one.why) for one in self.dates.strays.values()}
        known = {ordered(*pair) for pair in found}
        for pair, (held, ends) in sorted(self.said.pins.items()):
            if held.misdated and pair not in known:
                found[ends] = (held.probability, held.reasons)
        return found

    def _name(self, names: set[str], gone: set[str]) -> set[str]:
        """The entries of some groups of reports and of all that is put to them."""
        members = {name: list(self.groups[name]) for name in names}
        merges = {name: list(self.merges.get(name, ())) for name in names}
        odd: dict[str, list[str]] = defaultdict(list)
        place = {one: name for name in names for one in self.groups[name]}
        forbidden: dict[str, set[str]] = defaultdict(set)
        for one, other in self.said.cannot:
            forbidden[one].add(other)
            forbidden[other].add(one)
        mine = [pair for pair in self._misdated().items() if pair[0][0] in place and pair[0][1] in place]
        for (stray, meant), (probability, why) in sorted(mine):
            wrong, right = place[stray], place[meant]
            apart = any(
                place.get(other) == right for one in members[wrong] for other in forbidden.get(one, ())
            )
            if wrong == right or apart:
                continue
            moved = members.pop(wrong)
            members[right] += moved
            odd[right] += moved
            merges[right] += [*merges.pop(wrong, []), Merge(stray, meant, probability, why)]
            for one in moved:
                place[one] = right
        changed = {one for one in gone if self.entry.pop(one, None) is not None}
        for name, told in members.items():
            told.sort(key=lambda one: (self.known[one].doc.recorded, one))
            found = Entry(
                told[0],
                tuple(told),
                tuple(map(self._on_record, merges.get(name, ()))),
                tuple(one for one in told if one in set(odd.get(name, ()))),
            )
            for one in told:
                if self.entry.get(one) != found:
                    changed.add(one)
                self.entry[one] = found
        return changed

    def _on_record(self, merge: Merge) -> Merge:
        held = self.said.pins.get(ordered(merge.first, merge.second))
        return (
            replace(merge, id=held[0].id) if held is not None and held[0].reasons == merge.reasons else merge
        )


def _block(key: str, wide: bool, item: Item) -> str:
    """Where a report lies under a key: those with a coarse date are compared with the precise ones of their year."""
    return key + PRECISE if wide and not item.coarse else key


def blocks(item: Item) -> Iterator[tuple[str, bool]]:
    """The keys a report is compared under, and whether the key is for reports with a coarse date only."""
    parties = sorted(item.actors | item.recipients) or ["?"]
    lower, upper = item.interval.lower, item.interval.upper
    for party in parties:
        head = f"{item.type}|{party}"
        if lower is None or upper is None:
            yield head + "|undated", True
            if item.doc.day is not None:
                yield f"{head}|{item.doc.day.year}", True
            continue
        span = (upper.year - lower.year) * 12 + upper.month - lower.month
        months = [divmod(lower.year * 12 + lower.month - 1 + step, 12) for step in range(span + 1)]
        for year in range(lower.year, min(upper.year, lower.year + 20) + 1):
            yield f"{head}|{year}", True
        if not item.coarse:
            for year, month in months:
                yield f"{head}|{year}-{month}", False

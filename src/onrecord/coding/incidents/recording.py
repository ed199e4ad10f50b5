"""How an incident is put on record: its name, where it is told, and each side's word on who did it.

Requires clusters with those who are blamed. One that nobody is put behind is on record only where words tell it from
others of its kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.model.records import Attribution, Claim, Incident

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.coding.incidents.kindred import Cluster
    from onrecord.coding.incidents.mentions import Mention
    from onrecord.reading.types import Reading

_COMMON = frozenset(
    ("death", "fire", "fires", "damage", "crash", "affair", "espionage", "spying", "scuffle", "brawl")
)
_PLANS = frozenset(
    ("plan", "plans", "threat", "threats", "fear", "fears", "risk", "danger", "warning", "warnings")
)
_LIKE = frozenset(("similar", "fresh", "further", "any", "another", "future", "such"))


def record(draft: Draft, cluster: Cluster) -> None:
    """Append the incident of a cluster, and tie its claims to it."""
    reading = draft.reading
    if not cluster.blamed and not any(_specific(draft, each) for each in cluster.mentions):
        return
    named = [each for each in cluster.mentions if not each.weak and not each.verb]
    clear = [each for each in cluster.mentions if not each.weak]
    fullest = _fullest(reading, named or clear) if named or clear else cluster.mentions[0]
    name = reading.text[slice(*reading.span(*fullest.span))]
    event = draft.event_at((fullest.word, fullest.word + 1))
    unique: dict[tuple[str | None, str, str | None], tuple[str, Claim]] = {}
    for claim, actor, verdict in cluster.blamed:
        # however many of a side deny it, one side is cleared
        holder = None if verdict == "denied" else claim.holder
        unique.setdefault((draft.code_of(actor) or actor, verdict, holder), (actor, claim))
    for _, claim in unique.values():
        if not claim.id:  # a charge that no claim stood for
            claim.id = draft.new_id("claim")
            draft.claims.append(claim)
    told = dict.fromkeys(
        draft.span(draft.clause(each.word))
        for each in cluster.mentions
        if each in (cluster.mentions[0], fullest) or each.verb or not each.weak
    )
    incident = Incident(
        id=draft.new_id("incident"),
        name=_short(name),
        event=event.id if event else None,
        evidence=sorted(told),
        attributions=[
            Attribution(to=actor, verdict=verdict, claim=claim.id, certainty=claim.certainty)
            for (_, verdict, _), (actor, claim) in unique.items()
        ],
    )
    draft.incidents.append(incident)
    for _, claim in unique.values():
        if incident.id not in claim.about:
            claim.about.append(incident.id)
    draft.note(incident.id, "name", f"cues/incidents.yaml: “{fullest.base}”")


def _specific(draft: Draft, mention: Mention) -> bool:
    """A mention by which an incident that nobody is put behind can be told from others, and that did take place."""
    reading = draft.reading
    if mention.weak:
        return False
    if mention.verb:
        return syntax.patient(reading, mention.word) is not None
    if mention.base in _COMMON or _is_open(reading, mention.word):
        return False
    around = range(*mention.span)
    if any(reading.lower(at) in _LIKE for at in around):
        return False
    end = mention.span[1]
    if end < len(reading) and reading.lower(end) == "for":  # "bounties for killing soldiers"
        return True
    return any(
        reading.pos(at) == "ADP"
        or reading.lower(at) == "alleged"
        or (reading.word(at)[:1].isupper() and reading.pos(at) != "DET")
        for at in around
    )


def _is_open(reading: Reading, word: int) -> bool:
    """The noun stands in a clause of what may be: "should fresh incursions occur", "unless the bombing stops"."""
    if reading.word(reading.sentence(word)[1] - 1) == "?":
        return True
    start = reading.phrase(word)[0]
    if start > 1 and reading.lower(start - 2) in _PLANS and reading.pos(start - 1) == "ADP":
        return True  # "plans for sabotage in the ports"
    for head, _ in syntax.governors(reading, word):
        if reading.lower(head) in _PLANS:
            return True
        if reading.pos(head) in ("VERB", "AUX", "ADJ"):
            modal = (syntax.MODAL | syntax.FUTURE) & set(syntax.auxiliaries(reading, head))
            return bool(modal) or syntax.marker(reading, head) in ("if", "unless", "until", "whether", "lest")
    return False


def _fullest(reading: Reading, mentions: list[Mention]) -> Mention:
    """The first mention with a name in it, as of a place; else the first."""
    return next(
        (each for each in mentions if any(reading.entity_at(at) for at in range(*each.span))), mentions[0]
    )


def _short(name: str) -> str:
    for article in ("the ", "a ", "an ", "The ", "A ", "An "):
        if name.startswith(article):
            return name[len(article) :]
    return name

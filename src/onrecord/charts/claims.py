"""The map of one contested matter: who says so, who denies it, and through whom each came to us."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from onrecord.charts.svg import Cell, Chart, Href, label, mark, short, svg, tag, wrapped
from onrecord.charts.wording import party_name
from onrecord.ledger.origins import root
from onrecord.ledger.propositions import Position, PropositionRow
from onrecord.ledger.world import World
from onrecord.model.records import Claim

WIDTH = 1080
MATTER = 240
COLUMN = (WIDTH - MATTER - 8) / 2 / 3
ROW, TOP = 40, 46
MOST = 12
LEGEND = (
    ("way for", "says so"),
    ("way against", "denies it, dashed"),
    ("", "From the matter outwards: the holder, whoever relays it, the report. Each line is one claim."),
)
COLUMNS = ("stand", "holder", "through", "report", "day", "goes back to", "words")


def chart(world: World, row: PropositionRow, href: Href | None = None) -> Chart:
    """The stands on one matter: those for it to the left, those against to the right."""
    sides = [_stands(world, row, sign) for sign in (1, -1)]
    title = f"{row.label}: {row.status}"
    told = _told(row)
    left_out = sum(max(len(side) - MOST, 0) for side in sides)
    drawn = _draw(row, [side[:MOST] for side in sides], title, told, href)
    table = tuple(
        (
            Cell("says so" if stand.sign > 0 else "denies it", f"/records/{stand.claim or stand.record}"),
            Cell(way[0]), Cell(way[1] or "–"), Cell(way[2], f"/documents/{stand.document}"),
            Cell(stand.said.isoformat() if stand.said else "undated"), Cell(_root(world, stand)),
            Cell(stand.evidence[0].words if stand.evidence else "–", _words(stand)),
        )
        for side in sides for stand, way in side
    )  # fmt: skip
    note = f"{left_out} more stand in the table." if left_out else ""
    return Chart("claims", title, told, drawn, LEGEND, COLUMNS, table, note)


def _told(row: PropositionRow) -> str:
    lines = []
    for sign, word in ((1, "Said"), (-1, "Denied")):
        names = list(dict.fromkeys(_holder(one) for one in row.positions if one.sign == sign))
        if names:
            lines.append(f"{word} by {'; '.join(names)}.")
    turns = [f"{turn.status} since {turn.since}" for turn in row.history if turn.since]
    return " ".join([*lines, f"It is {', '.join(turns)}." if turns else f"It is {row.status}."])


def _holder(stand: Position) -> str:
    if stand.claim is None:
        return "the report itself"
    return party_name(stand.holder) if stand.holder else "nobody named"


def _stands(world: World, row: PropositionRow, sign: int) -> list[tuple[Position, tuple[str, str, str]]]:
    """The positions of one side with their ways to us, by day."""
    found = []
    for stand in row.positions:
        if stand.sign == sign:
            held = world.owner.get(stand.claim or "")
            claim = held[2] if held and isinstance(held[2], Claim) else None
            relay = ", ".join(party.name for party in world.voice(claim).relay) if claim else ""
            doc = world.docs.get(stand.document)
            outlet = (doc.outlet if doc else None) or stand.document[7:15]
            found.append((stand, (_holder(stand), relay, outlet)))
    return sorted(found, key=lambda one: (one[0].said is None, str(one[0].said), one[0].record))


def _root(world: World, stand: Position) -> str:
    held = world.owner.get(stand.claim or "")
    claim = held[2] if held and isinstance(held[2], Claim) else None
    return root(world, stand.claim or stand.record, claim)[1]


def _words(stand: Position) -> str | None:
    if not stand.evidence:
        return None
    one = stand.evidence[0]
    return f"/documents/{one.document}?span={one.span[0]}-{one.span[1]}#span"


def _draw(
    row: PropositionRow,
    sides: list[list[tuple[Position, tuple[str, str, str]]]],
    title: str,
    told: str,
    href: Href | None,
) -> str:
    rows = max(len(sides[0]), len(sides[1]), 2)
    height = TOP + rows * ROW + 14
    middle = TOP + rows * ROW / 2
    return svg("claims", title, told, WIDTH, height, _parts(row, sides, middle, href))


def _parts(
    row: PropositionRow,
    sides: list[list[tuple[Position, tuple[str, str, str]]]],
    middle: float,
    href: Href | None,
) -> Iterator[str]:
    left, right = WIDTH / 2 - MATTER / 2, WIDTH / 2 + MATTER / 2
    for sign, names in ((1, ("says so", "through", "report")), (-1, ("denies it", "through", "report"))):
        for place, name in enumerate(names):
            yield label(_column(sign, place) + COLUMN / 2 - 8, 18, name, "head", "middle")
    for sign, side in ((1, sides[0]), (-1, sides[1])):
        class_ = "for" if sign > 0 else "against"
        offset = (max(len(sides[0]), len(sides[1]), 2) - len(side)) * ROW / 2
        for place, (stand, way) in enumerate(side):
            y = TOP + offset + place * ROW + ROW / 2
            edge = _column(sign, 0) + (COLUMN - 16 if sign > 0 else 0)
            end = left if sign > 0 else right
            bend = (edge + end) / 2
            yield tag(
                "path",
                class_=f"way {class_}",
                d=f"M{edge:g} {y:g}C{bend:g} {y:g} {bend:g} {middle:g} {end:g} {middle:g}",
            )
            name = stand.holder.name if stand.holder else way[0]
            shown = [(name, 0, f"box {class_}"), (way[1], 1, "box"), (way[2], 2, "box")]
            boxes = [one for one in shown if one[0]]
            for (_, first, _), (_, second, _) in pairwise(boxes):
                ends = sorted((_column(sign, first) + (0 if sign > 0 else COLUMN - 16),
                               _column(sign, second) + (COLUMN - 16 if sign > 0 else 0)))  # fmt: skip
                yield tag("path", class_="way", d=f"M{ends[0]:g} {y:g}H{ends[1]:g}")
            day = stand.said.isoformat() if stand.said else "undated"
            said = f"{way[0]} {'says so' if sign > 0 else 'denies it'}, {day}" + (
                f", through {way[1]}" if way[1] else ""
            )
            drawn = "".join(_box(_column(sign, column), y, words, kind) for words, column, kind in boxes)
            drawn += label(_column(sign, 0) + COLUMN / 2 - 8, y + 12, day, "tick", "middle")
            yield mark(drawn, said, f"/records/{stand.claim or stand.record}", href)
    if not sides[1]:
        yield label(_column(-1, 0) + 4, middle + 4, "nobody", "tick")
    if not sides[0]:
        yield label(_column(1, 0) + COLUMN - 20, middle + 4, "nobody", "tick", "end")
    lines = wrapped(row.label, 34, 5)
    tall = len(lines) * 15 + 32
    yield tag("rect", x=left, y=middle - tall / 2, width=MATTER, height=tall, rx=6, class_="box matter")
    for place, one in enumerate(lines):
        yield label(WIDTH / 2, middle - tall / 2 + 19 + place * 15, one, "words", "middle")
    yield label(WIDTH / 2, middle + tall / 2 - 8, row.status, "head", "middle")


def _column(sign: int, place: int) -> float:
    """Where a column begins: the holder nearest to the matter, the report outermost."""
    if sign > 0:
        return WIDTH / 2 - MATTER / 2 - (place + 1) * COLUMN + 0
    return WIDTH / 2 + MATTER / 2 + place * COLUMN + 16


def _box(x: float, y: float, text: str, class_: str) -> str:
    tall = 32 if class_ != "box" else 22  # a holder's box has the day as well
    drawn = tag(
        "rect", x=round(x, 1), y=y - 15, width=round(COLUMN - 16, 1), height=tall, rx=4, class_=class_
    )
    return drawn + label(x + COLUMN / 2 - 8, y - 1, short(text, 17), "words", "middle")

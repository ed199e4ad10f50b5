"""``onrecord chart``: a drawing of the record as a file, without a server and without a browser."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.options import (
    DEFAULT_LEDGER,
    ActorOption,
    AsOfOption,
    KnownAtOption,
    LedgerOption,
    SinceOption,
    UntilOption,
)
from onrecord.cli.output import rows, user_errors

if TYPE_CHECKING:
    from onrecord.charts.svg import Chart

KINDS = {"mission": 1, "relation": 2, "timeline": 0, "claims": 1, "network": 0, "map": 0}
USE = (
    "Use: chart mission 'RUS>NATO', chart relation RUS NATO, chart claims ID, chart timeline, network or map."
)


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel="Ask the record")(chart)


def chart(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of {', '.join(KINDS)}.")],
    of: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHAT]...", help="A mission (RUS>NATO), two parties, or a claim or record of a matter."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="x.svg, x.png or x.html; the chart in words and as a table if left out.",
        ),
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    actor: ActorOption = None,
) -> None:
    """Draw a mission, a relation, the timeline, the stands on a matter, the network or the map, to a file."""
    with user_errors():
        from onrecord.charts import files
        from onrecord.ledger import Ledger

        given = of or []
        if kind not in KINDS or len(given) != KINDS[kind]:
            what = (
                f"no chart is called {kind!r}" if kind not in KINDS else f"{kind} needs {KINDS[kind]} names"
            )
            from onrecord.model.problems import OnrecordError

            raise OnrecordError("unknown-chart", what, USE, kind)
        times = {name: told for name, told in (("as_of", as_of), ("known_at", known_at)) if told}
        window = {name: told for name, told in (("since", since), ("until", until)) if told}
        with Ledger.open(ledger, create=False) as opened:
            charts = _made(opened, kind, given, times, window, actor)
        if out is None:
            for one in charts:
                print(one.told, file=sys.stderr)
                rows([[cell.words for cell in row] for row in one.table], one.columns, one.told)
            return
        at = "; ".join(f"{name.replace('_', ' ')} {told}" for name, told in {**times, **window}.items())
        files.write(charts, out, f"From {ledger}{f', {at}' if at else ''}.")
        print(f"onrecord: {out}: {charts[0].told}", file=sys.stderr)


def _made(
    opened: Any, kind: str, given: list[str], times: dict[str, str], window: dict[str, str], actor: str | None
) -> tuple[Chart, ...]:
    from onrecord.charts import make

    def ask(view: str, *args: Any, **params: Any) -> Any:
        return getattr(opened, view)(*args, **params)

    filters = {**window, **({"actor": actor} if actor else {})}
    if kind == "mission":
        return (make.of_mission(ask, given[0], times, window.get("since"), window.get("until")),)
    if kind == "relation":
        return make.of_relation(ask, given[0], given[1], times, window)
    if kind == "timeline":
        return (make.of_timeline(ask, times, filters),)
    if kind == "network":
        return (make.of_network(ask, times, window),)
    if kind == "map":
        return (make.of_map(ask, times, filters),)
    return tuple(make.of_matter(ask, row, times) for row in make.matters_of(ask, times, given[0]))

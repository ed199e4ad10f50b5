"""``python -m benchmarks.scale_dyads [--events 10000000] [--into FOLDER]``: dyads by month over many events.

A made-up snapshot as `onrecord snapshot` writes it (seeded; the event table's own columns, sorted by pair; 200 states
of uneven weight over thirty years, one event in ten with two actors, one in five background; and the table `dyads`,
counted of them) is asked through `onrecord.exchange.query`, as `onrecord sql` does. Prints a table of Markdown: wall
and CPU seconds of each question, the best of three, every column of the answer made.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import duckdb

from onrecord.exchange import query
from onrecord.exchange.columns import COLUMNS
from onrecord.exchange.datapackage import FILE, PAIRS, ROW_GROUP
from onrecord.vocabulary import states

FIRST_YEAR, YEARS = 1994, 30
MODES = [
    ("AGREE", None, 3.0), ("CONSULT", "visit", 1.5), ("SANCTION", "expel", -5.0), ("ACCUSE", "allege", -2.0),
    ("COOPERATE", None, 5.0), ("ASSAULT", "aerial", -9.0), ("REJECT", None, -3.0), ("AID", "military", 6.0),
]  # fmt: skip
KINDS = {"text": "VARCHAR", "number": "DOUBLE", "whole": "BIGINT", "yes": "BOOLEAN", "day": "DATE"}
IN_ONE_MONTH = """(
    event_date_from = event_date_to OR date_trunc('month', event_date_from) = date_trunc('month', event_date_to)
)"""
QUESTIONS = {
    "every pair by month, counted in the snapshot: the table `dyads`": """
        SELECT actor, recipient, month, events, mean_intensity, lowest_intensity FROM dyads""",
    "every pair of codes by month, counted over the events": f"""
        SELECT actor_code, recipient_code, date_trunc('month', event_date_from) AS month,
            count(*) AS events, avg(intensity) AS mean, min(intensity) AS lowest
        FROM deeds
        WHERE NOT background AND {IN_ONE_MONTH}
        GROUP BY ALL""",
    "the same, events with several actors or recipients taken apart": f"""
        WITH
            told AS (
                SELECT actor_code, recipient_code, date_trunc('month', event_date_from) AS month, intensity
                FROM deeds WHERE NOT background AND {IN_ONE_MONTH}
            ),
            several AS (
                SELECT * REPLACE (unnest(list_distinct(string_split(actor_code, '; '))) AS actor_code)
                FROM told WHERE contains(actor_code, ';') OR contains(recipient_code, ';')
            ),
            pair AS (
                SELECT * FROM told WHERE NOT contains(actor_code, ';') AND NOT contains(recipient_code, ';')
                UNION ALL
                SELECT * REPLACE (unnest(list_distinct(string_split(recipient_code, '; '))) AS recipient_code)
                FROM several
            )
        SELECT actor_code, recipient_code, month, count(*) AS events, avg(intensity) AS mean,
            min(intensity) AS lowest
        FROM pair GROUP BY ALL""",
    "one pair, by month and type": """
        SELECT date_trunc('month', event_date_from) AS month, event_type, count(*) AS events, avg(intensity) AS mean
        FROM deeds WHERE NOT background AND actor_code = 'RUS' AND recipient_code = 'USA'
        GROUP BY ALL""",
}


def make(folder: Path, events: int) -> None:
    """Write the snapshot: `deeds` by year, `dyads`, and the description that `query` reads."""
    codes = sorted(states(), key=lambda code: (code not in ("USA", "RUS", "CHN"), code))
    con = duckdb.connect()
    con.execute("SELECT setseed(0.25)")
    con.execute("SET threads = 1")  # so that the seed gives the same rows
    con.execute("CREATE TABLE state (place INTEGER, code VARCHAR)")
    con.executemany("INSERT INTO state VALUES (?, ?)", list(enumerate(codes)))
    con.execute("CREATE TABLE mode (place INTEGER, type VARCHAR, mode VARCHAR, score DOUBLE)")
    con.executemany(
        "INSERT INTO mode VALUES (?, ?, ?, ?)", [(place, *mode) for place, mode in enumerate(MODES)]
    )
    made = {
        "event_id": "printf('e%012x', number)", "event_type": "type", "event_mode": "mode", "intensity": "score",
        "actor_code": "CASE WHEN second.code IS NULL THEN actor.code ELSE actor.code || '; ' || second.code END",
        "recipient_code": "recipient.code", "event_date": "day", "event_date_from": "day",
        "event_date_to": "day", "event_edtf": "CAST(day AS VARCHAR)", "done": "true", "background": "old < 0.2",
        "status": "'actual'", "standing": "'asserted'", "language": "'en'", "reports": "1", "origins": "1",
        "evidence_span": "printf('%d-%d', number % 3000, number % 3000 + 80)",
    }  # fmt: skip
    columns = ", ".join(
        f"CAST({made.get(column.name, 'NULL')} AS {KINDS[column.kind]}) AS {column.name}"
        for column in COLUMNS
    )
    paths = []
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        path = folder / "deeds" / f"year={year}" / "part-0.parquet"
        path.parent.mkdir(parents=True)
        con.execute(f"""
            CREATE OR REPLACE TABLE drawn AS SELECT range + {year * 10_000_000} AS number,
                CAST(DATE '{year}-01-01' + CAST(floor(365 * random()) AS INTEGER) AS DATE) AS day,
                CAST(floor({len(codes)} * random() ** 5) AS INTEGER) AS one,
                CAST(floor({len(codes)} * random() ** 5) AS INTEGER) AS other,
                CASE WHEN random() < 0.1 THEN CAST(floor({len(codes)} * random() ** 5) AS INTEGER) END AS more,
                CAST(floor({len(MODES)} * random()) AS INTEGER) AS kind, random() AS old
            FROM range({events // YEARS})""")
        con.execute(f"""
            COPY (SELECT {columns} FROM drawn JOIN mode ON mode.place = kind JOIN state AS actor ON actor.place = one
                JOIN state AS recipient ON recipient.place = other LEFT JOIN state AS second ON second.place = more
                ORDER BY {", ".join(name for name, _ in PAIRS)})
            TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})""")
        paths.append(path.relative_to(folder).as_posix())
    counted = folder / "dyads" / "part-0.parquet"
    counted.parent.mkdir()
    con.execute(f"""
        COPY (
            WITH side AS (
                SELECT unnest(string_split(actor_code, '; ')) AS actor, recipient_code AS recipient,
                    strftime(event_date_from, '%Y-%m') AS month, event_type, intensity, event_id
                FROM read_parquet('{folder}/deeds/*/*.parquet') WHERE NOT background
            )
            SELECT actor, recipient, month, count(*) AS events, round(avg(intensity), 4) AS mean_intensity,
                min(intensity) AS lowest_intensity, to_json(histogram(event_type)) AS counts,
                to_json(list(event_id)) AS ids
            FROM side GROUP BY actor, recipient, month ORDER BY actor, recipient, month
        ) TO '{counted}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})""")
    (folder / FILE).write_text(
        json.dumps({"resources": [
            {"title": "deeds", "path": paths}, {"title": "dyads", "path": ["dyads/part-0.parquet"]}
        ]}), encoding="utf-8",
    )  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale_dyads")
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--into", type=Path, help="keep the snapshot here; default: a folder that is removed")
    options = parser.parse_args()
    folder = options.into or Path(tempfile.mkdtemp())
    try:
        if not (folder / FILE).exists():
            make(folder, options.events)
        size = sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 1e6
        count = query(folder, "SELECT count(*) FROM deeds").rows[0][0]
        print(f"{count:,} events, {len(COLUMNS)} columns, {size:,.0f} MB of Parquet\n")
        print("| question | rows | wall s | CPU s |", "|---|---|---|---|", sep="\n")
        for name, question in QUESTIONS.items():
            best = min(_timed(folder, question) for _ in range(3))
            print(f"| {name} | {best[2]:,} | {best[0]:.2f} | {best[1]:.2f} |")
    finally:
        if options.into is None:
            shutil.rmtree(folder)
    return 0


def _timed(folder: Path, question: str) -> tuple[float, float, int]:
    wall, cpu = perf_counter(), process_time()
    # Ended inside: what is measured is the table with all its columns, and not its way into Python. A hash asks for
    # every value; the least or greatest would be read off the files' statistics.
    rows = query(folder, f"SELECT count(*), bit_xor(hash(COLUMNS(*))) FROM ({question})").rows[0][0]
    return perf_counter() - wall, process_time() - cpu, rows


if __name__ == "__main__":
    sys.exit(main())

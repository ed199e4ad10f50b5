"""Full-text search over documents and claims: SQLite FTS5, PostgreSQL tsvector.

The index is a cache beside the log. It is brought up to date when somebody searches, so recording pays nothing for
it; a redaction drops it whole, and the next search builds it from what is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from onrecord.ledger.building import build
from onrecord.ledger.statements import document_key
from onrecord.ledger.store import Store
from onrecord.ledger.tables import entry, meta
from onrecord.ledger.world import Codings
from onrecord.model.records import CodedDocument

MARK = "searched"
AT_ONCE = 100
_SQLITE = "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(document UNINDEXED, record UNINDEXED, said)"
_POSTGRES = (
    "CREATE TABLE IF NOT EXISTS words (document text, record text, said text, "
    "terms tsvector GENERATED ALWAYS AS (to_tsvector('english', said)) STORED)",
    "CREATE INDEX IF NOT EXISTS words_terms ON words USING gin (terms)",
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document, or a claim in it (``record``), that holds the words asked for, with the words around them."""

    document: str
    record: str | None
    excerpt: str
    outlet: str | None
    published: str | None


def search(store: Store, cache: Codings, query: str, limit: int, allowed: str | None = None) -> list[Hit]:
    """Documents and claims that hold all words of ``query``, the best first; none marked stricter than ``allowed``."""
    with store.writing() as connection:
        _prepare(store, connection)
        _catch_up(store, connection, cache)
        rows = _ask(store, connection, query, limit if allowed is None else None)
        hits: list[Hit] = []
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            keys = {f"doc:{document_key(document)}" for document, _, _ in part}
            docs = build(connection, cache, None, keys, allowed).docs
            hits += [
                Hit(document, record or None, excerpt, docs[document].outlet, docs[document].published)
                for document, record, excerpt in part
                if document in docs
            ]
            if len(hits) >= limit:
                break
    return hits[:limit]


def forget(connection: Connection, sqlite: bool) -> None:
    """Drop the index; what was redacted must not stay in it."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS words" + ("" if sqlite else " CASCADE"))
    connection.execute(delete(meta).where(meta.c.name == MARK))


def _prepare(store: Store, connection: Connection) -> None:
    for ddl in (_SQLITE,) if store.sqlite else _POSTGRES:
        connection.exec_driver_sql(ddl)


def _catch_up(store: Store, connection: Connection, cache: Codings) -> None:
    done = int(connection.execute(select(meta.c.value).where(meta.c.name == MARK)).scalar() or 0)
    new = connection.execute(
        select(entry).where(entry.c.kind == "coding", entry.c.number > done).order_by(entry.c.number)
    ).all()
    if not new:
        return
    mark = "?, ?, ?" if store.sqlite else "%s, %s, %s"
    for one in new:
        coded = cache.get(connection, one).coded
        rows = [(coded.document.id, "", coded.document.text.replace("\0", " "))]
        rows += [
            (coded.document.id, claim.id, told) for claim in coded.claims if (told := _content(coded, claim))
        ]
        connection.exec_driver_sql(f"INSERT INTO words (document, record, said) VALUES ({mark})", rows)
    connection.execute(delete(meta).where(meta.c.name == MARK))
    connection.execute(insert(meta).values(name=MARK, value=str(new[-1].number)))


def _content(coded: CodedDocument, claim: Any) -> str:
    return " … ".join(coded.document.words(span) for span in claim.content).replace("\0", " ")


def _ask(store: Store, connection: Connection, query: str, limit: int | None) -> list[tuple[str, str, str]]:
    if store.sqlite:
        quoted = " ".join('"' + word.replace('"', '""') + '"' for word in query.split())
        sql = (
            "SELECT document, record, snippet(words, 2, '[', ']', ' … ', 16) FROM words WHERE words MATCH ? "
            "ORDER BY rank, document, record LIMIT ?"
        )
        found = connection.exec_driver_sql(sql, (quoted or '""', -1 if limit is None else limit))
    else:
        sql = (
            "SELECT document, record, ts_headline('english', said, asked, "
            "'StartSel=[, StopSel=], MaxFragments=1, MaxWords=16, MinWords=5') "
            "FROM words, plainto_tsquery('english', %s) asked WHERE terms @@ asked "
            "ORDER BY ts_rank(terms, asked) DESC, document, record LIMIT %s"
        )
        found = connection.exec_driver_sql(sql, (query, limit))
    return [(document, record, excerpt) for document, record, excerpt in found]

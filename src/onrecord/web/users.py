"""People who may write, each with a token of their own; the ledger's database keeps a hash of it and never the token.

They stand beside the record and are no part of it: a copy of the ledger (`onrecord backup`) has them only if it is
asked for (`--with-users`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from onrecord.ledger.store import Store
from onrecord.ledger.tables import PEOPLE as PREFIX
from onrecord.ledger.tables import meta
from onrecord.model.problems import OnrecordError

LONGEST = 80


@dataclass(frozen=True, slots=True)
class User:
    """One person. ``digest`` is the SHA-256 of the token, which has 256 random bits and so needs no salt."""

    name: str
    digest: str
    added: str


def users(store: Store) -> list[User]:
    """Everybody who may sign in, by name."""
    with store.reading() as connection:
        rows = connection.execute(select(meta.c.name, meta.c.value).where(meta.c.name.startswith(PREFIX)))
        found = [(name[len(PREFIX) :], json.loads(value)) for name, value in rows]
    return sorted(
        (User(name, told["digest"], told["added"]) for name, told in found), key=lambda u: u.name.casefold()
    )


def add(store: Store, name: str) -> str:
    """Let somebody write; the token, which nobody can read again. Raises OnrecordError ``bad-user``."""
    told = " ".join(name.split())
    if not told or len(told) > LONGEST or not told.isprintable():
        raise OnrecordError(
            "bad-user", f"a name has 1 to {LONGEST} characters", "Give the name that decisions shall stand under.", name
        )  # fmt: skip
    if told.casefold() in {one.name.casefold() for one in users(store)}:
        raise OnrecordError(
            "bad-user", "somebody of this name is there already", "Remove that one first, or give another name.", told
        )  # fmt: skip
    token = "onr_" + secrets.token_urlsafe(32)
    kept = {"digest": digest_of(token), "added": datetime.now(UTC).isoformat(timespec="seconds")}
    with store.writing(durable=True) as connection:
        connection.execute(insert(meta).values(name=PREFIX + told, value=json.dumps(kept)))
    return token


def remove(store: Store, name: str) -> None:
    """Let somebody write no more, from now on; what they decided stays. Raises OnrecordError ``no-user``."""
    with store.writing(durable=True) as connection:
        gone = connection.execute(delete(meta).where(meta.c.name == PREFIX + " ".join(name.split())))
    if not gone.rowcount:
        raise OnrecordError(
            "no-user", "nobody has this name", "`onrecord user list` says who is there.", name
        )


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def holder(known: list[User], token: str) -> User | None:
    """Whose token this is; every one is compared, so that the time taken tells nothing."""
    given = digest_of(token)
    found = [one for one in known if hmac.compare_digest(one.digest, given)]
    return found[0] if found else None

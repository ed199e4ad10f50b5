"""What the pages stand on: one ledger, answers kept until its head moves, and the coder once somebody needs it."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any

from onrecord.ledger.ledger import Ledger
from onrecord.ledger.world import World
from onrecord.web.users import User, users

if TYPE_CHECKING:
    from onrecord.coding.coder import Coder

MIB = 1024 * 1024
KEPT_ANSWERS = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """How the pages are served.

    ``loopback``: only this machine reaches them, so whoever does may write while the ledger has no users.
    ``private``: only users read. ``allowed``: no document that is marked stricter (TLP) is on any page.
    ``static``: for a folder of pages, with nothing on them that needs a server. ``upload_bytes`` bounds one request's
    body.
    """

    ledger: str
    loopback: bool = True
    private: bool = False
    allowed: str | None = None
    static: bool = False
    upload_bytes: int = 2 * MIB
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)


class State:
    """The ledger of one server. Its views are asked one at a time: a view is work for one processor anyway."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ledger = Ledger.open(settings.ledger, allowed=settings.allowed)
        self._lock = RLock()
        self.coding = Lock()  # a text that is being read holds up no page
        self._answers: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._head = ""
        self._coder: Coder | None = None

    def close(self) -> None:
        self.ledger.close()

    def head(self) -> str:
        """The head of the commit chain: as long as it stays, every answer stays."""
        with self._lock:
            told = self.ledger.head()
            head = f"{told['number']}-{told['head']}"
            if head != self._head:
                self._answers.clear()
                self._head = head
            return head

    def users(self) -> list[User]:
        """Who may sign in, as it stands now: a token taken back ends at once."""
        return users(self.ledger.store)

    def ask(self, view: str, *args: Any, **params: Any) -> Any:
        """What the ledger's view of this name answers; kept until the head moves. Raises OnrecordError."""
        key = (view, args, tuple(sorted(params.items())))
        return self.remember(key, lambda: getattr(self.ledger, view)(*args, **params), view != "world")

    def remember(self, key: tuple[Any, ...], make: Callable[[], Any], keep: bool = True) -> Any:
        """What ``make`` gives, made once as long as the head stays; the ledger keeps worlds itself."""
        with self._lock:
            self.head()
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
            answer = make()
            if keep:
                self._answers[key] = answer
                if len(self._answers) > KEPT_ANSWERS:
                    self._answers.popitem(last=False)
            return answer

    def world(self, known_at: str | None) -> World:
        """Everything known at a moment."""
        found: World = self.ask("world", known_at)
        return found

    @property
    def lock(self) -> RLock:
        """Held over a look and the write that depends on it."""
        return self._lock

    def coder(self) -> Coder:
        """The coder, loaded with its model on first use. Raises OnrecordError ``reading-model-missing``."""
        with self._lock:
            if self._coder is None:
                from onrecord.coding.coder import Coder

                self._coder = Coder(threads=2)
            return self._coder

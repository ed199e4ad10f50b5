"""What keeps the pages safe: headers, who may write, tokens against forged forms, a bound on what is sent."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.model.problems import OnrecordError
from onrecord.web.users import User, holder

if TYPE_CHECKING:
    from onrecord.web.state import Settings, State

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
FORM_COOKIE, KEY_COOKIE, NAME_COOKIE = "onrecord_form", "onrecord_key", "onrecord_name"


class Guard:
    """ASGI middleware: headers on every answer, hosts that this server answers to, bodies of bounded size.

    On loopback only its own names are answered, so that a page elsewhere cannot reach the ledger by pointing its
    name at this machine.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self.settings.loopback and not _ours(scope):
            await _refuse(send, 421, b"This server answers to localhost only.\n")
            return
        limit = self.settings.upload_bytes
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if not declared.isdigit() or int(declared[:18]) > limit:
            await _refuse(send, 413, f"More than {limit} bytes, the limit of one request.\n".encode())
            return
        app = self.app
        if self.settings.private and not may_read(Request(scope), scope["app"].state.onrecord):
            app = _private
        await app(scope, _bounded(receive, limit), _with_headers(send))


async def _private(scope: Scope, receive: Receive, send: Send) -> None:
    """What somebody who is not signed in gets from a record that is for its users."""
    request = Request(scope)
    page = "text/html" in request.headers.get("accept", "")
    response: Response = PlainTextResponse("This record is for its users: send a token as Bearer.\n", 401)
    if page:
        response = RedirectResponse("/sign-in", 303)
    await response(scope, receive, send)


def _ours(scope: Scope) -> bool:
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    try:
        return urlsplit(f"//{host}").hostname in LOOPBACK
    except ValueError:
        return False


def _bounded(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise OnrecordError(
                "too-large",
                f"more than {limit} bytes, the limit of one request",
                "Send less at a time.",
                "body",
            )
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            extra = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return sender


async def _refuse(send: Send, status: int, told: bytes) -> None:
    sender = _with_headers(send)
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await sender({"type": "http.response.start", "status": status, "headers": headers})
    await sender({"type": "http.response.body", "body": told})


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. ``name`` is None while nobody has told it; ``signed`` says that a token proves it."""

    name: str | None
    signed: bool
    writes: bool


def person(request: Request, state: State) -> Person:
    """Who sends this request, and whether they may write.

    Where the ledger has users, only those write, each under their own name. Where it has none, whoever reaches the
    server from its own machine writes under the name they gave, and from elsewhere nobody does.
    """
    known = state.users()
    signed = _bearer(request, known) or _signed_in(request, state.settings, known)
    if signed is not None:
        return Person(signed, True, True)
    given = unquote(request.cookies.get(NAME_COOKIE, ""))[:80].strip()
    return Person(given or None, False, state.settings.loopback and not known)


def _bearer(request: Request, known: list[User]) -> str | None:
    told = request.headers.get("authorization", "")
    found = holder(known, told[7:]) if told.startswith("Bearer ") else None
    return found.name if found else None


def _signed_in(request: Request, settings: Settings, known: list[User]) -> str | None:
    kept = request.cookies.get(KEY_COOKIE, "")
    if not kept:
        return None
    for one in known:
        if hmac.compare_digest(kept.encode(), key_of(settings, one).encode()):
            return one.name
    return None


def key_of(settings: Settings, user: User) -> str:
    """What the cookie of somebody signed in holds: it proves the token, does not tell it, and ends with the user."""
    told = f"key:{user.name}:{user.digest}".encode()
    return hmac.new(settings.secret, told, hashlib.sha256).hexdigest()


def check_write(request: Request, state: State, form_token: str | None) -> Person:
    """Who writes. Raises OnrecordError ``needs-token`` for those who may not, ``forged-form``."""
    who = person(request, state)
    if not who.writes:
        raise OnrecordError(
            "needs-token",
            "writing here needs a token",
            "Sign in with the token that `onrecord user add NAME` printed, or send it as Bearer.",
            request.url.path,
        )
    if (
        _bearer(request, state.users()) is None
    ):  # no browser sends that header by itself: no form can forge it
        check_form(request, state.settings, form_token)
    return who


def may_read(request: Request, state: State) -> bool:
    """Whether this request may see the record: anybody, unless the server was started for its users alone."""
    open_ = request.url.path.startswith(("/static/", "/sign-in"))
    return open_ or not state.settings.private or person(request, state).signed


def check_form(request: Request, settings: Settings, form_token: str | None) -> None:
    """Refuse a form that no page of this server has made. Raises OnrecordError ``forged-form``."""
    origin = request.headers.get("origin")
    same = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    kept = request.cookies.get(FORM_COOKIE, "")
    if (
        not kept
        or not same
        or not hmac.compare_digest(form_token_of(settings, kept).encode(), (form_token or "").encode())
    ):
        raise OnrecordError(
            "forged-form",
            "the form does not come from a page of this server, or the server was started anew since",
            "Load the page again and send the form from there; allow cookies of this address.",
            request.url.path,
        )


def form_token_of(settings: Settings, cookie: str) -> str:
    """The hidden field that goes with a browser's cookie."""
    return hmac.new(settings.secret, f"form:{cookie}".encode(), hashlib.sha256).hexdigest()


def form_cookie(request: Request) -> str:
    """The browser's cookie for forms, or a fresh one."""
    kept = request.cookies.get(FORM_COOKIE, "")
    return kept if len(kept) == 43 and kept.isascii() else secrets.token_urlsafe(32)


def set_cookie(name: str, value: str, days: int = 30) -> str:
    """A cookie that scripts cannot read and other sites' pages do not send; with no days it is taken back."""
    jar: SimpleCookie = SimpleCookie()
    jar[name] = value
    jar[name]["path"], jar[name]["httponly"] = "/", True
    jar[name]["samesite"], jar[name]["max-age"] = "Strict", days * 86400
    return jar[name].OutputString()

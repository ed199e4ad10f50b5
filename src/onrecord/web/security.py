"""What keeps the pages safe: headers, who may write, tokens against forged forms, a bound on what is sent."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.model.problems import OnrecordError
from onrecord.web.state import Settings

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
        await self.app(scope, _bounded(receive, limit), _with_headers(send))


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


def may_write(request: Request, settings: Settings) -> bool:
    """Whether this request may put something on record: on loopback anybody, elsewhere the token's holder."""
    return settings.loopback or _holds_token(request, settings)


def _holds_token(request: Request, settings: Settings) -> bool:
    if not settings.token:
        return False
    told = request.headers.get("authorization", "")
    given = told[7:] if told.startswith("Bearer ") else ""
    kept = request.cookies.get(KEY_COOKIE, "")
    return same_token(given, settings) or hmac.compare_digest(kept.encode(), key_of(settings).encode())


def same_token(given: str, settings: Settings) -> bool:
    """Whether this is the server's token, told in a time that does not depend on how much of it is right."""
    return bool(settings.token) and hmac.compare_digest(given.encode(), (settings.token or "").encode())


def key_of(settings: Settings) -> str:
    """What the cookie of somebody signed in holds: it proves the token and does not tell it."""
    return hmac.new(settings.secret, f"key:{settings.token}".encode(), hashlib.sha256).hexdigest()


def check_write(request: Request, settings: Settings, form_token: str | None) -> None:
    """Refuse what may not write. Raises OnrecordError ``needs-token``, ``forged-form``."""
    if not may_write(request, settings):
        raise OnrecordError(
            "needs-token",
            "away from loopback, writing needs a token",
            "Sign in with the token that `onrecord serve --token` was started with, or send it as Bearer.",
            request.url.path,
        )
    if request.headers.get("authorization", "").startswith("Bearer ") and not settings.loopback:
        return  # no browser sends this header by itself, so no form can forge it
    check_form(request, settings, form_token)


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


def set_cookie(name: str, value: str) -> str:
    """A cookie that scripts cannot read and other sites' pages do not send."""
    jar: SimpleCookie = SimpleCookie()
    jar[name] = value
    jar[name]["path"], jar[name]["httponly"] = "/", True
    jar[name]["samesite"], jar[name]["max-age"] = "Strict", 30 * 86400
    return jar[name].OutputString()

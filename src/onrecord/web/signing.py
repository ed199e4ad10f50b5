"""Who a person is: signed in with a token, or named once on their own machine."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.model.problems import OnrecordError
from onrecord.web.query import Asked, address
from onrecord.web.render import page, state_of
from onrecord.web.security import KEY_COOKIE, NAME_COOKIE, check_form, key_of, person, set_cookie
from onrecord.web.users import LONGEST, holder


def sign_in_page(request: Request) -> Response:
    """The form for a token, or for a name where the ledger has no users."""
    state = state_of(request)
    back = _inside(request.query_params.get("back", "/"))
    return page(request, "sign-in.html", Asked(), has_users=bool(state.users()), back=back)


async def sign_in(request: Request) -> Response:
    """Take a token or a name; or sign out."""
    state = state_of(request)
    async with request.form(max_files=0, max_fields=6) as form:
        told = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    check_form(request, state.settings, told.get("form_token"))
    response = RedirectResponse(_inside(told.get("back", "/")), 303)
    if "out" in told:
        for name in (KEY_COOKIE, NAME_COOKIE):
            response.headers.append("set-cookie", set_cookie(name, "", 0))
        return response
    known = state.users()
    if known:
        user = holder(known, told.get("token", ""))
        if user is None:
            raise OnrecordError(
                "needs-token", "nobody has this token", "Ask whoever keeps the ledger: `onrecord user add`.", "token"
            )  # fmt: skip
        response.headers.append("set-cookie", set_cookie(KEY_COOKIE, key_of(state.settings, user)))
    elif person(request, state).writes:
        response.headers.append("set-cookie", name_cookie(told.get("name", "")))
    else:
        raise OnrecordError(
            "needs-token", "nobody may write here yet", "On the server: `onrecord user add NAME`.", "token"
        )
    return response


def name_cookie(name: str) -> str:
    """The name that a person gave, kept by the browser. Raises OnrecordError ``no-name``."""
    told = " ".join(name.split())[:LONGEST]
    if not told:
        raise OnrecordError("no-name", "a decision needs a named person", "Say who decides.", "name")
    return set_cookie(NAME_COOKIE, quote(told, safe=""))


def _inside(back: str) -> str:
    """A path of this server; anything else leads to the first page."""
    plain = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return address(back, {}) if plain and "?" not in back else back if plain and back.isascii() else "/"

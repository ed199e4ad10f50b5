"""From a snapshot to the text that spans index: which extractor renders which kind of bytes, and again later.

A rendition depends on the snapshot, its media type, its charset and the named extractor, on nothing else: the
same four give the same text, which is what `verify` checks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from onrecord.intake import charset
from onrecord.intake.mapped import Run
from onrecord.intake.problems import error
from onrecord.intake.sections import Region
from onrecord.intake.types import Limits
from onrecord.model.ids import sha256
from onrecord.model.records import Snapshot

# Added to an extractor's name where broken bytes were replaced by U+FFFD.
_REPLACED = "+replace"
_PLAIN = "onrecord-text/1"


@dataclass(slots=True)
class Rendition:
    """A rendered snapshot. ``extractor`` is None where the text is the decoded snapshot itself.

    ``regions`` are the parts whose kind the markup tells; ``title``, ``authors``, ``site``, ``url``,
    ``published`` and ``language`` are what the page states of itself.
    """

    text: str
    charset: str | None = None
    extractor: str | None = None
    runs: list[Run] | None = None
    regions: list[Region] = field(default_factory=list)
    title: str | None = None
    authors: list[str] = field(default_factory=list)
    site: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None


def render(
    snapshot: bytes, media_type: str, declared: str | None, certain: bool, limits: Limits
) -> Rendition:
    """Decode and render a snapshot with all that its markup tells. Raises ``OnrecordError`` with its code."""
    return _renderer(media_type)(snapshot, declared, certain, limits)


def rerender(snapshot: bytes, meta: Snapshot, limits: Limits | None = None) -> str:
    """The text that ``meta`` describes, rendered again from the snapshot's bytes.

    Raises ``unknown-extractor`` where this installation would render it otherwise, and the errors of
    decoding.
    """
    name = (meta.extractor or "").removesuffix(_REPLACED)
    damaged = (meta.extractor or "").endswith(_REPLACED)
    if meta.media_type == "text/plain":
        if name not in ("", _PLAIN):
            raise _unknown(meta.extractor)
        return _decode_again(snapshot, meta.charset, damaged)
    if meta.media_type in _MARKUP:
        from onrecord.intake.html.render import text_of, version_of

        if name != version_of(meta.media_type):
            raise _unknown(meta.extractor)
        source = _decode_again(snapshot, meta.charset, damaged)
        return text_of(source, meta.media_type, (limits or Limits()).depth)
    rendition = render(snapshot, meta.media_type, meta.charset, False, limits or Limits())
    if rendition.extractor != meta.extractor:
        raise _unknown(meta.extractor)
    return rendition.text


def decoded(snapshot: bytes, meta: Snapshot) -> str:
    """The decoded snapshot that ``meta.map`` indexes, for a media type that is text."""
    return _decode_again(snapshot, meta.charset, (meta.extractor or "").endswith(_REPLACED))


def matches(snapshot: bytes, meta: Snapshot) -> bool:
    """True where the bytes are those that ``meta`` names."""
    return sha256(snapshot) == meta.sha256


def _decode_again(snapshot: bytes, name: str | None, damaged: bool) -> str:
    known = charset.known(name or "utf-8")
    if known is None:
        raise error("unknown-charset", f"no charset is called {name!r}")
    try:
        return snapshot.decode(known, "replace" if damaged else "strict")
    except UnicodeDecodeError as fault:
        raise error("bad-encoding", f"not {known}: {fault.reason} at byte {fault.start}") from fault


def _unknown(extractor: str | None) -> Exception:
    return error(
        "unknown-extractor", f"rendered by {extractor or 'no named extractor'}, which is not installed"
    )


def _plain(snapshot: bytes, declared: str | None, certain: bool, limits: Limits) -> Rendition:
    found = charset.decode(snapshot, declared, certain=certain)
    return Rendition(found.text, found.charset, _PLAIN + _REPLACED if found.damaged else None)


def _html(snapshot: bytes, declared: str | None, certain: bool, limits: Limits) -> Rendition:
    from onrecord.intake.html.render import page

    found = charset.decode(snapshot, declared or charset.declared_in(snapshot), certain=certain)
    rendition = page(found.text, limits.depth)
    return _marked(rendition, found)


def _feed(snapshot: bytes, declared: str | None, certain: bool, limits: Limits) -> Rendition:
    from onrecord.intake.html.render import item

    found = charset.decode(snapshot, declared, certain=certain)
    return _marked(item(found.text, limits.depth), found)


def _marked(rendition: Rendition, found: charset.Decoded) -> Rendition:
    rendition.charset = found.charset
    if found.damaged:
        rendition.extractor = (rendition.extractor or "") + _REPLACED
    return rendition


def _pdf(snapshot: bytes, declared: str | None, certain: bool, limits: Limits) -> Rendition:
    from onrecord.intake.kinds.pdf import render as render_pdf

    return render_pdf(snapshot, limits)


def _mail(snapshot: bytes, declared: str | None, certain: bool, limits: Limits) -> Rendition:
    from onrecord.intake.kinds.mail import render as render_mail

    return render_mail(snapshot, limits)


_FEEDS = frozenset(("application/rss+xml", "application/atom+xml"))
_MARKUP = frozenset(("text/html", "application/xhtml+xml")) | _FEEDS
_RENDERERS: dict[str, Callable[[bytes, str | None, bool, Limits], Rendition]] = {
    "text/plain": _plain,
    "text/html": _html,
    "application/xhtml+xml": _html,
    "application/rss+xml": _feed,
    "application/atom+xml": _feed,
    "application/pdf": _pdf,
    "message/rfc822": _mail,
}


def _renderer(media_type: str) -> Callable[[bytes, str | None, bool, Limits], Rendition]:
    renderer = _RENDERERS.get(media_type)
    if renderer is None:
        raise error("unknown-kind", f"nothing renders {media_type}")
    return renderer

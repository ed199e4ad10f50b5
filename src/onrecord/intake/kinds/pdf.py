"""PDF by its text layer. A scan has none, and says so."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any

from onrecord.intake.problems import error, missing_extra
from onrecord.intake.renditions import Rendition
from onrecord.intake.source import Source
from onrecord.intake.types import Limits, Options, Raw

_VERSION = "onrecord-pdf/1+pypdfium2/"
# A soft hyphen that PDFium reports at the end of a line, with the break after it.
_HYPHEN = re.compile(r"[\ufffe\xad]\s*\n?")
_LOCK = threading.Lock()  # PDFium is not safe to call from two threads


def read(source: Source, options: Options) -> Iterator[Raw]:
    """The file as one document."""
    yield Raw(source.read(options.limits.document_bytes), "application/pdf", source.name)


def render(snapshot: bytes, limits: Limits) -> Rendition:
    """The text of all pages, lines as they stand and a blank line between pages; there is no map.

    Raises ``missing-extra``, ``bad-file``, ``too-large`` and ``no-text``.
    """
    try:
        import pypdfium2
    except ImportError as fault:
        raise missing_extra("pdf", "PDF") from fault
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(snapshot)
        except pypdfium2.PdfiumError as fault:
            raise error("bad-file", f"not a readable PDF: {fault}") from fault
        try:
            if len(document) > limits.pages:
                raise error("too-large", f"{len(document)} pages; the limit pages is {limits.pages}")
            pages = [_page(document, number) for number in range(len(document))]
            title = str(document.get_metadata_dict().get("Title") or "").strip() or None
        except pypdfium2.PdfiumError as fault:
            raise error("bad-file", f"a page cannot be read: {fault}") from fault
        finally:
            document.close()
    text = "\n\n".join(page for page in pages if page.strip())
    if not text:
        raise error("no-text", f"{len(pages)} page(s) without a text layer")
    return Rendition(text, None, f"{_VERSION}{pypdfium2.version.PYPDFIUM_INFO.version}", title=title)


def _page(document: Any, number: int) -> str:
    page = document[number]
    layer = page.get_textpage()
    text: str = layer.get_text_range()
    layer.close()
    page.close()
    return _HYPHEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\0", "")

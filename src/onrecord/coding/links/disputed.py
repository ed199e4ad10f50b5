"""Denials of a tie: which link they are about.

Requires the links of the document. "Denied any link", "it had nothing to do with": what is denied is that two things
hang together, and neither of the two.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

_TIE = re.compile(
    r"\b(?:link|links|linked|connection|connected|related|tied|to do with|caused by|prompted by|because of|reason)\b",
    re.I,
)
_NO_TIE = re.compile(
    r"\b(?:not|n't|n’t|never) (?:\w+ )?(?:linked|connected|related|tied|caused by|prompted by|because of)\b"
    r"|\b(?:no (?:\w+ )?(?:link|connection)|nothing to do with)\b",
    re.I,
)


def code(draft: Draft) -> None:
    """ "Denied any link", "it had nothing to do with": a denial of a tie is about the link told before it.

    An update stands above the report that it came after, so what it denies may stand below. Who says that there is no
    tie where somebody else tells one denies it, however plainly it is said.
    """
    if not draft.links:
        return
    for claim in draft.claims:
        if not claim.content:
            continue
        text = draft.document.words(claim.content[0])
        plainly = claim.stance == "asserts" and _NO_TIE.search(text) is not None
        if not plainly and (claim.stance not in ("denies", "questions") or _TIE.search(text) is None):
            continue
        start = claim.content[0][0]
        later = draft.section_at(start) == "update"
        told_links = [
            link for link in draft.links if link.evidence and (later or link.evidence[0][0] <= start)
        ]
        own = [link for link in told_links if link.evidence[0][1] > start and claim.id in link.claims]
        if told_links and not own:
            # The tie alone is denied, not what the claim that states it says besides.
            tie = next((link for link in reversed(told_links) if link.kind == "linked_to"), told_links[-1])
            claim.about = [each for each in claim.about if each not in tie.claims] + [tie.id]
            if plainly and tie.polarity == "+":
                claim.stance = "denies"
                draft.note(claim.id, "stance", "a tie that another claim states")
            draft.note(claim.id, "about", "a tie that is denied")

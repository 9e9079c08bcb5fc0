"""A page patched by htmx must equal the same page loaded afresh: one truth, two ways of drawing it.

Template of such a test::

    page = client.get(url).content.decode()
    answer = client.post(move_url, data, headers={"HX-Request": "true"}).content.decode()
    assert_patched_equals_reloaded(page, answer, client.get(url).content.decode(), target="checklist")
"""

from __future__ import annotations

import re

from lxml import html
from lxml.html import HtmlElement

#: A CSRF token differs at each drawing and means nothing; a SHA-256 (hex only) does mean something.
_FLEETING = re.compile(r"\b(?![0-9a-f]{64}\b)[A-Za-z0-9]{64}\b")


def patch(page: str, answer: str, *, target: str, swap: str = "outerHTML") -> str:
    """Return ``page`` after htmx has put ``answer`` at the element with id ``target`` (and its out-of-band parts)."""
    tree = html.document_fromstring(page)
    parts = [part for part in html.fragments_fromstring(answer) if isinstance(part, HtmlElement)]
    main: list[HtmlElement] = []
    for part in parts:
        if part.attrib.pop("hx-swap-oob", None):
            _replace(tree.get_element_by_id(part.get("id")), [part])
        else:
            main.append(part)
    place = tree.get_element_by_id(target)
    if swap == "innerHTML":
        for child in list(place):
            place.remove(child)
        place.text = None
        place.extend(main)
    elif main:
        _replace(place, main)
    return _plain(tree)


def assert_patched_equals_reloaded(
    page: str, answer: str, reloaded: str, *, target: str, swap: str = "outerHTML"
) -> None:
    """Fail with the differing lines when the patched page is not the reloaded one."""
    patched = patch(page, answer, target=target, swap=swap).splitlines()
    fresh = _plain(html.document_fromstring(reloaded)).splitlines()
    assert patched == fresh


def _replace(old: HtmlElement, new: list[HtmlElement]) -> None:
    parent = old.getparent()
    assert parent is not None
    position = parent.index(old)
    new[-1].tail = old.tail
    parent[position : position + 1] = new


def _plain(tree: HtmlElement) -> str:
    """Return one tag per line, blanks evened out, tokens blotted out."""
    text = re.sub(r"\s+", " ", html.tostring(tree, encoding="unicode"))
    return _FLEETING.sub("token", re.sub(r"\s*(<[^>]+>)\s*", r"\n\1\n", text)).replace("\n\n", "\n")

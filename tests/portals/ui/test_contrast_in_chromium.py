"""Contrast is measured once for each look: what is hard to read is found all the same, wherever it stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import assert_accessible

pytestmark = pytest.mark.journey

#: Grey on white, just dark enough; and a light grey that only large letters may have.
GOOD = '<p style="color: #767676">读得清</p><p style="color: #949494; font-size: 24px">大字</p>'
HARD = {
    "another colour": '<p style="color: #999">读不清</p>',
    "another ground": '<div style="background: #ccc"><p style="color: #767676">读不清</p></div>',
    "another size": '<p style="color: #949494">读不清</p>',
    "faint": '<div style="opacity: 0.5"><p style="color: #767676">读不清</p></div>',
    "moved onto something": '<div style="background: #444; height: 9em"></div>'
    '<p style="color: #767676; margin-top: -5em">读不清</p>',
    "put over something": '<div style="position: relative"><div style="background: #444; height: 5em"></div>'
    '<p style="color: #767676; position: absolute; top: 1em">读不清</p></div>',
    "in a field": '<input aria-label="名称" value="读不清" style="color: #999; background: #fff">',
}


def _page(body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="zh"><head><title>页</title></head>'
        f'<body style="background: #fff"><main><h1>页</h1>{body}</main></body></html>'
    )


@pytest.mark.parametrize("hard", HARD.values(), ids=HARD)
def test_what_is_hard_to_read_is_found_beside_what_is_known_to_be_good(browser_page: Any, hard: str) -> None:
    browser_page.set_content(_page(GOOD))
    assert_accessible(browser_page)
    browser_page.set_content(_page(GOOD + hard))
    for _ in range(2):  # what failed is not known to be good
        with pytest.raises(AssertionError, match="color-contrast"):
            assert_accessible(browser_page)


def test_a_look_that_is_hidden_says_nothing_of_the_one_that_is_seen(browser_page: Any) -> None:
    same = '<p {} style="color: #9a9a9a">读不清</p>'
    browser_page.set_content(_page(same.format("hidden") + '<p aria-hidden="true"></p>'))
    assert_accessible(browser_page)
    browser_page.set_content(_page(same.format("hidden") + same.format("")))
    with pytest.raises(AssertionError, match="color-contrast"):
        assert_accessible(browser_page)

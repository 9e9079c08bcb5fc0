"""Components declare their props and are held to them; every one stands in the gallery."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client

import feidi
from feidi.portals.ui.components import ComponentError, declaration_of

PORTALS = Path(feidi.__file__).parent / "portals"
TEMPLATES = PORTALS / "ui" / "templates" / "ui"


def _render(source: str, **values: object) -> str:
    return engines["django"].from_string(source).render(values)


def test_props_are_declared_like_a_python_signature() -> None:
    declared = declaration_of('{# props: label, value, unit="", shown=True #}\n{# what: 一个数字 #}')
    assert declared is not None
    assert declared.required == ("label", "value")
    assert declared.defaults == {"unit": "", "shown": True}
    assert declared.what == "一个数字"


def test_a_template_without_declaration_is_no_component() -> None:
    with pytest.raises(ComponentError, match="declares no props"):
        _render('{% component "fragments/footer" %}')


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ('{% component "badge" %}', r"missing props \['text'\]"),
        ('{% component "badge" text="x" colour="red" %}', r"unknown props \['colour'\]"),
    ],
)
def test_a_missing_or_misspelled_prop_is_an_error(source: str, complaint: str) -> None:
    with pytest.raises(ComponentError, match=complaint):
        _render(source)


def test_a_component_escapes_its_props_and_keeps_its_body() -> None:
    assert "&lt;b&gt;" in _render('{% component "badge" text=word %}', word="<b>")
    assert "<em>y</em>" in _render('{% wrap "card" title="x" %}<em>y</em>{% endwrap %}')


def test_a_component_sees_nothing_of_the_page_but_its_props() -> None:
    assert "secret" not in _render('{% component "badge" text="x" %}', title="secret")


def _components() -> list[str]:
    return sorted(each.stem for each in TEMPLATES.glob("*.html") if declaration_of(each.read_text(encoding="utf-8")))


@pytest.mark.django_db
def test_every_component_stands_in_the_gallery_with_its_purpose(visitor: Client) -> None:
    page = visitor.get("/ui/gallery").content.decode()
    assert sorted(re.findall(r'id="g-(\w+)" ', page)) == _components()
    for name in _components():
        declared = declaration_of((TEMPLATES / f"{name}.html").read_text(encoding="utf-8"))
        assert declared is not None
        assert declared.what, f"{name} says nothing of itself"


@pytest.mark.parametrize("path", sorted(PORTALS.rglob("templates/**/*.html")), ids=lambda p: p.stem)
def test_no_template_holds_inline_script_style_or_an_outside_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|https?://|hx-on", text)
    assert text.count("\n") <= 150

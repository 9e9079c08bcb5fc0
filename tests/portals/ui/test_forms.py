"""A refusal in a form: on top, at the field it is about, and nowhere that is not there."""

from __future__ import annotations

from django import forms
from django.utils import translation

from feidi.engines.findings import Finding, Level, Refusal
from feidi.kernel.messages import sentence_of
from feidi.portals.ui.forms import Form, add_refusal

LONE = Refusal("parties.name_needed", {})


class _Form(Form):
    name = forms.CharField(required=False)


def _bound() -> _Form:
    form = _Form({"name": "甲"})
    assert form.is_valid()
    return form


def test_a_lone_refusal_stands_on_top_and_at_its_field() -> None:
    form = _bound()
    add_refusal(form, LONE, {"parties.name_needed": "name"})
    assert list(form.errors) == ["__all__", "name"]
    assert form.errors["__all__"] == form.errors["name"]
    assert "名称是空的" in str(form["name"].errors)


def test_what_is_mapped_nowhere_stands_on_top_alone() -> None:
    for fields in (None, {}, {"parties.name_needed": "gone"}, {"other": "name"}):
        form = _bound()
        add_refusal(form, LONE, fields)
        assert list(form.errors) == ["__all__"]


def test_reasons_stand_at_their_fields_and_the_whole_on_top_alone() -> None:
    form = _bound()
    reason = Finding(Level.PROBLEM, "parties.name_needed", {}, column="title")
    add_refusal(
        form, Refusal("pipeline.reason_needed", {}, (reason,)), {"pipeline.reason_needed": "name", "title": "name"}
    )
    assert len(form.errors["__all__"]) == 1
    assert len(form.errors["name"]) == 1


def test_a_bound_that_was_passed_says_what_was_written_and_what_is_allowed() -> None:
    class Bounds(Form):
        unit = forms.CharField(max_length=4)
        people = forms.IntegerField(min_value=1, max_value=9)

    with translation.override("zh-hans"):
        form = Bounds({"unit": "滨海检测技术", "people": "0"})
        assert form.errors["unit"] == ["写了 6 个字，最多 4 个。请缩短。"]
        assert form.errors["people"] == ["最小是 1。请改正后再提交。"]
        assert Bounds({"unit": "滨海", "people": "10"}).errors["people"] == ["最大是 9。请改正后再提交。"]


def test_what_and_how_to_mend_it_are_two_sentences() -> None:
    form, refusal = _bound(), Refusal("liaison.handover_same", {})
    with translation.override("zh-hans"):
        add_refusal(form, refusal)
        (told,) = form.errors["__all__"]
        assert "。" in told, told
        assert " " not in told, told
        assert sentence_of(Refusal("parties.nobody_knows_this_code", {})).strip()

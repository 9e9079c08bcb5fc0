"""What a comparison is asked with. Every field is a text as people write it; the engine reads it and says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.policy.selectors.costs import Choice
from feidi.engines.costing import CONVERSION, FIGURES, PROFILE
from feidi.engines.findings import Finding
from feidi.kernel.messages import sentence_of
from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.console.words import say
from feidi.portals.ui.forms import Form

#: So many kinds of people are asked for.
GROUPS: Final = (1, 2, 3)
#: How a place's average pay is asked for in the field of the pay.
AVERAGES: Final = {
    "私营平均": "private",
    "非私营平均": "non_private",
    "private": "private",
    "non-private": "non_private",
}
_WORDS: Final = ("office", "plant", "power", "gas", "water", "profit", "research")
_THREE: Final = [("", gettext_lazy("未定")), ("是", gettext_lazy("是")), ("否", gettext_lazy("否"))]
_AREA: Final = gettext_lazy("如 200㎡；不在测算内就空着，不知道写 未知")
_MONEY: Final = gettext_lazy("如 100万元/年")
_SIDES: Final = ("home", "host")


def _words(code: str, help_text: Any) -> forms.CharField:
    return forms.CharField(label=PROFILE[code].zh, max_length=60, required=False, help_text=help_text)


class CostForm(Form):
    """Both places, the day, the firm; ``quotes`` adds the figures that it may state itself."""

    home = forms.ChoiceField(label=gettext_lazy("主办地"))
    host = forms.ChoiceField(label=gettext_lazy("所在地"))
    as_of = date_field(gettext_lazy("测算日"), required=True, help_text=gettext_lazy("用这一天已有的数字"))
    years = forms.CharField(label=gettext_lazy("年数"), max_length=3, required=False)
    name = forms.CharField(label=gettext_lazy("为谁测算"), max_length=80, required=False)
    office = _words("office", _AREA)
    office_kind = forms.ChoiceField(
        label=gettext_lazy("办公用房"),
        required=False,
        choices=[("grade_a", gettext_lazy("甲级写字楼")), ("park", gettext_lazy("产业园区"))],
    )
    plant = _words("plant", _AREA)
    laboratory = forms.ChoiceField(label=gettext_lazy("需要湿实验室"), required=False, choices=_THREE)
    power = _words("power", gettext_lazy("如 5万度/年、4000kWh/月"))
    power_shares = forms.CharField(
        label=gettext_lazy("峰/平/谷用电比例"), max_length=30, required=False, help_text=gettext_lazy("如 30/50/20")
    )
    gas = _words("gas", gettext_lazy("如 3000m³/年"))
    water = _words("water", gettext_lazy("如 600m³/年"))
    profit = _words("profit", _MONEY)
    high_tech = forms.ChoiceField(label=gettext_lazy("高新技术企业"), required=False, choices=_THREE)
    research = _words("research", _MONEY)
    conversion = forms.MultipleChoiceField(
        label=gettext_lazy("成果转化要用到"), required=False, choices=(), widget=forms.CheckboxSelectMultiple
    )
    organization = forms.CharField(required=False, widget=forms.HiddenInput)
    project = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Sequence[Choice], quotes: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [
            (each.code, _("{name}（演示）").format(name=say(each.name)) if each.demonstration else say(each.name))
            for each in places
        ]
        for side in _SIDES:
            self.fields[side].choices = listed  # type: ignore[attr-defined]
        for code in _WORDS:
            self.fields[code].label = say(PROFILE[code])
        self.fields["conversion"].choices = [(code, say(label)) for code, label in CONVERSION.items()]  # type: ignore[attr-defined]
        for at in GROUPS:
            self.fields[f"kind_{at}"] = forms.CharField(
                label=_("人员类别 {n}").format(n=at), max_length=40, required=False
            )
            self.fields[f"count_{at}"] = forms.CharField(label=_("人数"), max_length=8, required=False)
            pay = _("如 24万元/年；写 私营平均、非私营平均 取当地平均工资") if at == 1 else ""
            self.fields[f"wage_{at}"] = forms.CharField(label=_("年薪"), max_length=40, required=False, help_text=pay)
        self.quoted = tuple(quotes)
        for code in self.quoted:
            for side in _SIDES:
                words = {"home": _("{label}（主办地）"), "host": _("{label}（所在地）")}[side]
                self.fields[quote_name(side, code)] = forms.CharField(
                    label=words.format(label=say(FIGURES[code].label)),
                    max_length=40,
                    required=False,
                    help_text=_("单位：{units}").format(units="、".join(FIGURES[code].units)),
                )

    def section(self, *names: str) -> list[forms.BoundField]:
        """Return some of the fields."""
        return [self[name] for name in names]

    def places(self) -> list[forms.BoundField]:
        """Return the fields of what is compared."""
        return self.section("home", "host", "as_of", "years", "name")

    def needs(self) -> list[forms.BoundField]:
        """Return the fields of room, energy, tax and conversion."""
        return self.section(
            "office", "office_kind", "plant", "laboratory", "power", "power_shares", "gas", "water", "profit",
            "high_tech", "research", "conversion",
        )  # fmt: skip

    def people(self) -> list[list[forms.BoundField]]:
        """Return the fields of each kind of people."""
        return [self.section(f"kind_{at}", f"count_{at}", f"wage_{at}") for at in GROUPS]

    def quotes(self) -> list[forms.BoundField]:
        """Return the fields of the firm's own figures."""
        return self.section(*(quote_name(side, code) for code in self.quoted for side in _SIDES))

    def put_findings(self, findings: Iterable[Finding], rows: Sequence[int]) -> None:
        """Put what the engine found at the fields it is about. ``rows``: the form's row of each group."""
        for each in findings:
            name = _field_of(each.column or "", rows)
            said = sentence_of(each)
            self.add_error(name if name in self.fields else None, said)


def quote_name(side: str, code: str) -> str:
    """Return the name of the field in which a figure of one side is quoted."""
    return f"q-{side}-{code}"


def quoted_in(given: Mapping[str, Any]) -> list[str]:
    """Return the figures that an address quotes."""
    return [code for code in FIGURES if any(given.get(quote_name(side, code)) for side in _SIDES)]


def _field_of(key: str, rows: Sequence[int]) -> str:
    group = re.fullmatch(r"people\[(\d+)\](?:\.(\w+))?", key)
    if group:
        at = rows[int(group[1]) - 1]
        return f"{group[2] or 'wage'}_{at}"
    quote = re.fullmatch(r"quotes\.(\w+)\.(\w+)", key)
    if quote:
        return quote_name(quote[2], quote[1])
    return re.split(r"[.\[]", key)[0]


def profile_of(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[int]]:
    """Return cleaned form data as a profile's plain values, and the form's row of each group. Blank: not asked."""
    given: dict[str, Any] = {code: data[code] for code in _WORDS if data.get(code)}
    for code in ("name", "office_kind", "laboratory", "high_tech", "conversion"):
        if data.get(code):
            given[code] = data[code]
    given["years"] = _number(data.get("years") or "1")
    if data.get("power_shares"):
        given["power_shares"] = _shares(data["power_shares"])
    rows = [at for at in GROUPS if any(data.get(f"{name}_{at}") for name in ("kind", "count", "wage"))]
    if rows:
        given["people"] = [_group(data, at) for at in rows]
    quotes = {
        code: {side: data[quote_name(side, code)] for side in _SIDES if data.get(quote_name(side, code))}
        for code in quoted_in(data)
    }
    return (given | {"quotes": quotes} if quotes else given), rows


def _number(text: str) -> int | str:
    """Return a whole number as one, anything else as it stands: the engine says what is wrong with it."""
    return int(text) if re.fullmatch(r"-?\d{1,8}", text) else text


def _group(data: Mapping[str, Any], at: int) -> dict[str, Any]:
    pay = data.get(f"wage_{at}") or "未知"
    paid = {"average": AVERAGES[pay]} if pay in AVERAGES else {"wage": pay}
    return {"kind": data.get(f"kind_{at}") or "", "count": _number(data.get(f"count_{at}") or ""), **paid}


def _shares(text: str) -> Any:
    """Return 30/50/20 as the three shares, anything else as it stands."""
    parts = [each.strip().rstrip("%％") for each in re.split(r"[/／、,，:：]", text)]
    names = ("peak", "flat", "valley")
    return {name: f"{part}%" for name, part in zip(names, parts, strict=True)} if len(parts) == len(names) else text

"""Forms of needs and offers. They read text; what is allowed is the services' question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.enums import Confidentiality, ProfileKind, Ripeness, Round, Side, Viewed
from feidi.domain.matching.models import Profile
from feidi.domain.parties.models import Place
from feidi.engines.money import MoneyText
from feidi.kernel.money.forms import MoneyTextField
from feidi.portals.console.daily import DailyForm, ProjectField, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import choice_of_three, date_field, text_area
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
UNKNOWN = ("", _("未知"))
#: A list of codes that limits nothing: known to be so, which is not the same as unknown.
ANY = "*"
SHOW = [
    ("live", _("有效")),
    ("soon", _("两周内到期")),
    ("expired", _("已到期")),
    ("silent", _("久未确认")),
    ("ask", _("需求表没填完")),
    ("untagged", _("没有归到环节")),
    ("draft", _("草稿")),
    ("paused", _("暂停")),
    ("closed", _("已了结")),
    ("all", _("全部")),
]


class ProfileFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("编号、内容或单位"), required=False)
    side = forms.ChoiceField(label=_("类别"), required=False, choices=[ALL, *Side.choices])
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[ALL, *ProfileKind.choices])
    node = forms.ChoiceField(label=_("环节"), required=False, choices=[ALL])
    show = forms.ChoiceField(label=_("状态"), required=False, choices=SHOW)
    officer = colleague_field(_("服务专员"))
    outpost = outpost_field(required=False)
    project = forms.CharField(required=False, widget=forms.HiddenInput())
    organization = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, nodes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = [ALL, *nodes, ("other", _("其他"))]  # type: ignore[attr-defined]


class AskForm(DailyForm):
    """The short page: three spoken sentences, whose they are, what kind."""

    outpost = outpost_field()
    side = forms.ChoiceField(label=_("类别"), choices=Side.choices)
    owner = forms.CharField(
        label=_("单位"), max_length=160, required=False, help_text=_("写全称；没有登记过的会一并登记")
    )
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=20, required=False)
    project = ProjectField(help_text=_("属于某个项目时填写项目编号，单位可以空着"))
    person = forms.CharField(
        label=_("姓名"), max_length=60, required=False, help_text=_("只有人才供给才写，页面上只有本驻点看得到")
    )
    text = forms.CharField(
        label=_("原话"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("电话里听到的三句话，照原样写：哪里出了问题，想要什么，急不急"),
    )
    kind = forms.ChoiceField(label=_("种类"), choices=ProfileKind.choices)


def codes_field(label: Any, choices: list[tuple[str, Any]], anything: Any) -> forms.MultipleChoiceField:
    """Return a choice of several codes, of "no limit", or of nothing (unknown)."""
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[(ANY, anything), *choices],
        widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text=_("一个都不选就是未知"),
    )


class FactFields(Form):
    """What is known besides the text. Each may stay empty: unknown is not none."""

    place = forms.ModelChoiceField(
        label=_("所在地"), queryset=Place.objects.none(), required=False, empty_label=_("未知")
    )
    regions = codes_field(_("地域要求"), [], _("不限"))
    ripeness_from = forms.ChoiceField(label=_("成熟度（从）"), required=False, choices=[UNKNOWN, *Ripeness.choices])
    ripeness_to = forms.ChoiceField(label=_("成熟度（到）"), required=False, choices=[UNKNOWN, *Ripeness.choices])
    rounds = codes_field(_("融资轮次"), list(Round.choices), _("不限"))
    sectors = forms.CharField(label=_("行业"), required=False, max_length=200, help_text=_("几个行业用顿号隔开"))
    amount = MoneyTextField(
        label=_("金额"), required=False, currency_hint="CNY", help_text=_("如：300万元、100-500万元、约50万美元")
    )
    return_ratio_percent = forms.IntegerField(label=_("返投比例（%）"), required=False, min_value=0, max_value=1000)
    exclusive = choice_of_three(_("是否排他"))
    exclusive_until = date_field(_("排他到期日"))
    available_from = date_field(_("何时可用"), help_text=_("需求写最晚要用的日期，供给写最早可用的日期"))
    area_m2_lo = forms.IntegerField(label=_("面积下限（㎡）"), required=False, min_value=0, max_value=10_000_000)
    area_m2_hi = forms.IntegerField(label=_("面积上限（㎡）"), required=False, min_value=0, max_value=10_000_000)
    price = MoneyTextField(label=_("价格"), required=False, currency_hint="CNY")
    price_per = forms.CharField(label=_("计价单位"), required=False, max_length=40, help_text=_("如：㎡·月、次、台"))
    floor_load_kg_m2 = forms.IntegerField(label=_("楼板荷载（kg/㎡）"), required=False, min_value=0, max_value=100_000)
    environment_class = forms.CharField(label=_("环评类别"), required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Place.objects.order_by("kind", "code")
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        known = [(each.code, each.name_zh) for each in places]
        self.fields["regions"].choices = [(ANY, _("不限")), *known]  # type: ignore[attr-defined]

    @property
    def facts(self) -> list[forms.BoundField]:
        """The fields of facts, in order."""
        return [self[name] for name in FactFields.base_fields]

    @property
    def facts_wrong(self) -> bool:
        """Tell whether one of them has an error, so that they stand open."""
        return any(each.errors for each in self.facts) if self.is_bound else False


class ProfileForm(FactFields, DailyForm):
    """The second look: both texts, who may read what, until when; facts folded away."""

    outpost = outpost_field()
    side = forms.ChoiceField(choices=Side.choices, widget=forms.HiddenInput())
    owner = forms.CharField(required=False, max_length=160, widget=forms.HiddenInput())
    uscc = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput())
    project = ProjectField(widget=forms.HiddenInput())
    person = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput())
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=_("种类"), choices=ProfileKind.choices)
    title = forms.CharField(
        label=_("标题"), max_length=240, required=False, help_text=_("对方先看到的一句话，同样脱敏")
    )
    masked_text = forms.CharField(
        label=_("脱敏文本"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("互见单位之前，对方只看得到这一段"),
    )  # fmt: skip
    full_text = forms.CharField(
        label=_("完整文本"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("双方同意之后对方才看得到；电话自动打码，请登记到联系人"),
    )  # fmt: skip
    masked_seen = forms.BooleanField(
        label=_("我已看过脱敏文本，看不出是哪家"), required=False, help_text=_("不勾选就存为草稿，别人看不到")
    )
    confidentiality = forms.ChoiceField(
        label=_("保密要求"), choices=Confidentiality.choices, initial=Confidentiality.MASKED
    )
    expires_on = date_field(_("有效期至"), required=True)
    officer = colleague_field(_("服务专员"))
    source = forms.CharField(
        label=_("来源"), max_length=160, required=False, help_text=_("如：电话、走访、成果册、展会")
    )

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that stand open."""
        facts = set(FactFields.base_fields)
        return [each for each in self.visible_fields() if each.name not in facts]


def facts_of(data: dict[str, Any]) -> dict[str, Any]:
    """Return columns of facts from cleaned data: amounts in hundredths, lists as codes, None where nobody has said."""
    amount, price = data["amount"], data["price"]
    plain = (
        "place", "ripeness_from", "ripeness_to", "return_ratio_percent", "exclusive", "exclusive_until",
        "available_from", "area_m2_lo", "area_m2_hi", "price_per", "floor_load_kg_m2", "environment_class",
    )  # fmt: skip
    sectors = [each.strip() for each in data["sectors"].replace("，", "、").replace(",", "、").split("、")]
    return {
        **{name: data[name] for name in plain},
        "regions": _codes(data["regions"]),
        "rounds": _codes(data["rounds"]),
        "sectors": [each for each in sectors if each] or None,
        "amount_lo_fen": amount.lo_fen,
        "amount_hi_fen": amount.hi_fen,
        "currency": (amount.currency if amount.lo_fen or amount.hi_fen else price.currency) or "",
        "price_fen": price.lo_fen if price.lo_fen is not None else price.hi_fen,
    }


def _codes(given: list[str]) -> list[str] | None:
    if ANY in given:
        return []
    return list(given) or None


def initial_of(profile: Profile) -> dict[str, Any]:
    """Return what the form shows of a profile as it stands."""
    names = ("kind", "title", "masked_text", "full_text", "confidentiality", "expires_on", "officer", "source")
    same = [name for name in FactFields.base_fields if name not in {"regions", "rounds", "sectors", "amount", "price"}]
    lists = {name: getattr(profile, name) for name in ("regions", "rounds")}
    currency = profile.currency or None
    return {
        **{name: getattr(profile, name) for name in (*names, *same, "version", "side")},
        **{name: [ANY] if value == [] else value or [] for name, value in lists.items()},
        "exclusive": "" if profile.exclusive is None else str(profile.exclusive).lower(),
        "sectors": "、".join(profile.sectors or []),
        "amount": MoneyText("", profile.amount_lo_fen, profile.amount_hi_fen, currency),
        "price": MoneyText("", profile.price_fen, profile.price_fen, currency),
    }


class TagForm(Form):
    """Where a text belongs, said by a person."""

    place = forms.ChoiceField(label=_("产业链环节"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class FirmForm(Form):
    """A firm by its name or credit code, of those the outpost knows."""

    firm = forms.CharField(label=_("单位"), max_length=160, help_text=_("写全称、别名或统一社会信用代码"))


class BlockForm(FirmForm):
    """A firm for the block list."""

    reason = forms.CharField(label=_("原因"), max_length=300, required=False)


class AgreementForm(FirmForm):
    """A signed confidentiality agreement."""

    signed_on = date_field(_("签署日期"), required=True)
    until = date_field(_("到期日"))
    file = forms.FileField(label=_("扫描件（可选）"), required=False)


class SendingForm(Form):
    """Who was shown a version on paper or as a picture."""

    what = forms.ChoiceField(label=_("给看的内容"), choices=Viewed.choices)
    firm = forms.CharField(label=_("单位"), max_length=160, required=False)
    reader = forms.CharField(label=_("谁看的"), max_length=100, help_text=_("如：李工（微信图片）"))


class RenewForm(Form):
    """Until when it stands from now on."""

    until = date_field(_("有效期至"), required=True)


class SheetForm(Form):
    """技术需求表: what the firm has said; the rest stays 问企业."""

    goal = text_area(_("技术目标"), rows=3)
    indicators = text_area(_("考核指标"), rows=3, help_text=_("企业没有说就空着，不要替它写"))
    finish = forms.CharField(label=_("完成时限"), required=False)
    ownership = forms.CharField(label=_("产权归属"), required=False)
    funding = forms.CharField(label=_("资金投入"), required=False)
    conditions = text_area(_("对解决方的要求"), rows=3)


class ReadBackForm(Form):
    """To whom of the firm the sheet was read, and when."""

    to = forms.CharField(label=_("念给谁听"), max_length=60)
    on = date_field(_("日期"))

"""Forms of who is who."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.enums import PairKind, PairState
from feidi.domain.parties.models import Outpost
from feidi.kernel.identity.models import User
from feidi.portals.ui.forms import Form

_DAY = {"type": "date"}


def _day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )


class PairFilterForm(Form):
    """What the queue shows; lives in the address."""

    words = forms.CharField(label=_("单位名称"), max_length=160, required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=PairState.choices)
    kind = forms.ChoiceField(label=_("原因"), required=False, choices=[("", _("全部")), *PairKind.choices])


class CompareForm(Form):
    """The other organization, by its whole name or code."""

    words = forms.CharField(
        label=_("另一家的全称或统一社会信用代码"),
        max_length=160,
        error_messages={"required": _("没有写另一家。请填写全称或代码。")},
    )


class MergeForm(Form):
    """What a merge asks for beyond the preview."""

    reason = forms.CharField(
        label=_("凭什么认定是同一家"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("没有写理由。请写明，如代码相同、营业执照、企业确认。")},
    )
    codes_checked = forms.BooleanField(label=_("两个代码已对照营业执照核对，其中一个是写错的"), required=False)
    plan = forms.CharField(widget=forms.HiddenInput, required=False)
    keep = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, two_codes: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not two_codes:
            del self.fields["codes_checked"]


class TitleFilterForm(Form):
    """What the ledger of titles shows; lives in the address."""

    words = forms.CharField(label=_("单位或编号"), max_length=160, required=False)
    title = forms.ChoiceField(label=_("资质"), required=False)
    state = forms.ChoiceField(
        label=_("有效期"),
        required=False,
        choices=[
            ("", _("全部")),
            ("due", _("90天内到期")),
            ("valid", _("有效")),
            ("expired", _("已过期")),
            ("unknown", _("不知何时到期")),
        ],
    )
    outpost = forms.ModelChoiceField(
        label=_("驻点"), required=False, queryset=Outpost.objects.none(), empty_label=_("全部")
    )

    def __init__(self, *args: Any, outposts: QuerySet[Outpost], titles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].choices = [("", _("全部")), *titles]  # type: ignore[attr-defined]
        if len(outposts) > 1:
            self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        else:
            del self.fields["outpost"]


class TitleForm(Form):
    """What a certificate says."""

    outpost = forms.ModelChoiceField(label=_("记录驻点"), queryset=Outpost.objects.none(), empty_label=None)
    title = forms.ChoiceField(label=_("资质"))
    number = forms.CharField(label=_("证书或登记编号"), max_length=80, required=False)
    issued_by = forms.CharField(label=_("发证机关"), max_length=120, required=False)
    valid_from = _day(_("有效期起"))
    valid_to = _day(_("有效期止"), help_text=_("证书上写了就照写；不写时按该资质的年限推算，推算不出就留空"))
    renew_by = _day(_("续期材料最迟何时交"), help_text=_("不写时按该资质的提前天数推算"))
    source = forms.CharField(label=_("依据"), max_length=160, required=False)
    note = forms.CharField(label=_("备注"), max_length=300, required=False)

    def __init__(self, *args: Any, outposts: QuerySet[Outpost], titles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].choices = titles  # type: ignore[attr-defined]
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        if len(outposts) < 2:  # noqa: PLR2004 - nothing to choose
            self.fields["outpost"].widget = forms.HiddenInput()
            self.fields["outpost"].initial = outposts[0].pk if outposts else None


class RenewForm(TitleForm):
    """The next term of a title: whose and which it is stands fast."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["outpost"], self.fields["title"]


class PasteForm(Form):
    """A list of titles from a sheet."""

    outpost = forms.ModelChoiceField(label=_("记录驻点"), queryset=Outpost.objects.none(), empty_label=None)
    text = forms.CharField(
        label=_("从表格里复制的内容"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": _("单位名称\t资质名称\t证书编号\t有效期起\t有效期止")}),
        help_text=_("连同表头一起复制；要有“单位名称”“资质名称”两列"),
    )
    file = forms.FileField(label=_("或上传表格（.xlsx）"), required=False)

    def __init__(self, *args: Any, outposts: QuerySet[Outpost], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]


class StandInForm(Form):
    """Who stands in for whom, from when until when."""

    outpost = forms.ModelChoiceField(label=_("驻点"), queryset=Outpost.objects.none(), empty_label=None)
    absent = forms.ModelChoiceField(label=_("不在岗的人"), queryset=User.objects.none(), empty_label=None)
    stand_in = forms.ModelChoiceField(label=_("替班的人"), queryset=User.objects.none(), empty_label=None)
    since = _day(_("从哪天起"), required=True)
    until = _day(_("到哪天止（含）"), required=True)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, outposts: QuerySet[Outpost], people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        for name in ("absent", "stand_in"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]

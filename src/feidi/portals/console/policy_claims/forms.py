"""Forms of claims."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.claims import next_steps
from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.console.promises.forms import MoneyField
from feidi.portals.ui.forms import Form

_MARKED = _("带内部标记的文件为何可以上传")


class ClaimFilterForm(Form):
    """What the list shows."""

    q = forms.CharField(label=_("单位、人员、条款或受理号"), required=False, max_length=80)
    status = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *ClaimStatus.choices])
    open_only = forms.BooleanField(label=_("只看未办结"), required=False)


class ClaimAboutForm(Form):
    """A claim to be prepared, of the person or referrer whom the address names."""

    clause = forms.ChoiceField(label=_("条款"), widget=forms.Select(attrs={"data-search": True}))
    platform = forms.CharField(label=_("官方平台"), max_length=120, required=False, help_text=_("空着取条款写明的平台"))
    account_holder = forms.CharField(
        label=_("平台账号是谁的"),
        max_length=120,
        required=False,
        help_text=_("单位和经办人，或本人；不填密码和证件号"),
    )
    applied = MoneyField(label=_("拟申报金额"), required=False, help_text=_("如 30万元；不知道就空着"))
    note = forms.CharField(label=_("备注"), max_length=300, required=False)

    def __init__(self, *args: Any, clauses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = [("", _("请选择")), *clauses]  # type: ignore[attr-defined]


class FirmClaimForm(ClaimAboutForm):
    """A firm's claim to be prepared."""

    field_order = ("outpost", "organization", "clause", "platform", "account_holder", "applied", "note")

    outpost = forms.ModelChoiceField(label=_("驻点"), queryset=Outpost.objects.none(), empty_label=None)
    organization = forms.CharField(
        label=_("单位"),
        max_length=160,
        help_text=_("单位全称；从政策体检来的已经填好。人员、引荐的申报从“人员”“引荐”体检里登记"),
    )

    def __init__(
        self, *args: Any, outposts: QuerySet[Outpost], organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organizations = organizations
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        if outposts.count() == 1:
            self.fields["outpost"].initial = outposts.first()
            self.fields["outpost"].widget = forms.HiddenInput()

    def clean_organization(self) -> Organization:
        """Return the one organization of this name (or uid) among those the actor sees."""
        given = self.cleaned_data["organization"].strip()
        found = list(self.organizations.filter(Q(name=given) | Q(uid=given))[:2])
        if len(found) != 1:
            raise ValidationError(
                gettext("没有找到唯一一家叫“{name}”的单位。请写全称；新单位先在项目里登记。").format(name=given)
            )
        return found[0]


class SeenForm(Form):
    """What was seen on the platform."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    status = forms.ChoiceField(label=_("平台上显示的状态"))
    seen_on = date_field(_("哪天看到的"), required=True)
    acceptance_number = forms.CharField(label=_("受理号或回执号"), max_length=80, required=False)
    amount = MoneyField(
        label=_("金额"),
        required=False,
        help_text=_("提交填申报额，核准填核准额，到账填本次到账额；写明单位。不再拨付的余款自动算"),
    )
    document = forms.FileField(label=_("回执或截图"), required=False)
    mark_reason = forms.CharField(label=_MARKED, max_length=300, required=False, help_text=_("一般留空"))
    note = forms.CharField(label=_("平台给的意见或说明"), max_length=300, required=False)

    def __init__(self, *args: Any, claim: PolicyClaim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(each.value, each.label) for each in next_steps(claim)]
        self.fields["status"].choices = steps  # type: ignore[attr-defined]
        self.fields["version"].initial = claim.version


class MaterialForm(Form):
    """One paper of the list."""

    file = forms.FileField(label=_("文件"))
    mark_reason = forms.CharField(label=_MARKED, max_length=300, required=False, help_text=_("一般留空"))

"""Forms of the list: a filter's name, an owner for many, a plaque for one or many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.kernel.identity.models import User
from feidi.portals.ui.forms import Form


class FilterNameForm(Form):
    """Under which name, and for whom besides oneself."""

    name = forms.CharField(label=_("名称"), max_length=40)
    shared_with = forms.ModelChoiceField(
        label=_("共享给"), queryset=Outpost.objects.none(), required=False, empty_label=_("只自己用")
    )

    def __init__(self, *args: Any, outposts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared_with"].queryset = outposts  # type: ignore[attr-defined]


class AssignForm(Form):
    """Who is to be responsible."""

    owner = forms.ModelChoiceField(label=_("责任人"), queryset=User.objects.none())

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = users  # type: ignore[attr-defined]


class PlaquesForm(Form):
    """Under which plaques one project counts; none ticked: nobody has said."""

    plaques = forms.MultipleChoiceField(
        label=_("牌子"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("可以同时归几块牌子，在每块牌子下只计一次；都不勾就是未归牌子"),
    )

    def __init__(self, *args: Any, plaques: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plaques"].choices = plaques  # type: ignore[attr-defined]


class PlaqueMarkForm(Form):
    """One plaque for many projects: they are to count under it, or no longer."""

    plaque = forms.ChoiceField(label=_("牌子"))
    belongs = forms.TypedChoiceField(
        label=_("怎么改"),
        choices=[("yes", _("归到这块牌子")), ("no", _("不再归这块牌子"))],
        coerce=lambda text: text == "yes",
    )

    def __init__(self, *args: Any, plaques: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plaque"].choices = plaques  # type: ignore[attr-defined]

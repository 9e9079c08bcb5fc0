"""Forms of the list: a filter's name, an owner for many."""

from __future__ import annotations

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

"""Which fields an owner may release of an organization, a project, a product; what each says today.

A field's words are a pair: Chinese and, where the owner gave it, English. ``drawn``: taken from the register as it
stands when it is released; the others are the owner's own words. Nothing else of these rows is ever public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.models import Project
from feidi.domain.showcase.enums import SheetKind
from feidi.domain.showcase.models import Product
from feidi.kernel.messages import Words

#: The field without which nothing is shown, and the one that is a picture.
NAME: Final = "name"
PICTURE: Final = "picture"


@dataclass(frozen=True, slots=True)
class Field:
    """One field that can be released. ``drawn``: its Chinese words come from the register."""

    code: str
    label: Words
    drawn: bool = False
    long: bool = False


_PICTURE: Final = Field(PICTURE, _("图片"))
FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    SheetKind.ORGANIZATION: (
        Field(NAME, _("单位名称"), drawn=True),
        Field("one_line", _("一句话介绍")),
        Field("industry", _("行业"), drawn=True),
        Field("place", _("所在地"), drawn=True),
        Field("founded_on", _("成立日期"), drawn=True),
        Field("website", _("网址")),
        Field("wanted", _("希望对接什么")),
        _PICTURE,
    ),
    SheetKind.PROJECT: (
        Field(NAME, _("项目名称"), drawn=True),
        Field("one_line", _("一句话介绍"), drawn=True),
        Field("industry", _("行业"), drawn=True),
        Field("sponsor", _("项目单位"), drawn=True),
        Field("core_product", _("核心产品"), drawn=True, long=True),
        Field("tech_source", _("技术来源"), drawn=True, long=True),
        Field("team_size", _("团队人数"), drawn=True),
        Field("wanted", _("希望对接什么")),
        _PICTURE,
    ),
    SheetKind.PRODUCT: (
        Field(NAME, _("产品名称"), drawn=True),
        Field("maker", _("单位名称"), drawn=True),
        Field("what", _("是什么"), drawn=True, long=True),
        Field("spec", _("指标"), drawn=True, long=True),
        Field("wanted", _("希望对接什么"), drawn=True),
        _PICTURE,
    ),
}


def field_of(kind: str, code: str) -> Field | None:
    """Return one field of a kind of sheet, or None."""
    return next((each for each in FIELDS[kind] if each.code == code), None)


def drawn_words(kind: str, row: Organization | Project | Product) -> dict[str, dict[str, str]]:
    """Return what the underlying row says today of the fields that are drawn from it; what it does not say is left out."""
    match row:
        case Organization():
            found = _of_organization(row)
        case Project():
            found = _of_project(row)
        case _:
            found = _of_product(row)
    return {code: words for code, words in found.items() if words["zh"] and field_of(kind, code)}


def _pair(zh: object, en: str = "") -> dict[str, str]:
    return {"zh": "" if zh is None else str(zh), "en": en}


def _of_organization(row: Organization) -> dict[str, dict[str, str]]:
    place = _pair(row.place.name_zh, row.place.name_en) if row.place else _pair(row.place_text)
    return {
        NAME: _pair(row.name),
        "industry": _pair("、".join(row.industries.order_by("id").values_list("label", flat=True))),
        "place": place,
        "founded_on": _pair(row.founded_on.isoformat() if row.founded_on else ""),
    }


def _of_project(row: Project) -> dict[str, dict[str, str]]:
    return {
        NAME: _pair(row.name),
        "one_line": _pair(row.one_line),
        "industry": _pair(row.industry),
        "sponsor": _pair(row.sponsor_name),
        "core_product": _pair(row.core_product),
        "tech_source": _pair(row.tech_source),
        "team_size": _pair(row.team_size),
    }


def _of_product(row: Product) -> dict[str, dict[str, str]]:
    return {
        NAME: _pair(row.name, row.name_en),
        "maker": _pair(row.organization.name),
        "what": _pair(row.what, row.what_en),
        "spec": _pair(row.spec, row.spec_en),
        "wanted": _pair(row.wanted, row.wanted_en),
    }

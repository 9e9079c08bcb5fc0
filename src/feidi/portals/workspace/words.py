"""Plain words for a founder: no stage codes, no office language."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from feidi.domain.pipeline.enums import Stage
from feidi.kernel.messages import Words

#: What each stage means for the one whose project it is.
PLAIN: dict[str, Words] = {
    Stage.LEAD: _("已登记您的项目，我们会尽快联系您"),
    Stage.SCREENING: _("正在了解项目情况"),
    Stage.NEGOTIATING: _("正在和您洽谈"),
    Stage.INSPECTING: _("正在安排双方考察"),
    Stage.ASSESSING: _("正在评估项目"),
    Stage.KEY: _("已列为重点项目，有专人服务"),
    Stage.AGREEING: _("正在商定协议条款"),
    Stage.SIGNED: _("已签约"),
    Stage.ADMITTED: _("已入驻"),
    Stage.INCUBATING: _("正在孵化"),
    Stage.ACCELERATING: _("正在加速成长"),
    Stage.GRADUATED: _("已毕业"),
    Stage.LEFT: _("已退出驻点"),
    Stage.PREPARING: _("正在准备落地"),
    Stage.REGISTERED: _("公司已注册，接下来落实场地"),
    Stage.SITE: _("场地已落实，接下来开工"),
    Stage.STARTED: _("已开工"),
    Stage.PRODUCING: _("已投产"),
    Stage.REACHED: _("已达产"),
}


class Bilingual(Protocol):
    """Anything that holds a Chinese and an English text."""

    @property
    def zh(self) -> str:
        """Chinese."""

    @property
    def en(self) -> str:
        """English."""


def say(label: Bilingual) -> str:
    """Return the label in the active language."""
    return say_pair(label.zh, label.en)


def say_pair(zh: str, en: str) -> str:
    """Return one of two texts by the active language."""
    return en if get_language() == "en" and en else zh

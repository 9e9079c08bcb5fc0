"""The texts of engines that bring their own words in both languages (an engine knows no gettext)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import lazy
from django.utils.translation import get_language

from feidi.engines.affinity.codes import CODES as MATCH_CODES
from feidi.engines.affinity.codes import CODES_EN as MATCH_CODES_EN
from feidi.engines.agendas.codes import CODES as AGENDA_CODES
from feidi.engines.agendas.codes import CODES_EN as AGENDA_CODES_EN
from feidi.engines.costing.codes import CODES as COST_CODES
from feidi.engines.costing.codes import CODES_EN as COST_CODES_EN
from feidi.engines.judging.codes import CODES as JUDGING_CODES
from feidi.engines.judging.codes import CODES_EN as JUDGING_CODES_EN
from feidi.engines.names.codes import CODES as NAME_CODES
from feidi.engines.names.codes import CODES_EN as NAME_CODES_EN
from feidi.engines.playbooks.codes import CODES as PLAYBOOK_CODES
from feidi.engines.playbooks.codes import CODES_EN as PLAYBOOK_CODES_EN
from feidi.engines.portfolio.codes import CODES as PORTFOLIO_CODES
from feidi.engines.portfolio.codes import CODES_EN as PORTFOLIO_CODES_EN
from feidi.engines.regions.codes import CODES as REGION_CODES
from feidi.engines.regions.codes import CODES_EN as REGION_CODES_EN
from feidi.engines.resonance.codes import CODES as RESONANCE_CODES
from feidi.engines.resonance.codes import CODES_EN as RESONANCE_CODES_EN
from feidi.engines.rules.codes import CODES as RULE_CODES
from feidi.engines.rules.codes import CODES_EN as RULE_CODES_EN
from feidi.engines.sheets.codes import CODES, CODES_EN
from feidi.engines.slots.codes import CODES as SLOT_CODES
from feidi.engines.slots.codes import CODES_EN as SLOT_CODES_EN
from feidi.kernel.messages import Text, register_texts

Pairs = Mapping[str, tuple[str, str]]


def _chosen(zh: str, en: str) -> str:
    return en if get_language() == "en" else zh


_either = lazy(_chosen, str)


def texts_of(zh: Pairs, en: Pairs) -> dict[str, Text]:
    """Return texts that read in the active language; a code without English stays Chinese (a test forbids it)."""
    return {
        code: Text(_either(what, en.get(code, (what, fix))[0]), _either(fix, en.get(code, (what, fix))[1]))
        for code, (what, fix) in zh.items()
    }


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_texts(texts_of(CODES, CODES_EN))
    register_texts(texts_of(NAME_CODES, NAME_CODES_EN))
    register_texts(texts_of(RULE_CODES, RULE_CODES_EN))
    register_texts(texts_of(COST_CODES, COST_CODES_EN))
    register_texts(texts_of(REGION_CODES, REGION_CODES_EN))
    register_texts(texts_of(RESONANCE_CODES, RESONANCE_CODES_EN))
    register_texts(texts_of(PORTFOLIO_CODES, PORTFOLIO_CODES_EN))
    register_texts(texts_of(MATCH_CODES, MATCH_CODES_EN))
    register_texts(texts_of(AGENDA_CODES, AGENDA_CODES_EN))
    register_texts(texts_of(JUDGING_CODES, JUDGING_CODES_EN))
    register_texts(texts_of(PLAYBOOK_CODES, PLAYBOOK_CODES_EN))
    register_texts(texts_of(SLOT_CODES, SLOT_CODES_EN))

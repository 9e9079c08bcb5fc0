"""Every code of this engine and its commands with its words in both languages: what is wrong, and how to put it right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from feidi.engines.findings import Finding, Scalar
from feidi.engines.rules.codes_en import LANGUAGE_EN, LINT_EN, READING_EN
from feidi.engines.rules.codes_zh import LANGUAGE, LINT, READING

CODES: Final[Mapping[str, tuple[str, str]]] = {**LANGUAGE, **LINT, **READING}
CODES_EN: Final[Mapping[str, tuple[str, str]]] = {**LANGUAGE_EN, **LINT_EN, **READING_EN}


class _Params(dict[str, Scalar]):
    """Takes ``{name}`` from ``name_zh`` where it is said in two languages; leaves it standing when it is missing."""

    def __missing__(self, key: str) -> Scalar:
        return self.get(f"{key}_zh", "{" + key + "}")


def what_of(finding: Finding) -> str:
    """Return what is wrong, in Chinese; a code that is not this engine's shows itself."""
    return CODES.get(finding.code, (finding.code, ""))[0].format_map(_Params(finding.params))


def how_of(finding: Finding) -> str:
    """Return how to put it right, in Chinese, or ""."""
    return CODES.get(finding.code, ("", ""))[1].format_map(_Params(finding.params))

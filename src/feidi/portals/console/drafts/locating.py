"""Where in a text its faults stand: each finding with its line, and the lines around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from feidi.engines.findings import Finding

#: Lines shown before and after a line that is named.
AROUND: Final = 2
_CODE: Final = re.compile(r"\s*-?\s*代码:\s*['\"]?([^\s'\"#]+)")


@dataclass(frozen=True, slots=True)
class Located:
    """One finding; ``line`` counts from 1, 0 where it stands in another file or in none."""

    finding: Finding
    line: int


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    """One line of an excerpt, as it is counted from 1; ``wrong``: a finding names it."""

    number: int
    text: str
    wrong: bool


Excerpt = tuple[ExcerptLine, ...]


def located(findings: Iterable[Finding], file: str, body: str) -> list[Located]:
    """Return the findings with their lines in ``body``, the text of ``file`` (place and path).

    A remark that names no line stands where its clause begins.
    """
    last, clauses = body.count("\n") + 1, _clauses(body)
    return [Located(each, _line(each, file, last, clauses)) for each in findings]


def _clauses(body: str) -> dict[str, int]:
    """Return code of a clause → the line on which it begins."""
    return {found.group(1): at for at, line in enumerate(body.split("\n"), start=1) if (found := _CODE.match(line))}


def _line(finding: Finding, file: str, last: int, clauses: Mapping[str, int]) -> int:
    """Another file's line is not this text's; nor is one that the text does not have."""
    row = finding.row or clauses.get(str(finding.params.get("clause", "")), 0)
    named = finding.params.get("file", file)  # the language names a file without its place
    return row if named in {file, file.partition("/")[2]} and 1 <= row <= last else 0


def excerpts_of(found: Iterable[Located], body: str) -> list[Excerpt]:
    """Return the lines around every line named, in order; what touches is one excerpt."""
    named = {each.line for each in found if each.line}
    lines = body.split("\n")
    wanted = sorted(
        {number for line in named for number in range(line - AROUND, line + AROUND + 1) if 1 <= number <= len(lines)}
    )
    return [tuple(ExcerptLine(number, lines[number - 1], number in named) for number in run) for run in _runs(wanted)]


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Return numbers in order as runs without a gap.

    >>> _runs([1, 2, 3, 7, 8])
    [[1, 2, 3], [7, 8]]
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs

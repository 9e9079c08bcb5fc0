"""A YAML document already parsed, and the notebook in which its faults are written down, each with its line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final

from feidi.engines.findings import Finding, Level, Scalar

#: Where a value stands in a document: mapping keys and list positions from the root.
Path = tuple[str | int, ...]
#: Nobody reads more faults of one file.
MOST_FINDINGS: Final = 300


def _first_line(_path: Path) -> int:
    return 1


@dataclass(frozen=True, slots=True)
class Source:
    """One file of content: the place it belongs to, its path, its plain value, and the line of every path in it."""

    place: str
    file: str
    value: Any
    line_of: Callable[[Path], int] = _first_line
    sha256: str = ""


class RuleError(ValueError):
    """A rule or an amount cannot be read; ``findings`` say everything that is wrong with it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f"{each.code} {dict(each.params)}" for each in findings))
        self.findings = findings


class WrongError(Exception):
    """One thing that is wrong inside a text; whoever knows the place in the file turns it into a finding."""

    def __init__(self, code: str, /, **params: Scalar) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(slots=True)
class Notebook:
    """Collects what is wrong in one file. ``clause`` is the code of the clause being read, "" outside of one.

    ``faults`` counts them all; of a file that is wrong all over only the first ``MOST_FINDINGS`` are told.
    """

    source: Source
    clause: str = ""
    base: Path = ()
    findings: list[Finding] = field(default_factory=list)
    faults: int = 0

    def problem(self, path: Path, code: str, /, **params: Scalar) -> None:
        """Write down a fault at ``path`` (from the root of the file)."""
        self._note(Level.PROBLEM, path, code, params)

    def wrong(self, path: Path, error: WrongError) -> None:
        """Write down what a reader of texts complained of."""
        self._note(Level.PROBLEM, path, error.code, error.params)

    def line(self, path: Path) -> int:
        """Return the line of a path."""
        return self.source.line_of(path)

    def catching(self, path: Path) -> _Catching:
        """Write down what goes wrong inside a ``with`` instead of letting it through."""
        return _Catching(self, path)

    def _note(self, level: Level, path: Path, code: str, params: dict[str, Scalar]) -> None:
        self.faults += 1
        if self.faults > MOST_FINDINGS + 1:
            return
        if self.faults > MOST_FINDINGS:
            code, params = "rules.more_faults", {"limit": MOST_FINDINGS}
        line = self.line(path)
        inside = path[len(self.base) :] if path[: len(self.base)] == self.base else path
        key = spelled(inside)
        at = " ".join(part for part in (self.clause, key) if part) or "—"
        where: dict[str, Scalar] = {"file": self.source.file, "line": line, "clause": self.clause}
        where["where"] = f"{self.source.file}:{line} {at}" if self.source.file else at
        self.findings.append(Finding(level, code, {**where, **params}, row=line, column=spelled(path) or None))


@dataclass(frozen=True, slots=True)
class _Catching:
    """Turns a ``WrongError`` into a finding at its path."""

    notes: Notebook
    path: Path

    def __enter__(self) -> None: ...

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if isinstance(error, WrongError):
            self.notes.wrong(self.path, error)
            return True
        return False


def spelled(path: Path) -> str:
    """Return a path as people write it: ``条件.全部[2]``.

    >>> spelled(("条件", "全部", 1))
    '条件.全部[2]'
    """
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")

"""The stage engine: order, guards, 待补, force; and the two forms agree."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.stages import (
    Columns,
    Known,
    Position,
    StageTable,
    Status,
    TableError,
    evaluate,
    evaluate_many,
    next_stages,
    parse_table,
)

LABEL = {"zh": "甲", "en": "a"}


def guard(code: str, kind: str, key: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "key": key, "label": LABEL, "fix": LABEL, **more}


def stage(code: str, *guards: dict[str, Any], optional: bool = False, who: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"code": code, "label": LABEL, "optional": optional, "who": list(who), "guards": list(guards)}


RAW = {
    "tracks": {
        "talks": {
            "label": LABEL,
            "stages": [
                stage("lead"),
                stage("screening", guard("owner", "fact", "owner"), who=("officer",)),
                stage("inspecting", guard("visit", "interaction", "visit", n=2)),
                stage("key", guard("minutes", "fact", "minutes"), optional=True),
                stage("agreeing", guard("legal", "fact", "legal", when={"fact": "major", "is": True})),
                stage("signed", guard("paper", "agreement", "contract", any_of=["contract", "tenancy"])),
            ],
        },
        "host": {"label": LABEL, "stages": [stage("admitted"), stage("incubating"), stage("left")]},
        "home": {
            "label": LABEL,
            "stages": [stage("preparing"), stage("registered", guard("lic", "evidence", "licence"))],
        },
    },
    "opens": {"host": "signed", "home": "signed"},
    "waivable_before": "agreeing",
}
TABLE = parse_table(RAW)


def ask(stages: dict[str, str], track: str, to: str, known: Known | None = None, *, force: bool = False) -> Any:
    return evaluate(TABLE, Position(stages), known or Known(), track=track, to=to, force=force)


def test_a_skip_is_refused_and_names_what_was_skipped() -> None:
    answer = ask({"talks": "lead"}, "talks", "inspecting", Known(interactions={"visit": 2}))
    assert not answer.allowed
    assert [(each.code, each.params["skipped"]) for each in answer.reasons] == [("stages.skips", "screening")]


def test_an_optional_stage_may_be_passed_over_and_is_named() -> None:
    answer = ask({"talks": "inspecting"}, "talks", "agreeing", Known(facts={"major": False}))
    assert answer.allowed
    assert answer.passed_over == ("key",)


def test_unknown_is_not_no() -> None:
    unknown = ask({"talks": "lead"}, "talks", "screening").checklist[0]
    no = ask({"talks": "lead"}, "talks", "screening", Known(facts={"owner": False})).checklist[0]
    assert (unknown.status, no.status) == (Status.UNKNOWN, Status.NO)


def test_a_guard_counts_and_says_how_many_of_how_many() -> None:
    answer = ask({"talks": "screening"}, "talks", "inspecting", Known(interactions={"visit": 1}))
    assert not answer.allowed
    assert (answer.checklist[0].have, answer.checklist[0].need) == (1, 2)
    assert ask({"talks": "screening"}, "talks", "inspecting", Known(interactions={"visit": 2})).allowed


def test_waiving_passes_early_talks_only() -> None:
    waived = Known(waived=frozenset({"owner", "paper"}))
    assert ask({"talks": "lead"}, "talks", "screening", waived).allowed
    refused = ask({"talks": "agreeing"}, "talks", "signed", waived)
    assert not refused.allowed
    assert not refused.checklist[0].waivable


def test_force_passes_order_and_role_but_never_the_agreement() -> None:
    officer = Known(roles=frozenset({"other"}))
    assert ask({"talks": "lead"}, "talks", "inspecting", officer, force=True).allowed
    assert not ask({"talks": "lead"}, "talks", "signed", officer, force=True).allowed
    assert ask({"talks": "inspecting"}, "talks", "lead", officer, force=True).allowed


def test_role_is_asked_when_known() -> None:
    known = Known(facts={"owner": True}, roles=frozenset({"bureau"}))
    assert [each.code for each in ask({"talks": "lead"}, "talks", "screening", known).reasons] == ["stages.role_needed"]


def test_tracks_open_at_signed_and_left_from_any_host_stage() -> None:
    closed = ask({"talks": "agreeing"}, "host", "admitted")
    assert [each.code for each in closed.reasons] == ["stages.track_not_open"]
    assert ask({"talks": "signed"}, "host", "admitted").allowed
    assert ask({"talks": "signed", "host": "admitted"}, "host", "left").allowed
    assert not ask({"talks": "signed"}, "host", "left").allowed
    assert not ask({"talks": "signed", "host": "left"}, "host", "incubating").allowed


def test_a_condition_that_is_unknown_shows_the_line_as_open() -> None:
    line = ask({"talks": "inspecting"}, "talks", "agreeing").checklist[0]
    assert line.status is Status.UNKNOWN
    assert ask({"talks": "inspecting"}, "talks", "agreeing", Known(facts={"major": False})).checklist == ()


def test_next_stages_stop_at_the_first_one_that_is_not_optional() -> None:
    assert next_stages(TABLE, Position({"talks": "inspecting"}), "talks") == ("key", "agreeing")
    assert next_stages(TABLE, Position({"talks": "lead"}), "host") == ()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({}, "tracks.talks is missing"),
        ({"tracks": {"talks": {"label": LABEL, "stages": [{"label": LABEL}]}}}, "code is missing"),
        (
            {
                "tracks": {
                    "talks": {"label": LABEL, "stages": [stage("lead", {"code": "x", "kind": "wish", "key": "k"})]}
                }
            },
            "wish",
        ),
        ({"tracks": {"talks": {"label": LABEL, "stages": [stage("lead")]}}, "opens": {"host": "nowhere"}}, "nowhere"),
    ],
)
def test_a_bad_table_says_where_and_how(raw: dict[str, Any], words: str) -> None:
    with pytest.raises(TableError, match=words):
        parse_table(raw)


STAGES = ["", *[each["code"] for each in RAW["tracks"]["talks"]["stages"]]]
TRIPLE = st.sampled_from([True, False, None])
ROW = st.fixed_dictionaries(
    {
        "talks": st.sampled_from(STAGES),
        "host": st.sampled_from(["", "admitted", "incubating", "left"]),
        "home": st.sampled_from(["", "preparing", "registered"]),
        "facts": st.fixed_dictionaries(dict.fromkeys(("owner", "minutes", "legal", "major"), TRIPLE)),
        "visit": st.integers(0, 3),
        "licence": st.integers(0, 2),
        "contract": st.integers(0, 1),
        "tenancy": st.integers(0, 1),
    }
)
TARGETS = [(track, each["code"]) for track, value in RAW["tracks"].items() for each in value["stages"]]


def columns_of(rows: list[dict[str, Any]]) -> Columns:
    facts = {
        key: np.array([row["facts"][key] is True for row in rows]) for key in ("owner", "minutes", "legal", "major")
    }
    known = {key: np.array([row["facts"][key] is not None for row in rows]) for key in facts}
    count = {
        key: np.array([row[key] for row in rows], dtype=np.int64) for key in ("visit", "licence", "contract", "tenancy")
    }
    return Columns(
        n=len(rows),
        stages={track: np.array([row[track] for row in rows], dtype="U16") for track in ("talks", "host", "home")},
        facts=facts,
        facts_known=known,
        evidence={"licence": count["licence"]},
        interactions={"visit": count["visit"]},
        agreements={"contract": count["contract"], "tenancy": count["tenancy"]},
    )


@given(rows=st.lists(ROW, min_size=1, max_size=6), target=st.sampled_from(TARGETS), table=st.just(TABLE))
def test_one_and_many_agree(rows: list[dict[str, Any]], target: tuple[str, str], table: StageTable) -> None:
    track, to = target
    allowed, statuses = evaluate_many(table, columns_of(rows), track=track, to=to)
    for at, row in enumerate(rows):
        one = evaluate(
            table,
            Position({"talks": row["talks"], "host": row["host"], "home": row["home"]}),
            Known(
                facts=row["facts"],
                evidence={"licence": row["licence"]},
                interactions={"visit": row["visit"]},
                agreements={"contract": row["contract"], "tenancy": row["tenancy"]},
            ),
            track=track,
            to=to,
        )
        assert bool(allowed[at]) is one.allowed
        for line in one.checklist:
            assert {1: Status.YES, 0: Status.NO, -1: Status.UNKNOWN}[int(statuses[line.guard.code][at])] is line.status

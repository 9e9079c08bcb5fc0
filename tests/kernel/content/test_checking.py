"""The check of a content folder: the shipped one is clean, and each planted fault is named with its line."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from feidi.engines.findings import Finding, Level
from feidi.engines.stages import parse_table
from feidi.kernel.content import checkers
from feidi.kernel.content.checking import check_folder, schema_path, schemas
from feidi.kernel.content.folder import content_root, read_folder
from feidi.kernel.messages import fix_of, known_codes, text_of

STAGES = "chancheng/enclave/stages.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(content_root(), tmp_path / "content"))


def _value(place: str, path: str) -> Any:
    return read_folder().document((place, path)).value


def test_the_shipped_folder_is_clean_without_a_database() -> None:
    assert check_folder() == []


def test_the_real_and_the_invented_places_are_there() -> None:
    places = {place: _value(place, "place.yaml") for place in read_folder().places()}
    real = {code for code, each in places.items() if not each["demonstration"]}
    assert {"cn", "guangdong", "foshan", "chancheng", "shenzhen", "nanshan"} <= real
    assert {each["division"][:2] for each in places.values() if each["demonstration"]} == {"99"}
    divisions = {each["code"]: each["name"] for each in _value("cn", "divisions.csv")}
    for code in real - {"cn"}:
        assert _is_where_it_says(places, divisions, code), code


def _is_where_it_says(places: dict[str, Any], divisions: dict[str, str], code: str) -> bool:
    """A division by its name in the table; a township below its parent's code; a zone has no code."""
    place = places[code]
    if place["kind"] == "zone":
        return place["division"] is None
    if place["kind"] == "township":
        parent = places[place["parent"]]
        below = place["division"][:6] == parent["division"] and len(place["division"]) == 9
        return below and place["name"]["zh"].startswith(parent["name"]["zh"])
    return str(place["name"]["zh"]).endswith(divisions[place["division"]])


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "key"),
    [
        (STAGES, "group: talking", "grup: talking", "content.key_unknown", "grup"),
        (STAGES, "        group: talking\n", "", "content.key_missing", "stages[1]"),
        (STAGES, "unit: working", "unit: wrking", "content.not_in_list", "clock.unit"),
        (STAGES, "n: 1, unit", "n: 0, unit", "content.out_of_range", "clock.n"),
        (STAGES, "backdate_working_days: 3", 'backdate_working_days: "3"', "content.not_integer", "backdate"),
        (STAGES, "{host: signed,", "{host: sigend,", "content.not_in_list", "opens.host"),
        (STAGES, "code: screening\n", "code: lead\n", "content.twice", "stages[2].code"),
        (STAGES, "aliases: [线索,", "aliases: [签约,", "content.twice", "stages[8].label.zh"),
        (STAGES, "code: lead_source,", "code: lead_name,", "content.twice", "guards[2].code"),
        (STAGES, "who: [operator_lead]", "who: [operator_leed]", "content.not_in_list", "who[1]"),
        (STAGES, "kind: fact, key: owner", "kind: fact, key: boss", "content.not_in_list", "key"),
        (STAGES, "kind: fact, key: owner", "kind: evidence, key: owner", "content.not_in_list", "key"),
        (STAGES, "zh: 签约, en: Signed}", "zh: 签约}", "content.key_missing", "label"),
        (STAGES, "valid_from: 2022-12-12", "valid_from: 去年", "content.not_date", "valid_from"),
        (STAGES, "optional: false", "optional: no", "content.not_boolean", "optional"),
        (
            STAGES,
            "waivable_before: agreeing",
            "waivable_before: agreeing\nwaivable_before: lead",
            "content.key_twice",
            "",
        ),
        (STAGES, "label: {zh: 洽谈, en: Talks}", "label: &x {zh: 洽谈, en: Talks}\n    y: *x", "content.alias", ""),
        (STAGES, "tracks:", "tracks: [", "content.not_yaml", ""),
        ("chancheng/place.yaml", 'division: "440604"', "division: 440604", "content.not_text", "division"),
        ("chancheng/place.yaml", 'division: "440604"', 'division: "44060"', "content.pattern", "division"),
        ("chancheng/place.yaml", "code: chancheng", "code: chanchen", "content.place_code", ""),
        ("chancheng/place.yaml", "parent: foshan", "parent: fosan", "content.parent_unknown", ""),
        ("foshan/place.yaml", "parent: guangdong", "parent: chancheng", "content.circle", ""),
        ("chancheng/enclave/enclave.yaml", "host: nanshan", "host: nansan", "content.not_in_list", "host"),
        ("chancheng/enclave/enclave.yaml", "kind: incubation,", "kind: desks,", "content.not_in_list", "zones[1].kind"),
        (
            "chancheng/enclave/enclave.yaml",
            "qualifier: at_least",
            "qualifier: 100+",
            "content.not_in_list",
            "qualifier",
        ),
        ("cn/enclave/ledger.yaml", "aliases: [项目编码,", "aliases: [备注,", "content.twice", "columns[51].label.zh"),
        ("cn/enclave/roles.yaml", "[user.manage,", "[users.manage,", "content.not_in_list", "permissions[1]"),
        ("yunxi/enclave/stages.yaml", "source: 演示：", "source: ", "content.demonstration_unsaid", ""),
        ("cn/industries.csv", "A,农、林、牧、渔业,", "A,农,林,", "content.csv_width", ""),
        ("cn/currencies.yaml", "  HKD:", "  hkd:", "content.pattern", "hkd"),
    ],
)
def test_a_planted_fault_is_named(folder: Path, file: str, old: str, new: str, code: str, key: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    findings = [each for each in check_folder(folder) if each.code == code]
    assert findings, [(each.code, dict(each.params)) for each in check_folder(folder)]
    assert file in {each.params["file"] for each in findings}
    assert any(key in str(each.params["key"]) for each in findings)
    line = text[: text.index(old)].count("\n") + 1
    assert any(abs((each.row or 0) - line) <= 3 for each in findings) or code == "content.twice"
    for each in findings:
        assert "{" not in text_of(each).replace("{…}", ""), text_of(each)
        assert fix_of(each)


def test_what_is_not_a_content_file(folder: Path) -> None:
    (folder / "foshan/stages.yml").write_text("a: 1\n")
    (folder / "foshan/enclave").mkdir(exist_ok=True)
    (folder / "foshan/enclave/stage.yaml").write_text("a: 1\n")
    (folder / "stray.yaml").write_text("a: 1\n")
    (folder / "foshan/README.md").write_text("notes\n")
    (folder / "foshan/.hidden").write_text("x")
    (folder / "empty").mkdir()
    (folder / "empty/currencies.yaml").write_text("")
    (folder / "cn/currencies.yaml").write_bytes("source: 人民币\n".encode("gb18030"))
    (folder / "cn/sources.yaml").write_bytes(b"\xef\xbb\xbfsource: x\n")
    found = {(str(each.params["file"]), each.code) for each in check_folder(folder)}
    assert found == {
        ("foshan/stages.yml", "content.file_not_known"),
        ("foshan/enclave/stage.yaml", "content.file_not_known"),
        ("stray.yaml", "content.file_not_known"),
        ("empty/place.yaml", "content.no_place_file"),
        ("empty/currencies.yaml", "content.empty_file"),
        ("cn/currencies.yaml", "content.not_utf8"),
        ("cn/sources.yaml", "content.not_plain_text"),
    }
    levels = {each.code: each.level for each in check_folder(folder)}
    assert (levels["content.not_utf8"], levels["content.file_not_known"]) == (Level.FATAL, Level.PROBLEM)


def test_every_code_of_the_app_has_words() -> None:
    import re

    import feidi.kernel.content as package

    source = "".join(each.read_text(encoding="utf-8") for each in Path(package.__path__[0]).rglob("*.py"))
    # kinds of rows, permissions and a model's own name are no refusals
    others = {"content.revision", "content.publish", "content.proposal", "content.propose", "content.approve"}
    used = set(re.findall(r'"(content\.[a-z0-9_]+)"', source)) - others - {"content.contentrevision"}
    assert used <= known_codes()


def test_every_kind_of_rule_has_words() -> None:
    from feidi.kernel.content.schema import _FITS

    assert {f"content.not_{kind}" for kind in _FITS if kind != "any"} <= known_codes()


@pytest.mark.parametrize("place", ["chancheng", "yunxi"])
def test_the_stage_engine_reads_the_table(place: str) -> None:
    table = parse_table(_value(place, "enclave/stages.yaml"))
    assert [each.code for each in table.tracks["talks"].stages] == [
        "lead",
        "screening",
        "negotiating",
        "inspecting",
        "assessing",
        "key",
        "agreeing",
        "signed",
    ]
    assert {each.code for track in table.tracks.values() for each in track.stages if each.optional} == {
        "key",
        "accelerating",
        "site",
    }
    clocks = [each.clock for track in table.tracks.values() for each in track.stages if each.clock]
    assert all(each.taken_from for each in clocks)
    assert any(each.confirmed for each in clocks) is (place == "yunxi"), "nobody confirmed another city's clocks here"


def test_chancheng_says_what_the_article_says() -> None:
    enclave = _value("chancheng", "enclave/enclave.yaml")
    (outpost,) = enclave["outposts"]
    assert outpost["area_m2"] == {"value": 1150, "qualifier": "about"}
    assert [each["name"]["zh"] for each in outpost["zones"]] == [
        "创新企业孵化区",
        "科技企业加速区",
        "项目服务区",
        "项目展厅",
        "报告路演区",
        "多功能会议室",
        "交流活动区",
        "商务洽谈区",
    ]
    assert len(outpost["plaques"]) == 3
    facts = {each["code"]: (each["value"], each["qualifier"]) for each in enclave["published_facts"]}
    assert facts["talked"] == (100, "at_least")
    assert (facts["inspected"], facts["key"]) == ((20, "exact"), (6, "exact"))
    assert all(zone["area_m2"] is None for zone in outpost["zones"]), "no zone's area was published"


def test_the_invented_zones_fit_into_the_area() -> None:
    (outpost,) = _value("yunxi", "enclave/enclave.yaml")["outposts"]
    assert sum(each["area_m2"] for each in outpost["zones"]) == outpost["area_m2"]["value"]


def test_ledger_columns_in_their_order() -> None:
    columns = _value("cn", "enclave/ledger.yaml")["columns"]
    allowed = schemas()["enclave/ledger.yaml"]["root"]["keys"]["columns"]["items"]["keys"]["field"]["values"]
    assert [each["field"] for each in columns] == allowed
    assert [each["field"] for each in columns if each.get("derived")] == ["verified_on"]
    money = {each["field"]: each["unit"] for each in columns if each["type"] == "money"}
    assert set(money.values()) == {"万元"}
    headings = Counter(word for each in columns for word in {each["label"]["zh"], *each["aliases"]})
    assert max(headings.values()) == 1


def test_roles_keep_administration_and_business_apart() -> None:
    roles = _value("cn", "enclave/roles.yaml")["roles"]
    business = {"project.", "agreement.", "landing.", "evidence.", "party.", "contact.", "submission."}
    assert not [each for each in roles["administrator"]["permissions"] if each.startswith(tuple(business))]
    holders = {code for code, each in roles.items() if "landing.verify" in each["permissions"]}
    assert holders == {"verifier"}
    assert "landing.submit" not in roles["verifier"]["permissions"]
    writing = ("edit", "move", "submit", "verify", "send", "manage", "publish", "import")
    assert not [each for each in roles["auditor"]["permissions"] if each.endswith(writing)]


def test_the_folder_is_found_from_settings() -> None:
    assert content_root() == Path(settings.FEIDI_CONTENT)


def test_the_documentation_names_every_file_and_its_keys() -> None:
    page = (Path(__file__).parents[3] / "docs" / "content.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    for path, schema in schemas().items():
        root = schema["root"]
        keys = root["items"]["keys"] if root["kind"] == "list" else root["keys"]
        assert path in rows, path
        assert [key for key in keys if f"`{key}`" not in rows[path]] == [], path
    define = schemas()["enclave/stages.yaml"]["define"]
    for name in ("fact", "evidence", "interaction", "agreement"):
        assert [value for value in define[name]["values"] if value not in page] == []


def test_one_schema_describes_every_file_of_a_folder() -> None:
    assert schema_path("policies/referral-2023.yaml") == "policies/_each.yaml"
    assert schema_path("policies/referral-2023.cases.yaml") == "policies/_each.cases.yaml"
    for unknown in (
        "policies/referral.notes.yaml",
        "policies/Referral.yaml",
        "policies/deeper/one.yaml",
        "polices/one.yaml",
    ):
        assert schema_path(unknown) is None


def test_an_app_checks_what_a_schema_cannot_say(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "valid_from: 2026-01-01\nsource: 演示\nfacts: []\n"
    (folder / "yunxi" / "facts.yaml").write_text(text, encoding="utf-8")
    seen: list[Any] = []

    def checker(_folder: Any, key: Any) -> list[Finding]:
        seen.append(key)
        return [Finding(Level.PROBLEM, "content.empty_text", {}, row=3, column="facts")]

    monkeypatch.setattr(checkers, "_checkers", {"facts.yaml": checker})
    found = [each for each in check_folder(folder) if each.params["file"] == "yunxi/facts.yaml"]
    assert ("yunxi", "facts.yaml") in seen
    assert [(each.code, each.row, each.params["key"]) for each in found] == [("content.empty_text", 3, "facts")]


def test_the_check_of_an_app_waits_for_the_schema(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "yunxi" / "facts.yaml").write_text("source: 演示\nfacts: []\n", encoding="utf-8")

    def checker(_folder: Any, key: Any) -> list[Finding]:
        assert key[0] != "yunxi", "the schema had found a fault"
        return []

    monkeypatch.setattr(checkers, "_checkers", {"facts.yaml": checker})
    found = [each.code for each in check_folder(folder) if each.params["file"] == "yunxi/facts.yaml"]
    assert found == ["content.key_missing"]

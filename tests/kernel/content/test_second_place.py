"""A second, invented home by content alone: no Python knows its name."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.content import library, publishing
from feidi.kernel.content.checking import check_folder
from feidi.kernel.content.folder import content_root

FILES = {
    "shanbei/place.yaml": """\
code: shanbei
kind: city
division: "999700"
name: {zh: 山北市, en: Shanbei (invented)}
short_name: {zh: 山北, en: Shanbei}
parent: cn
demonstration: true
source: 演示：虚构
""",
    "qinghe/place.yaml": """\
code: qinghe
kind: district
division: "999701"
name: {zh: 山北市清河区, en: Qinghe (invented)}
short_name: {zh: 清河, en: Qinghe}
parent: shanbei
demonstration: true
source: 演示：虚构
""",
    "qinghe/enclave/enclave.yaml": """\
valid_from: 2025-01-01
source: 演示：虚构
home:
  bureau: {zh: 清河区科技局（演示）, en: Qinghe bureau}
  bureau_short: {zh: 清河科技局（演示）, en: Qinghe bureau}
  guided_by: null
  side: {zh: 清河侧, en: Qinghe side}
  firms: {zh: 清河企业, en: Qinghe firms}
outposts:
  - code: qinghe-binhai
    number_prefix: QH
    name: {zh: 清河驻滨海创新中心（演示）, en: Qinghe centre}
    short_name: {zh: 清河中心（演示）, en: Qinghe centre}
    host: binhai
    side: {zh: 滨海侧, en: Binhai side}
    address: {zh: 滨海市某路（虚构）, en: Somewhere in Binhai}
    area_m2: null
    operator: null
    opened_on: null
    trial_since: null
    plaques: []
    zones: []
fields: []
words: {mechanism: {zh: 滨海研发+清河制造, en: Research there and making here}, slogans: []}
published_facts: []
""",
    "qinghe/enclave/stages.yaml": """\
valid_from: 2025-01-01
source: 演示：虚构
tracks:
  talks:
    label: {zh: 招引, en: Talks}
    stages:
      - {code: lead, label: {zh: 报名, en: Entered}, aliases: [登记], group: talking, optional: false, who: [officer], guards: [], clock: null}
      - {code: signed, label: {zh: 签字, en: Signed}, aliases: [], group: signed, optional: false, who: [officer], guards: [], clock: null}
  host:
    label: {zh: 孵化, en: Host}
    stages:
      - {code: admitted, label: {zh: 进驻, en: Admitted}, aliases: [], group: signed, optional: false, who: [officer], guards: [], clock: null}
  home:
    label: {zh: 落地, en: Home}
    stages:
      - {code: registered, label: {zh: 注册, en: Registered}, aliases: [], group: registered, optional: false, who: [officer], guards: [], clock: null}
opens: {host: signed, home: signed}
waivable_before: signed
backdate_working_days: 0
""",
}


@pytest.mark.django_db
def test_a_second_place_needs_no_code(now: datetime, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    for place in ("cn", "binhai"):
        shutil.copytree(content_root() / place, folder / place)
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    assert check_folder(folder) == []
    actor = Actor(kind=ActorKind.COMMAND, label="first start")
    publishing.load_folder(actor=actor, now=now, path=folder, places=["qinghe"])
    assert library.library().places() == ("binhai", "cn", "qinghe", "shanbei"), "the host came along"
    assert library.lineage("qinghe") == ("qinghe", "shanbei", "cn")
    stages = library.read("qinghe", "enclave/stages.yaml", on=now.date())
    assert stages.data["tracks"]["talks"]["stages"][0]["label"]["zh"] == "报名"
    ledger = library.read("qinghe", "enclave/ledger.yaml", on=now.date())
    assert (ledger.place, len(ledger.data["columns"])) == ("cn", 51)


def test_the_stage_engine_takes_the_second_places_own_stages() -> None:
    """The stage engine takes the second place's own stages in their own order."""
    from feidi.engines.stages import parse_table
    from feidi.kernel.content.yaml_reader import read_yaml

    table = parse_table(read_yaml(FILES["qinghe/enclave/stages.yaml"]).value)
    assert [each.code for each in table.tracks["talks"].stages] == ["lead", "signed"]

"""The Word paper of a playbook: four parts, its version, what is borrowed and what nobody has set."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from feidi.domain.playbook.selectors.playbooks import get_playbook, list_playbooks
from feidi.domain.playbook.selectors.reckoning import Reckoning
from feidi.domain.playbook.services.guides import Print, guide_paper
from feidi.engines.playbooks import forecast
from feidi.kernel.documents.office.paper_checks import check_paper
from feidi.kernel.documents.office.rendering import render_paper
from tests.support.world import World

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def test_the_paper_has_its_four_parts_with_version(world: World) -> None:
    published = get_playbook("yunxi", "incubate_land", MONDAY)
    ahead = forecast(published.playbook, MONDAY, Reckoning().due)
    paper = guide_paper(published, ahead, Print(MONDAY, "云滨创新中心（演示）"))
    assert not check_paper(paper)
    document = Document(BytesIO(render_paper(paper)))
    text = "\n".join(each.text for each in document.paragraphs)
    for part in ("服务事项清单", "办事指南", "流程图", "时限表", published.version):
        assert part in text
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "参考外地做法（江门市），待本区确认；江府办函〔2024〕37号：1 日内响应" in cells
    assert "未见本区规定，待本区确认" in cells
    assert "7 天（自“接待登记、指定专人”办结起）" in cells
    lanes = document.tables[1]
    assert [cell.text for cell in lanes.rows[0].cells] == ["序号", "运营方", "所在地", "主办地", "企业"]
    assert [cell.text for cell in lanes.rows[4].cells] == ["4", "", "", "2→主办地研究承接意见", ""]


def test_every_shipped_playbook_prints(world: World) -> None:
    for published in list_playbooks("chancheng", MONDAY):
        ahead = forecast(published.playbook, MONDAY, Reckoning().due)
        assert render_paper(guide_paper(published, ahead, Print(MONDAY, "禅深创新中心"))).startswith(b"PK")

"""Opening positions 期初: six projects taken over from an earlier keeper's list, as that list claims them.

They stand on stages nobody here has seen evidence for; shown as 台账填报 and left out of verified figures.
"""

from __future__ import annotations

import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import xlsxwriter

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.services import ledger
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from feidi.portals.cli.demonstration.agenda import Scene
from feidi.portals.cli.demonstration.invented import credit_code, person, phone

NAME: Final = "移交项目清单（演示）.xlsx"
_SEED: Final = 2021
_HEADINGS: Final = (
    "项目名称", "投资方", "统一社会信用代码", "产业领域", "项目阶段", "责任人", "联系人", "联系电话", "计划总投资(万元)",
    "签约日期", "协议类型", "签约金额(万元)", "注册日期", "落户企业名称", "核实落地日期", "最近洽谈时间", "最新进展", "备注",
)  # fmt: skip
#: (project, sponsor, field, stage, planned in 万元)
_TAKEN_OVER: Final = (
    ("陶瓷纤维隔热件", "滨海移岚新材料有限公司", "半导体新材料", "在谈", 900),
    ("淋洗液循环净化", "滨海移泽环保科技有限公司", "绿色环保", "洽谈中", "1200万"),
    ("可穿戴心电贴", "滨海移衡医疗科技有限公司", "生物医药", "评估", "未透露"),
    ("电子玻璃浆料", "滨海移朔电子材料有限公司", "半导体新材料", "已签约", 1600),
    ("废气余热换热器", "滨海移汐节能技术有限公司", "绿色环保", "已注册", 2100),
    ("细胞培养耗材", "滨海移砚生物技术有限公司", "生物医药", "入驻", 450),
)


def take_over(scene: Scene) -> int:
    """Import the six as the officer on the last evening; return how many became projects."""
    now = datetime.combine(scene.last_day, time(17, 40), SHANGHAI)
    actor = scene.actors["officer"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        _write(path, scene.today)
        subject = Subject("parties.outpost", scene.outpost.uid)
        file = store_upload(actor=actor, now=now, subject=subject, name=NAME, chunks=path)
    batch = ledger.start_batch(actor=actor, now=now, outpost=scene.outpost, file=file, declared_currency="CNY")
    ledger.set_mapping(actor=actor, now=now, batch=batch)
    ledger.stage_batch(actor=actor, now=now, batch=batch)
    ledger.commit_batch(actor=actor, now=now, batch=batch)
    return ledger.count_rows(batch)["new"]


def _write(path: Path, today: date) -> None:
    random = Random(_SEED)  # noqa: S311 - a tale, not a secret
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime.combine(today, time())})
    sheet = book.add_worksheet("移交清单")
    sheet.write_row(0, 0, _HEADINGS)
    for nth, row in enumerate(_TAKEN_OVER, start=1):
        sheet.write_row(nth, 0, _cells(random, today, row))
    book.close()


def _cells(random: Random, today: date, row: tuple[Any, ...]) -> list[Any]:
    name, sponsor, field, stage, planned = row
    signed = today - timedelta(days=random.randrange(700, 1000))
    talked = today - timedelta(days=random.randrange(30, 90))
    has_signed, has_registered = stage in {"已签约", "已注册"}, stage == "已注册"
    claims = [
        signed.isoformat() if has_signed else "",
        "投资合同" if has_signed else "",
        planned if has_signed else "",
        (signed + timedelta(days=200)).isoformat() if has_registered else "",
        f"云溪{sponsor[2:]}" if has_registered else "",
        (signed + timedelta(days=300)).isoformat() if has_registered else "",
    ]
    who = person(random)
    note = f"{talked.month}.{talked.day} 电话沟通，{who}"
    return [
        name, sponsor, credit_code(random), field, stage, "陈晓", who, phone(random), planned,
        *claims, talked.isoformat(), note, "原经办人移交，材料待补核",
    ]  # fmt: skip

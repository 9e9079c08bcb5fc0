"""Papers of every kind, about an invented place."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

from PIL import Image

from feidi.kernel.documents.office.figures import IssuedFigure
from feidi.kernel.documents.office.papers import (
    Align,
    Block,
    Column,
    Copies,
    Field,
    FieldGrid,
    FigureSpan,
    Heading,
    Labelled,
    Masthead,
    Paper,
    PaperKind,
    Paragraph,
    Picture,
    SignBox,
    SignBoxes,
    Spacer,
    Span,
    Table,
)  # fmt: skip

DAY = date(2026, 11, 20)
SIGNED = IssuedFigure("K08", "累计签约", 11, "个", DAY, ("十一个",))
DONE = IssuedFigure("K08.completion", "签约完成率", Decimal("36.7"), "%", DAY)
PASSED = IssuedFigure("time_progress", "序时进度", Decimal("88.8"), "%", DAY)
PACE = IssuedFigure("K08.pace", "签约进度差", Decimal("-52.1"), "个百分点", DAY, ("52.1个百分点",))
MONEY = IssuedFigure("K09", "合同金额", Decimal("1.2"), "亿元", DAY)
LANDED = IssuedFigure("K11", "核实落地", 2, "个", DAY)
FIGURES = (SIGNED, DONE, PASSED, PACE, MONEY, LANDED)


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), (120, 150, 180)).save(buffer, "PNG")
    return buffer.getvalue()


TEXT: tuple[Block, ...] = (
    Heading(1, "总体情况"),
    Paragraph(
        (
            "截至11月20日，驻滨海市招商联络处累计签约", FigureSpan(SIGNED), "，完成年度任务30个的", FigureSpan(DONE),
            "，序时进度", FigureSpan(PASSED), "，慢", FigureSpan(PACE, text="52.1个百分点"), "；合同金额",
            FigureSpan(MONEY, new=True), "。",
        )
    ),
    Paragraph((Span("本周新增某某精密签约，拟投资3000万元。", new=True),)),
    Heading(1, "主要做法"),
    Heading(2, "抓线索"),
    Paragraph(("围绕生物医药、半导体新材料、绿色环保三个方向，走访“专精特新”企业，建立目标企业清单——逐家明确联系人和时限。",)),
    Heading(2, "抓落地"),
    Heading(3, "协调场地"),
    Paragraph(("已核实落地", FigureSpan(LANDED), "，另有项目正在装修。")),
    Heading(4, "时限"),
    Paragraph(("年底前完成设备进场。",)),
)  # fmt: skip
TABLE = Table(
    (Column("序号", 0.5, Align.CENTRE), Column("项目名称", 2), Column("投资金额", 1, Align.RIGHT), Column("进展", 2)),
    tuple((str(n), f"某某项目{n}号", (f"{n * 100}",), (Span("本周完成注册", new=n == 3),)) for n in range(1, 61)),
    caption="签约项目一览",
    unit_note="单位：万元",
)
COPIES = (Copies("报", ("云溪区领导", "区经科局")), Copies("送", ("各镇街", "区直有关单位")), Copies("发", ("各驻点",)))
HEAD = Masthead("飞地招商简报", "第12期", "云溪区驻滨海市招商联络处", "内部工作信息")
BOXES = SignBoxes((SignBox("核查人员（一）"), SignBox("核查人员（二）"), SignBox("镇街（园区）意见", seal=True),
                   SignBox("企业确认", seal=True), SignBox("主办方意见", seal=True)))  # fmt: skip
GRID = FieldGrid(
    (
        Field("项目名称", ("某某生物 POCT 诊断平台",), wide=True),
        Field("项目编号", ("YB-2026-017",)),
        Field("签约日期", ("2026-03-18",)),
        Field("注册地址", ("云溪区某某路 1 号",)),
        Field("参保人数", (FigureSpan(LANDED, text="0 人"),)),
        Field("现场情况", (), wide=True, row_mm=30),
    )
)


def _paper(kind: PaperKind, title: str, blocks: tuple[Block, ...], **more: object) -> Paper:
    return Paper(kind, title, blocks, dated=DAY, demonstration=True, **more)  # type: ignore[arg-type]


UNIT = "云溪区驻滨海市招商联络处"
PAPERS = {
    paper.kind: paper
    for paper in (
        _paper(PaperKind.BRIEFING, "关于2026年1—11月云溪区科创飞地招商工作情况的汇报", (*TEXT, TABLE), signature=UNIT,
               reference="a1b2c3d4", watermark="张三 1234 2026-11-20 16:00"),
        _paper(PaperKind.BRIEF_ONE_PAGE, "某某生物项目进展专报", TEXT[:3], signature=UNIT),
        _paper(PaperKind.REQUEST, "关于解决某某生物项目中试场地的请示", (*TEXT[3:6], Paragraph(("妥否，请批示。",))),
               addressees=("区经科局",), signature=UNIT, attachments=("场地需求表", "企业情况说明"), number="云驻〔2026〕12号",
               contact="张三，0000-00000000", copies=(Copies("抄送", ("区财政局",)),), printed_by=UNIT),
        _paper(PaperKind.LETTER, "关于协调某某生物环评手续的函", (*TEXT[3:6], Paragraph(("特此函达。",))),
               masthead=Masthead(UNIT), addressees=("市生态环境局云溪分局",), signature=UNIT, number="云驻函〔2026〕3号"),
        _paper(PaperKind.MINUTES, "2026年第4次联席会议纪要",
               (Labelled("时间", ("2026年11月18日上午9时",)), Labelled("地点", ("多功能会议室",)),
                Labelled("出席", ("张三（区经科局）、李四（招商联络处）、王五（孵化运营公司）、赵六（镇街）、钱七（人才工作站）、孙八（区财政局）",)),
                Heading(1, "议定事项"), *TEXT[5:6],
                Table((Column("事项", 3), Column("责任人"), Column("时限")), (("协调环评", "李四", "11月30日"),))),
               masthead=Masthead("联席会议纪要", "〔2026〕4号", UNIT), copies=COPIES[1:]),
        _paper(PaperKind.INSPECTION_REPORT, "赴滨海市考察某某精密的报告", (*TEXT[:3], Picture(picture(), 80, "车间（演示图片）")),
               signature=UNIT),
        _paper(PaperKind.SUMMARY, "2026年度工作总结", TEXT, signature=UNIT),
        _paper(PaperKind.BULLETIN, "本周招商工作动态", TEXT[:6], masthead=HEAD, copies=COPIES, print_count=30),
        _paper(PaperKind.VERIFICATION_SHEET, "项目落地核验表", (GRID, BOXES), number="编号：HY-2026-003"),
        _paper(PaperKind.REVIEW_SHEET, "入驻评审表", (GRID, Table((Column("评审项"), Column("权重"), Column("得分")),
               (("创新性", "30", ""), ("团队", "30", ""), ("合计", "100", "")), total=True), SignBoxes((SignBox("专家"),)))),
        _paper(PaperKind.SIGN_IN_SHEET, "“组团赴滨海”座谈会签到表",
               (Table(tuple(Column(t) for t in ("序号", "姓名", "单位", "职务", "电话", "签名")),
                      tuple((str(n), "", "", "", "", "") for n in range(1, 26)), row_mm=12),)),
        _paper(PaperKind.DATA_CONFIRMATION, "数据确认单（2026年11月）",
               (Table((Column("指标", 2), Column("数值", 1, Align.RIGHT), Column("口径", 3)),
                      (("累计签约", (FigureSpan(SIGNED),), "只计投资合同"), ("核实落地", (FigureSpan(LANDED),), "经核验"))),
                SignBoxes((SignBox("运营方负责人", seal=True), SignBox("科长签收"))))),
        _paper(PaperKind.RESULT_SHEET, "2026年度运营绩效结果单", (TABLE, Spacer(1), SignBoxes((SignBox("主办方", seal=True),))),
               landscape=True),
        _paper(PaperKind.HANDOVER_LIST, "交接清单", (TABLE, SignBoxes((SignBox("移交人"), SignBox("接收人"))))),
    )
}  # fmt: skip

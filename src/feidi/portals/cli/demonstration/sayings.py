"""What people say in the demonstration: sources, summaries, amounts. Pure data and draws from it."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from feidi.domain.pipeline.enums import InteractionKind
from feidi.engines.sheets import parse_money

SOURCES: Final = (
    "行业展会",
    "以商招商",
    "高校推荐",
    "路演活动",
    "园区转介",
    "自主开发",
    "商协会",
    "来电咨询",
    "投资机构推荐",
)
SOURCE_WEIGHTS: Final = (20, 16, 14, 12, 10, 14, 6, 5, 8)
REFERRERS: Final = ("滨海大学成果转化中心（虚构）", "滨海创投协会（虚构）", "前湾区商会（虚构）", "已入驻企业", "")
INVESTMENTS: Final = (
    "1200万元", "800万元", "3000万元", "2000-5000万元", "约1500万元", "数千万", "未透露", "5000万元以上", "600万元", "",
    "300万美元", "1.2亿元",
)  # fmt: skip
CALLS: Final = (
    "核实团队情况和融资进度，约下周再谈",
    "询问厂房层高、承重和环评要求，答应发资料",
    "介绍中心入驻条件，对方要先看场地",
    "对方负责人出差，改约月底",
    "讨论样品测试安排，由中心联系测试单位",
)
MESSAGES: Final = (
    "发送政策汇编和场地平面图",
    "对方发来项目计划书，补充设备清单",
    "转发孵化协议样本，待其法务意见",
    "确认来访名单和时间",
)
MEETINGS: Final = (
    "线上会议，技术负责人介绍样机进度，投资款年底前到位",
    "讨论注册地和研发地分设的安排，研发留在滨海、生产放在云溪",
    "三方会议，园区介绍厂房，企业提出层高不低于6米",
    "核对预计产值和用工，企业答应补一份测算表",
)
VISITS: Final = (
    "查看实验室和样机，现场演示测试",
    "查看中试线，核对设备清单和人员",
    "负责人带队来访，看孵化区和展厅",
)
PROBLEMS: Final = ("样机还没有第三方检测报告", "核心人员社保仍在原单位", "厂房层高不足", "对用电增容时间有顾虑", "")
NEXT_STEPS: Final = (
    "约定下次见面时间",
    "补关键信息表",
    "陪同看厂房",
    "请专家看技术路线",
    "发入驻协议样本",
    "请园区报价",
)
LOST: Final = (
    ("cost", "测算后物流和用工成本高于现址"),
    ("land", "合适的厂房半年内没有空出"),
    ("market", "主要客户转向外地，扩产暂停"),
    ("investor", "新一轮融资没有完成，扩张计划取消"),
    ("competitor_place", "选择了客户所在的城市"),
    ("talent", "核心工程师不愿异地"),
    ("policy", "希望的补贴方式本区没有依据"),
)
REJECTED: Final = (
    ("technology", "样机指标与宣传差距大，暂不跟进"),
    ("strength", "团队只有一人，没有资金来源"),
    ("environment", "工艺含电镀，园区不能准入"),
    ("untrue", "提供的合同无法核实"),
)


def source(random: Random) -> str:
    """Draw where a lead came from."""
    return random.choices(SOURCES, SOURCE_WEIGHTS)[0]


def saying(random: Random) -> tuple[InteractionKind, str]:
    """Draw a talk that is not a visit."""
    kind, words = random.choice(
        ((InteractionKind.CALL, CALLS), (InteractionKind.MESSAGE, MESSAGES), (InteractionKind.MEETING, MEETINGS))
    )
    return kind, random.choice(words)


def amount(prefix: str, text: str) -> dict[str, Any]:
    """Return the five columns of an amount as its text says; yuan where the text names no currency."""
    read, _findings = parse_money(text, currency_hint="CNY")
    return {
        f"{prefix}_text": read.text,
        f"{prefix}_lo_fen": read.lo_fen,
        f"{prefix}_hi_fen": read.hi_fen,
        f"{prefix}_currency": read.currency or "",
        f"{prefix}_approximate": read.approximate,
    }


def key_facts(random: Random) -> dict[str, Any]:
    """Draw the key facts form, complete."""
    output = random.choice(("800万元", "1200万元", "3000万元", "6000万元", "约2000万元"))
    return {
        "office_need": f"{random.choice((80, 120, 200, 300))}㎡",
        "land_need": random.choice(("无", "厂房1000㎡", "厂房2500㎡", "厂房600㎡，层高6米")),
        "coordination": random.choice(("无", "用电增容", "环评咨询", "人才子女入学咨询")),
        "team_size": random.randrange(3, 60),
        "tech_source": random.choice(("自主研发", "高校成果转化", "海外团队", "与企业联合研发")),
        **amount("planned_investment", random.choice(INVESTMENTS)),
        **amount("expected_output", output),
    }

"""The gallery: every component with invented content, so that a look is judged once and not on thirty pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from feidi.engines.findings import Finding, Level, Refusal
from feidi.engines.money import Money, MoneyText
from feidi.kernel.content.differences import line_differences
from feidi.portals.ui import forms as ui_forms
from feidi.portals.ui import pieces, tables
from feidi.portals.ui.flow_diagram import Flow, FlowDiagram
from feidi.portals.ui.requests import FeidiRequest

_COLUMNS = (
    pieces.Column("name", _("项目"), sortable=True, lead=True),
    pieces.Column("stage", _("阶段"), sortable=True),
    pieces.Column("amount", _("投资额"), sortable=True, numeric=True),
    pieces.Column("met_on", _("最近往来"), sortable=True),
    pieces.Column("officer", _("专员")),
    pieces.Column("note", _("备注"), shown=False),
)


class _Sample(ui_forms.Form):
    """One field of each look."""

    name = forms.CharField(label=_("单位名称"), help_text=_("边输入边查重，会说明为什么像。"))
    amount = forms.DecimalField(label=_("投资额（万元）"), required=False)
    kind = forms.ChoiceField(
        label=_("类别"),
        choices=[("firm", _("企业")), ("team", _("团队")), ("fund", _("基金"))],
        widget=forms.Select(attrs={"data-search": True}),
    )
    side = forms.ChoiceField(
        label=_("哪一侧"), choices=[("home", _("云溪侧")), ("host", _("滨海侧"))], widget=forms.RadioSelect
    )
    met_on = forms.DateField(label=_("往来日期"), widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label=_("已告知对方信息用途"), required=False)


class _Filters(ui_forms.Form):
    """Filters as a list page has them."""

    q = forms.CharField(label=_("名称"), required=False)
    stage = forms.ChoiceField(
        label=_("阶段"), required=False, choices=[("", _("全部")), ("lead", _("线索登记")), ("signed", _("签约"))]
    )


class _Upload(ui_forms.Form):
    """A ledger to import."""

    file = forms.FileField(label=_("台账文件"))


def _words(today: date) -> dict[str, Any]:
    badge = pieces.Badge
    return {
        "title": _("部件样例"),
        "subtitle": _("所有页面都由这些部件拼成；内容是虚构的。"),
        "crumbs": [pieces.Crumb(_("首页"), "/"), pieces.Crumb(_("部件样例"))],
        "badges": [badge(_("洽谈对接"), "info"), badge(_("期初（台账填报）"), "mark")],
        "copy_text": "【云溪测试】截至2026-11-20\n签约11个，完成年度任务36.7%，序时进度88.8%，慢52.1个百分点。",
        "tones": [
            badge(_("已核验"), "ok", "circle-check"),
            badge(_("待补"), "warn", "alert-triangle"),
            badge(_("已退回"), "bad", "alert-circle"),
            badge(_("洽谈对接"), "info"),
            badge(_("未报送"), "quiet", "", _("主办单位只看到数量")),
            badge(_("更正"), "mark"),
        ],
        "amounts": [
            Money(1_234_567_890_00),
            Money(1_200_0000_00, "USD"),
            Money(800_00),
            Money(35_000_000_00, None),
            MoneyText("不超过500万元", None, 500_0000_00, "CNY"),
            MoneyText("约1000-2000万", 1000_0000_00, 2000_0000_00, "CNY", approximate=True),
            MoneyText("数千万人民币"),
            None,
        ],
        "clocks": [
            _clock(_("首次联系"), due_on=today + timedelta(days=9)),
            _clock(_("考察安排"), due_on=today + timedelta(days=1), unconfirmed=True),
            _clock(_("研判"), due_on=today - timedelta(days=4)),
            _clock(_("云溪侧答复"), waiting_since=today - timedelta(days=5)),
            _clock(_("回访"), stopped=True),
        ],
    }


def _clock(label: Any, **facts: Any) -> dict[str, Any]:
    return {"label": label, "due_on": None, "waiting_since": None, "stopped": False, "unconfirmed": False, **facts}


#: A first answer to an application, as the domain gives it.
_FIRST_ANSWER = {
    "bench": {
        "truth": "no",
        "words": "本中心无湿实验条件",
        "note": "",
        "needs": [{"label": "湿实验台", "asked": "需要", "has": "没有"}],
    },
    "labs": [
        {
            "name": "前湾生物孵化器（演示）",
            "place": "前湾",
            "registration": "须为在滨海市注册的独立法人",
            "meets": ["湿实验台"],
            "unknown": [],
            "price": "价格没有登记",
        }
    ],
    "entities": [
        {
            "place": "滨海",
            "does": "研发、实验",
            "needed": "unknown",
            "words": "待定",
            "reasons": ["选用这家实验室时须注册"],
        },
        {"place": "云溪", "does": "生产、销售", "needed": "yes", "words": "需要", "reasons": ["证照要求在这一侧"]},
    ],
    "desk": "有空位 12（共 46）",
    "gives": ["工位"],
    "gives_not": ["湿实验台"],
    "costs": {
        "asked": True,
        "home": "云溪",
        "host": "前湾",
        "warnings": ["两边的数字年份不同"],
        "notes": ["前湾没有自己的私营单位平均工资，用的是上级地方的数字"],
        "lines": [
            {"label": "办公租金", "per": "每年", "home": "154,800元", "host": "356,160元", "difference": "201,360元"}
        ],
        "totals": [],
        "left_out": [],
    },
    "policies": {
        "as_of": "2026-11-23",
        "counts": {"eligible": 0, "unknown": 1, "not_eligible": 0, "left_out": 2},
        "eligible": [],
        "unknown": [{"title": "首次认定高企奖励（演示）", "missing": ["企业称号"]}],
        "not_eligible": [],
    },
    "caller": {"words": "张专员 会给您打电话", "phone": "0755-0000 0000"},
}


def _records(today: date, here: str) -> dict[str, Any]:
    row, entry = pieces.ChecklistRow, pieces.TimelineEntry
    return {
        "first_answer": _FIRST_ANSWER,
        "stats": [
            _stat(_("本周新增线索"), 6, _("条"), here, _("累计 127 条（1—11月）")),
            _stat(_("签约"), 11, _("个"), here, _("完成年度任务 36.7% · 序时进度 88.8% · 慢 52.1 个百分点"), "warn"),
            _stat(_("核实落地"), 2, _("个"), here, _("其中撤销 1 个另列")),
            _stat(_("签约金额"), Money(2_750_0000_00), "", here, _("只计首次签约的投资合同")),
        ],
        "checks": [
            row("yes", _("投资合同已上传")),
            row("no", _("缺 2 名核查人员的现场核查记录"), _("至少两人到场，填日期和照片"), here, _("登记核查")),
            row("unknown", _("合同金额的币种没有写明"), _("问企业后在协议里补上"), here),
            row("no", _("缺联系人"), "", here, "", _("王丽，2026-12-01 前")),
        ],
        "moments": [
            entry(today, _("电话沟通"), _("确认 12 月初来访，李博士等 3 人。"), "张三", "phone", "info"),
            entry(today - timedelta(days=13), _("来访"), "", "张三", "users", "quiet", here),
            entry(
                None, _("推进到“洽谈对接”"), "", "", "flag", "mark", "", [pieces.Badge(_("期初（台账填报）"), "mark")]
            ),
        ],
        "tabs": [
            pieces.Tab("notes", _("往来"), here, 12),
            pieces.Tab("evidence", _("证据"), here, 3),
            pieces.Tab("history", _("历史"), here),
        ],
        "pairs": [
            (_("统一社会信用代码"), "91999999MA00000000"),
            (_("注册资本"), Money(500_0000_00)),
            (_("成立日期"), None),
        ],
        "signatures": [
            pieces.Signature(_("核查人员"), "张三"),
            pieces.Signature(_("核查人员")),
            pieces.Signature(_("主办单位"), "", seal=True),
        ],
    }


def _stat(label: Any, value: Any, unit: Any, url: str, note: Any, tone: str = "") -> dict[str, Any]:
    return {"label": label, "value": value, "unit": unit, "url": url, "note": note, "tone": tone}


def _charts(here: str) -> list[dict[str, Any]]:
    stages = [_("线索登记"), _("考察尽调"), _("重点培育"), _("签约")]
    months = ["2026-08", "2026-09", "2026-10", "2026-11"]
    funnel = pieces.Chart(
        "funnel", _("项目漏斗"), stages, [pieces.Series(_("项目"), [104, 20, 6, 4])], _("个"), [here] * 4
    )
    lines = pieces.Chart(
        "line",
        _("完成率与序时进度"),
        months,
        [pieces.Series(_("完成率"), [20, 26.7, 33.3, 36.7]), pieces.Series(_("序时进度"), [66.7, 75, 83.3, 88.8])],
        "%",
    )
    bars = pieces.Chart("bar", _("每月新增线索"), months, [pieces.Series(_("线索"), [9, 12, None, 6])], _("条"))
    flow = pieces.Chart("flow", _("项目流向"), flows=[("滨海市", "云溪区", 11), ("海外", "滨海市", 3)], unit=_("个"))
    return [{"chart": each, "id": f"chart-{at}"} for at, each in enumerate([funnel, lines, bars, flow])]


def _flow_diagram(here: str) -> FlowDiagram:
    flows = [
        Flow(_("核验落地到位资金"), 500.0, "500万元", "there", here, "2"),
        Flow(_("投资"), 80.0, "80万元", "back", here, "1"),
    ]
    return FlowDiagram(_("资金（人民币）"), "滨海市", "云溪区", flows, "420万元")


def _lists(request: FeidiRequest, here: str) -> dict[str, Any]:
    act = pieces.Action(_("推进"), here, "arrow-up")
    table = tables.read_table(request.GET, _COLUMNS, default_sort="name", selectable=True)
    names = [
        ("云帆精密（虚构）", _("洽谈对接"), Money(1_200_0000_00)),
        ("青禾生物（虚构）", _("签约"), MoneyText("未透露")),
    ]
    rows = [
        pieces.Row(
            {"name": name, "stage": stage, "amount": amount, "met_on": request.today, "officer": "张三", "note": None},
            url=here,
            uid=f"sample{at}",
            actions=[act],
            badges=[pieces.Badge(_("待补"), "warn")] if at else [],
        )
        for at, (name, stage, amount) in enumerate(names)
    ]
    return {
        "table": table.with_rows(rows),
        "board_column": pieces.BoardColumn(
            "sample",
            _("洽谈对接"),
            1,
            [pieces.Card("sample", "云帆精密（虚构）", here, ["张三 · 2026-11-20"])],
            list_url=here,
        ),
        "actions": [act, pieces.Action(_("认领"), here, "user", post=True)],
        "page": tables.Page(rows, 1, 50, 2, exact=True, has_next=False),
        "long_page": tables.Page(rows, 3, 2, 1000, exact=False, has_next=True),
    }


@require_safe
def gallery(request: FeidiRequest) -> HttpResponse:
    """Show every component; with ``?name=…`` the sample form is checked, to see its errors."""
    here = request.path
    wrong = Refusal(
        "ui.example_refused",
        {"name": "云帆精密（虚构）", "stage": str(_("签约"))},
        (
            Finding(Level.PROBLEM, "ui.example_missing", {"what": str(_("投资合同扫描件"))}),
            Finding(Level.PROBLEM, "ui.example_missing", {"what": str(_("合同币种"))}, row=7, column=str(_("投资额"))),
        ),
    )
    words = {
        "here": here,
        "charts": _charts(here),
        "flow_diagram": _flow_diagram(here),
        "filters": _Filters(request.GET or None, auto_id="filter-%s"),
        "form": _Sample(request.GET if "name" in request.GET else QueryDict("name=&kind=firm&met_on=昨天")),
        "upload": _Upload(auto_id="upload-%s"),
        "refusal": wrong,
        "lines": line_differences("名额: 10\n金额: 30万元\n", "名额: 10\n金额: 50万元\n"),
        "steps": [
            pieces.Step("file", _("选文件"), here),
            pieces.Step("columns", _("对列"), here),
            pieces.Step("preview", _("预览")),
            pieces.Step("done", _("完成")),
        ],
        "jobs": [
            {"id": "job-1", "job": pieces.Job("done", _("导入 127 行"), 127, 127, _("新增 98，更新 21，疑似重复 5"))},
            {"id": "job-2", "job": pieces.Job("stopped", _("批量评估"), 40, 100, _("已停止，再做一次没有坏处"))},
        ],
        **_words(request.today),
        **_records(request.today, here),
        **_lists(request, here),
    }
    return render(request, "ui/gallery.html", words)

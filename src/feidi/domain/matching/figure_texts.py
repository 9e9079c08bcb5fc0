"""The words for the codes of industry tables, 共振点 and 遴选."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS: dict[str, Text] = {
    "matching.table_unreadable": Text(_("读不出“{name}”这个文件"), _("请另存为 xlsx 或 csv 再传；第一行写产业，第一列写地区")),
    "matching.table_faulty": Text(_("“{name}”有 {n} 处问题，没有存入"), _("按下面各条在原文件里改正后整份再传；没有写入任何一格")),
    "matching.table_zeros": Text(
        _("“{name}”有全是零的行或列，没有存入"), _("确实为零就勾选“全零的行列确实为零”；不知道的，请先向数据来源问清")
    ),
    "matching.table_total": Text(_("“{label}”是合计，不是地区或产业"), _("删去合计的行和列：合计会被当作一个产业重复计算")),
    "matching.table_known": Text(
        _("同样内容的文件已由{by}在 {at} 传过：{title}"), _("直接用那一份；那一份有误，先作废再传")
    ),
    "matching.table_needs": Text(_("没有写{field}"), _("每个数字都要能说出处：标题、来源、年份、单位、地区都要写")),
    "matching.table_year": Text(_("年份 {year} 不可用"), _("写统计数字所属的年份，1949 至 {now}")),
    "matching.table_long": Text(_("“{label}…”有 {n} 个字，超过 {limit} 个"), _("改短名称")),
    "matching.table_big": Text(_("表有 {n} 格，超过 {limit} 格"), _("合并到较粗的行业分类，或只留要比较的地区")),
    "matching.table_region": Text(_("表里没有“{region}”这个地区"), _("照表里的写法选一个：{regions}")),
    "matching.table_same_region": Text(_("主办地和所在地选了同一个地区（{region}）"), _("选两个不同的地区")),
    "matching.table_voided": Text(_("这份表已作废：{reason}"), _("刷新后再看")),
    "matching.table_changed": Text(_("这份表刚被别人改过"), _("刷新后再办")),
    "matching.flows_gone": Text(_("这份投入产出表已作废，或不属于这个驻点"), _("另选一份，或选“不用”")),
    "matching.void_needs_reason": Text(_("没有写作废原因"), _("写一句为什么作废；记录保留")),
    "matching.chance_which": Text(_("落地把握要么写几次中成几次，要么写估计"), _("两种只写一种；都不写就只存其他事实")),
    "matching.chance_cases": Text(_("{n} 次中成 {k} 次，对不上"), _("成的次数不能多于总次数，总次数至少 1")),
    "matching.chance_range": Text(_("估计 {lo} 至 {hi} 不可用"), _("写 0 至 100 之间的百分数，先小后大")),
    "matching.chance_note": Text(_("没有写依据"), _("写一句凭什么这样估计，或案例从哪里来；日后要能查")),
    "matching.chance_nothing": Text(_("没有写任何一项"), _("至少写一项：把握、面积或费用")),
    "matching.chance_stage": Text(_("{name} 不在评估或重点培育阶段"), _("推进到“项目评估”或“重点培育”后再列入遴选")),
    "matching.chance_amount": Text(_("“{value}”不能用作{field}"), _("写大于零的数；不知道就空着")),
}  # fmt: skip

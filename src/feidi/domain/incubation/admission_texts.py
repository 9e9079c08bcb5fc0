"""Texts of admission: what failed, with which value, how to fix it."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

ADMISSION_TEXTS: dict[str, Text] = {
    "incubation.content_fact": Text(
        _("{file} 第 {line} 行：问题 {question} 的事实 {value} 不在事实词典里"),
        _("改成词典里有的代码，或先在 facts.yaml 登记"),
    ),
    "incubation.answer_choice": Text(_("“{label}”不认识“{value}”"), _("从列出的几项里选")),
    "incubation.answer_number": Text(
        _("“{label}”看不懂“{value}”"), _("只写不小于零的数字，如 200 或 12.5；不知道就选“还不清楚”")
    ),
    "incubation.answer_date": Text(_("“{label}”看不懂“{value}”"), _("写成 2026-11-23 这样")),
    "incubation.answer_phone": Text(_("“{label}”不像电话号码：{value}"), _("写手机或带区号的座机")),
    "incubation.answer_long": Text(_("“{label}”太长了"), _("写短一些，详细的作为文件上传")),
    "incubation.answer_needed": Text(_("“{label}”还没有填")),
    "incubation.answers_unread": Text(_("有 {n} 项看不懂，其余已保存"), _("把下面各项改好再保存")),
    "incubation.application_incomplete": Text(_("还差 {n} 项必答的"), _("补上再提交；其余都可以答“还不清楚”")),
    "incubation.application_closed": Text(
        _("这个查询码打不开申请：可能不完整、已换新，或草稿已过期"), _("核对十六位查询码；找不到时请联系驻点")
    ),
    "incubation.track_mismatch": Text(_("受理号“{number}”和查询码对不上"), _("两样都在提交后的回执上，照着填")),
    "incubation.not_writable": Text(_("申请现在是“{state}”，不能再改"), _("要补充的，请告诉服务专员")),
    "incubation.question_unknown": Text(_("申请表里没有“{value}”这一题"), _("刷新页面再试")),
    "incubation.too_many_files": Text(_("最多传 {most} 个文件"), _("先撤下不要的，或合并成一个")),
    "incubation.too_often": Text(_("开始的申请太多了"), _("请过 {minutes} 分钟再试；已保存的草稿用查询码继续")),
    "incubation.looks_automatic": Text(_("没有收到：这次提交不像是人填的"), _("刷新页面，停几秒再点开始")),
    "incubation.consent_needed": Text(_("没有勾选同意"), _("读完说明，勾选后再开始")),
    "incubation.application_not_now": Text(
        _("{number} 现在是“{state}”，不能转到“{step}”"), _("能转到这一步的是：{begins}")
    ),
    "incubation.nothing_missing": Text(_("没有选要补正的项"), _("勾选要补的题目，写明差什么")),
    "incubation.asked_once": Text(
        _("{number} 已于 {on} 一次性告知过"), _("补正只告知一次；还缺的请服务专员电话商量，或在决定里写明")
    ),
    "incubation.other_outpost": Text(_("项目“{name}”不属于这个驻点"), _("选本驻点的项目，或新登记一个")),
    "incubation.answer_not_now": Text(_("申请现在是“{state}”，不再出具答复"), _("已给的答复仍可查看")),
    "incubation.caller_needed": Text(_("没有写谁给申请人打电话"), _("先指定服务专员")),
    "incubation.first_answer_needed": Text(_("{number} 还没有给第一次答复"), _("先出具答复页，再组织评审")),
    "incubation.judges_needed": Text(_("没有选评委"), _("至少选 {n} 位；与申请方有关的会自动回避")),
    "incubation.judge_twice": Text(_("{judge} 已在评委名单里"), _("选另一位")),
    "incubation.judge_tied": Text(_("{judge} 应当回避：{reason}"), _("登记回避，另请一位评委")),
    "incubation.judge_decides": Text(_("评过分的人不能作决定"), _("由没有参加评分的负责人决定")),
    "incubation.recused": Text(_("{judge} 已回避：{reason}"), _("另请一位评委")),
    "incubation.day_past": Text(_("日期 {value} 已经过去"), _("填今天或以后的日期")),
    "incubation.review_closed": Text(_("评审已于 {on} 结束"), _("要再评，重新组织一轮")),
    "incubation.scores_missing": Text(
        _("有效评分 {n} 份，至少要 {needed} 份"), _("催一催没评的，或另请评委；纸质评分表签字后可代录")
    ),
    "incubation.score_awaited": Text(_("还没评：{judge}")),
    "incubation.points_missing": Text(_("有 {n} 项没有分数或看不懂"), _("每项写 0—100，可到两位小数")),
    "incubation.points_unread": Text(_("“{label}”：“{value}”不是 0—100 的分数")),
    "incubation.score_by_judge": Text(
        _("分数要由 {judge} 本人打"), _("打印评分表请其签字，上传后即可代录（线下签署）")
    ),
    "incubation.reason_unknown": Text(_("没有“{value}”这个理由"), _("从列出的几项里选")),
    "incubation.judged_first": Text(_("申请现在是“{state}”，还没有评审"), _("先评审；初审不通过的可以直接写不予入驻")),
    "incubation.full": Text(_("没有空位了：共 {total}，已用 {taken}"), _("决定为“候补”，有空位时再转同意")),
    "incubation.decision_unsigned": Text(
        _("{number} 的审批表还没有签字盖章传回"), _("打印审批表，签字盖章后拍照上传，再确认")
    ),
    "incubation.notice_running": Text(_("公示到 {until} 才期满"), _("期满后再确认；有异议的先核实")),
    "incubation.nothing_decided": Text(_("申请现在是“{state}”，没有可以打印的"), _("先作决定")),
    "incubation.tenancy_agreement": Text(_("这里登记入驻协议，收到的是{kind}"), _("投资合同到项目页登记")),
    "incubation.accept_first": Text(_("申请还没有项目和服务专员"), _("先受理")),
}

"""Texts of tenancies, their ledger, reports, milestones, services, results, exits and statistics."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

_AGAIN = _("刷新页面，看现在的情况")
TENANCY_TEXTS: dict[str, Text] = {
    "incubation.voided": Text(_("这一条已经作废：{reason}"), _AGAIN),
    "incubation.reason_needed": Text(_("没有写原因"), _("写明原因，便于日后核对")),
    "incubation.day_to_come": Text(_("{on} 还没有到"), _("填已经发生的日期")),
    "incubation.currency_needed": Text(_("金额“{value}”没有写币种"), _("写明币种，如 3000元")),
    "incubation.currencies_differ": Text(
        _("两处币种不同：{rent} 与 {forgone}"), _("不同币种不能相加或抵扣，请分开登记")
    ),
    "incubation.amount_positive": Text(_("金额“{value}”不大于零"), _("写一个大于零的金额；登记错的用作废")),
    "incubation.term_order": Text(_("止 {ends_on} 早于起 {starts_on}"), _("核对起止日期")),
    "incubation.tenancy_unknown": Text(_("没有这份入驻，或者您无权查看"), _("从入驻列表进入")),
    "incubation.tenancy_over": Text(_("这份入驻已于 {ended_on} 结束"), _("不再变动；重新入驻请另行登记")),
    "incubation.no_unit": Text(_("没有选房间或工位"), _("至少选一个单元")),
    "incubation.startup_needs_project": Text(
        _("在孵企业的入驻要有招商项目"), _("先从项目页进入；本地企业研发点和服务机构请选相应的入驻类型")
    ),
    "incubation.no_paper": Text(_("没有入驻协议，也没有合同扫描件"), _("登记入驻协议，或上传双方签署的合同")),
    "incubation.not_a_tenancy_agreement": Text(_("所选的是{kind}，不是有效的入驻协议"), _("选入驻协议，或先登记一份")),
    "incubation.agreement_of_another_project": Text(_("这份协议不是该项目的"), _("选该项目名下的入驻协议")),
    "incubation.beyond_agreement": Text(
        _("入驻止 {ends_on} 晚于协议租期止 {term_to}"), _("改到协议租期之内；已续签的先登记新协议")
    ),
    "incubation.free_rent_needs_basis": Text(
        _("免租没有写全：免租要有每月金额、截止日期和依据"), _("写明依据（会议纪要或政策条款）和免到哪一天")
    ),
    "incubation.due_day": Text(_("每月 {value} 日不能作为缴费日"), _("填 1 到 28 之间的日子")),
    "incubation.day_outside_tenancy": Text(
        _("{on} 不在入驻期 {starts_on} 至 {ends_on} 之内"), _("改到入驻期之内，或先办续租")
    ),
    "incubation.renewal_paper_needed": Text(_("续租没有续签的文件"), _("上传双方签署的续租文件")),
    "incubation.renewal_not_later": Text(
        _("{asked} 不晚于现在的止期 {ends_on}"), _("续到更晚的一天；提前结束请走离驻")
    ),
    "incubation.terms_not_later": Text(
        _("{since} 不晚于现有条款的起日 {last}"), _("新条款从之后的一天起；登记错的先作废")
    ),
    "incubation.terms_already_charged": Text(
        _("{month} 的租金已经按原条款出账"), _("从还没有出账的月份起改，或先作废这些账单")
    ),
    "incubation.unit_left_before": Text(_("这个单元已于 {until} 退出"), _AGAIN),
    "incubation.rent_follows_terms": Text(_("租金由条款按月出账，不能手工加"), _("改租金请改条款")),
    "incubation.received_in_future": Text(_("到账日 {on} 还没有到"), _("填已经到账的日期")),
    "incubation.more_than_due": Text(_("{given} 多于尚欠的 {left}"), _("按尚欠金额登记；预收的另登一笔押金或其他")),
    "incubation.charge_has_receipts": Text(_("这笔账单已有到账记录，不能作废"), _("先作废到账记录")),
    "incubation.milestone_says_nothing": Text(_("没有写里程碑是什么"), _("写明要达到什么")),
    "incubation.milestone_too_early": Text(_("{due_on} 早于入驻日 {since}"), _("核对日期")),
    "incubation.milestone_reached": Text(_("已于 {on} 达成"), _("达成之后不再改动")),
    "incubation.answers_unreadable": Text(_("有 {n} 处填写看不懂，没有提交"), _("按下面每一条改好再交；已填的都在")),
    "incubation.not_asked": Text(_("本期没有问“{fact}”"), _AGAIN),
    "incubation.nothing_to_repeat": Text(_("此前没有已采信的填报，不能用“无变化”"), _("请填写本期情况")),
    "incubation.repeat_lacks": Text(_("本期多问了 {n} 项，不能用“无变化”"), _("请填写这几项")),
    "incubation.report_accepted": Text(_("{by} 已采信这份填报"), _("需要更正的，请在下期说明或联系孵化经理")),
    "incubation.report_not_submitted": Text(_("这份填报现在是“{state}”，没有待审的内容"), _AGAIN),
    "incubation.report_own_hands": Text(_("您自己代填的，不能由您采信"), _("请另一位同事审核")),
    "incubation.service_says_nothing": Text(_("没有写需要什么服务"), _("写一两句话")),
    "incubation.service_unknown": Text(_("服务目录里没有“{kind}”"), _("从列表里选")),
    "incubation.service_result_needed": Text(_("没有写办理结果"), _("写明办了什么，或为什么不能办")),
    "incubation.service_over": Text(_("这项服务已经是“{state}”"), _AGAIN),
    "incubation.service_not_over": Text(_("这项服务还是“{state}”，办完才能评分"), _("等办结之后再评")),
    "incubation.score_by_tenant_only": Text(_("评分由提出服务的企业来做"), _("请企业在自己的页面评分")),
    "incubation.scored_before": Text(_("这次服务已经评过（{score} 分）"), _("每次服务只评一次")),
    "incubation.score_range": Text(_("评分 {value} 不在 1 到 5 之间"), _("选 1 到 5")),
    "incubation.visit_says_nothing": Text(_("没有写走访情况"), _("写一两句话")),
    "incubation.outcome_says_nothing": Text(_("没有写成果是什么"), _("写明成果名称")),
    "incubation.outcome_own_hands": Text(_("这项成果是您登记的，不能由您审核"), _("请另一位同事审核")),
    "incubation.outcome_of_another": Text(_("入驻 {number} 不是该单位的"), _("选该单位自己的入驻")),
    "incubation.person_of_another": Text(_("这位不是本驻点登记的人员"), _("先登记人员")),
    "incubation.mentor_fields_needed": Text(_("没有写导师的领域"), _("写明能指导什么")),
    "incubation.mentor_already": Text(_("{name} 已是导师"), _AGAIN),
    "incubation.mentor_hour_ahead": Text(_("{at} 的时段已有企业预约"), _("先与企业商量退回，再结束")),
    "incubation.too_many_hours": Text(_("一次开放 {n} 个时段，最多 {most} 个"), _("分几次开放")),
    "incubation.hour_order": Text(_("{at} 的时段止不晚于起"), _("核对起止时间")),
    "incubation.hour_past": Text(_("{at} 已经过去"), _("选以后的时段")),
    "incubation.hour_clash": Text(_("{at} 与已开放的 {other} 重叠"), _("换一个时间")),
    "incubation.hour_topic_needed": Text(_("没有写想请教什么"), _("写一句话，导师好准备")),
    "incubation.hour_not_for_you": Text(_("这个时段不对该企业开放"), _("选本驻点导师的时段，且企业仍在驻")),
    "incubation.hour_taken": Text(_("{at} 已被预约"), _("换一个时段")),
    "incubation.hour_not_taken": Text(_("{at} 没有人预约"), _AGAIN),
    "incubation.hour_to_come": Text(_("{at} 还没有开始"), _("结束后再登记")),
    "incubation.name_needed": Text(_("没有写姓名"), _("写姓名；页面上默认遮盖")),
    "incubation.topic_needed": Text(_("没有写课题名称"), _("写明研发什么")),
    "incubation.not_a_research_post": Text(_("这是“{kind}”，不是研发点"), _("派驻人员和课题只登记在研发点")),
    "incubation.exit_asked_already": Text(_("已有一份离驻申请在办"), _("先办完或撤回那一份")),
    "incubation.exit_decided": Text(_("{by} 已于 {on} 作出决定"), _AGAIN),
    "incubation.exit_own_hands": Text(_("离驻是您提出的，不能由您决定"), _("请另一位有权的人决定")),
    "incubation.exit_lacks": Text(_("还有 {n} 项没有了结"), _("逐项了结，或写明为什么仍然决定")),
    "incubation.exit_money_open": Text(_("尚欠 {amount}"), _("结清或在决定里写明如何处理")),
    "incubation.exit_item_open": Text(_("“{zh}”没有办"), _("办好后在清单上打勾")),
    "incubation.graduation_no": Text(_("按毕业条件不符合：{words}"), _("条件达到后再申请，或写明特批的理由")),
    "incubation.graduation_unknown": Text(_("毕业条件待核实：{words}"), _("补齐缺的事实")),
    "incubation.removal_paper_needed": Text(_("清退没有签署的决定"), _("上传签字盖章的决定")),
    "incubation.checklist_unknown": Text(_("清单里没有“{code}”"), _AGAIN),
    "incubation.which_outpost": Text(_("要一个驻点，找到 {n} 个（{code}）"), _("用 --outpost 写明驻点编码")),
    "incubation.year_out_of_range": Text(_("没有 {year} 年的统计"), _("填 {first} 年到今年之间的年份")),
    "incubation.year_not_over": Text(_("{year} 年还没有过完"), _("过完之后再定稿")),
    "incubation.year_frozen": Text(_("{year} 年已由 {by} 定稿"), _("上报后有更正的，先写明原因作废原稿")),
    "incubation.figure_negative": Text(_("“{code}”填了 {value}，小于零"), _("核对数字")),
    "incubation.figure_not_typed": Text(_("“{code}”由台账算出，不能手填"), _("改台账里的记录")),
    "incubation.statistics_part_above_whole": Text(
        _("表内关系不成立：“{part}” {a} 大于“{whole}” {b}"), _("核对这两个数再定稿")
    ),
    "incubation.lab_says_nothing": Text(
        _("没有写全：{lacks}"), _("实验室名、能做什么和来源都要写；不知道的价格、等级、天数空着")
    ),
    "incubation.lab_currency_needed": Text(_("价格 {value} 没有写币种"), _("写明币种，如 800元；没有问到价格就空着")),
    "incubation.lab_of_another": Text(_("这个实验室不在该单位所在驻点的名录里"), _("从本驻点的名录里选")),
    "incubation.lab_not_open": Text(
        _("“{lab}”的开放对象是：{open_to}；该单位是：{kind}"), _("换一个对该单位开放的实验室，或先与实验室商定再改名录")
    ),
    "incubation.lab_level_low": Text(
        _("“{lab}”登记的是 {has}，这次要 {wanted}"), _("换一个等级够的实验室；名录写错了的先改名录")
    ),
    "incubation.lab_purpose_needed": Text(_("没有写要做什么"), _("写一句：要测什么、用什么样品")),
    "incubation.lab_not_now": Text(_("这次使用现在是“{state}”，不能{step}"), _AGAIN),
    "incubation.lab_answer_needed": Text(_("不同意要写明为什么"), _("写一句，企业好去找别家")),
    "incubation.lab_sample_needed": Text(_("没有写送的是什么样品"), _("写明样品和数量")),
    "incubation.lab_result_needed": Text(_("没有写结果"), _("写一句结果；报告可以作附件")),
    "incubation.lab_day_before": Text(_("{on} 早于上一步的 {before}"), _("核对日期")),
    "incubation.lab_fee_nothing": Text(_("费用为零，不用出账"), _("去掉“计入企业应付”，或写明金额")),
    "incubation.signal_report_missing": Text(_("{n} 期未填报，最早应于 {since}"), _("联系企业填报")),
    "incubation.signal_rent_late": Text(_("欠 {amount}，自 {since} 起"), _("联系企业并登记到账")),
    "incubation.signal_insured_falling": Text(_("参保人数由 {before} 降到 {now}"), _("走访了解原因")),
    "incubation.signal_milestone_late": Text(_("“{title}”应于 {since} 达成"), _("了解进展，改期要写原因")),
    "incubation.signal_cash_short": Text(_("现金只够 {months} 个月（线：{least} 个月）"), _("了解融资安排")),
    "incubation.signal_not_seen": Text(_("{days} 天没有走访（上次 {since}）"), _("安排一次走访")),
}

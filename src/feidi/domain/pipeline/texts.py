"""The words for the codes of the pipeline and of the stage engine."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "stages.refused": Text(_("不能进入该阶段：还差 {n} 项")),
    "stages.not_used_here": Text(_("本区的阶段表里没有“{stage}”"), _("可用阶段见 enclave/stages.yaml")),
    "stages.track_not_open": Text(_("“签约”之后才能办理驻点或落地阶段"), _("先完成签约")),
    "stages.already_there": Text(_("项目已经在这个阶段（可能刚被他人推进）"), _("刷新页面看最新状态")),
    "stages.track_ended": Text(_("项目已退出驻点，不能再推进"), _("如需恢复，请运营方负责人说明原因后强制调整")),
    "stages.backwards": Text(_("不能倒退：{from} → {to}"), _("确需更正，由运营方负责人写明原因强制调整，并留痕")),
    "stages.left_before_entered": Text(_("项目还没有进入驻点，谈不上退出"), _("先办理入驻")),
    "stages.skips": Text(_("不能跳过阶段：{skipped}"), _("按顺序推进；确需跳过，由运营方负责人写明原因强制推进")),
    "stages.role_needed": Text(_("您的角色不能办理这一步（可办理：{roles}）"), _("请有权限的同事办理")),
    "stages.guard_unknown": Text(_("还差：{label}（尚未填写）"), _("{fix}")),
    "stages.guard_not_met": Text(_("还差：{label}（现有 {have}，需要 {need}）"), _("{fix}")),
    "pipeline.project_unknown": Text(_("没有这个项目，或您无权查看"), _("核对项目编号")),
    "pipeline.name_needed": Text(_("项目名称是空的"), _("填写项目名称")),
    "pipeline.sponsor_needed": Text(_("投资方/团队是空的"), _("填写单位全称；没有注册的团队写团队名称")),
    "pipeline.changed_meanwhile": Text(
        _("{who} 在您打开之后改过这个项目"), _("您填写的还在；看过标出的几处再保存，就以您的为准")
    ),
    "pipeline.duplicate": Text(
        _("本驻点已有同名项目：{code} {name}（投资方：{sponsor}）"),
        _("打开该项目继续登记；确属不同项目，勾选“不是同一项目”并说明"),
    ),
    "pipeline.date_in_future": Text(_("日期 {value} 还没有到"), _("填写实际发生的日期")),
    "pipeline.date_unclear": Text(_("看不懂日期“{value}”"), _("写成 2026-11-23 这样")),
    "pipeline.date_before_log": Text(
        _("发生日期 {value} 早于上一阶段的日期 {last}"), _("核对日期；上一阶段日期有误请先更正")
    ),
    "pipeline.backdate_reason": Text(
        _("发生日期早于登记日 {days} 个工作日，超过 {allowed} 个工作日"), _("写明补登原因")
    ),
    "pipeline.reason_needed": Text(_("没有写原因"), _("写明原因，便于日后核对")),
    "pipeline.waive_not_possible": Text(
        _("“{label}”不能以待补通过"), _("商务谈判起的条件、签约、核验和资金一律不能待补")
    ),
    "pipeline.waive_incomplete": Text(_("待补“{label}”要写明由谁、何时补齐"), _("填写责任人和日期")),
    "pipeline.condition_open": Text(_("项目已处于“{condition}”"), _("先结束当前状态")),
    "pipeline.condition_none": Text(_("项目没有处于任何状态"), _("刷新页面")),
    "pipeline.condition_unknown": Text(_("没有状态“{condition}”"), _("可用：{known}")),
    "pipeline.submission_empty": Text(_("没有选任何项目"), _("至少勾选一个要报送的项目")),
    "pipeline.submission_strangers": Text(
        _("这些项目不能随本批报送：{codes}"), _("它们属于别的驻点或已作废；取消勾选后再报送")
    ),
    "pipeline.submission_plaque": Text(
        _("这些项目没有归到“{plaque}”：{codes}"), _("先在项目里归到这块牌子，或取消勾选后再报送")
    ),
    "pipeline.submission_days": Text(_("报送期间 {since} 至 {until} 前后颠倒"), _("核对起止日期")),
    "pipeline.people_needed": Text(_("走访、来访、接待或外出招商没有写参加人"), _("写明双方参加人")),
    "pipeline.impression_range": Text(_("印象是 1 到 5，不能是 {value}"), _("1 差、5 很好；没有问就空着")),
    "pipeline.concern_unknown": Text(_("顾虑类别“{value}”不在内容里"), _("可用：{known}")),
    "pipeline.scan_needed": Text(_("没有上传协议扫描件"), _("上传已签署协议的扫描件或照片")),
    "pipeline.currency_needed": Text(_("金额“{value}”没有写币种"), _("写明币种，如 500万元、20万美元；不默认为人民币")),
    "pipeline.amount_unclear": Text(_("金额“{value}”看不出确数"), _("写成如“3000万元”；确无确数可留空并在备注说明")),
    "pipeline.landing_incomplete": Text(_("落地材料还不齐，不能提交核验")),
    "pipeline.landing_missing": Text(_("还差：{label}"), _("提交{label}")),
    "pipeline.landing_not_accepted": Text(_("{label}：需要采信 {need} 份，已采信 {have} 份"), _("逐件采信或退回")),
    "pipeline.landing_state": Text(_("核验单现在是“{state}”，不能做这一步"), _("刷新页面看最新状态")),
    "pipeline.landing_not_registered": Text(_("项目落地轨道还没有到“注册落户”"), _("运营方先把落地轨道推进到注册落户")),
    "pipeline.landing_own": Text(_("不能核验自己经手的落地"), _("请另一位核验员办理")),
    "pipeline.own_anonymous": Text(_("没有登录")),
    "pipeline.own_submitter": Text(_("您是提交人")),
    "pipeline.own_owner": Text(_("您是项目责任人")),
    "pipeline.own_operator": Text(_("您是运营单位人员")),
    "pipeline.own_evidence": Text(_("您提交过其中的证据")),
    "pipeline.landing_visit_persons": Text(
        _("现场核查须至少两人，记录里只有 {have} 人"), _("退回该项，请写明全部核查人员")
    ),
    "pipeline.landing_refused": Text(_("现在还不能核验通过：{n} 项不满足")),
    "pipeline.landing_closed": Text(_("该项目的落地已经核验，不能再改证据"), _("如有问题，由核验方撤销后重新提交")),
    "pipeline.field_changed": Text(_("{who} 已改为“{value}”")),
    "pipeline.voided_already": Text(_("项目已经作废：{reason}"), _("如需恢复，由运营方负责人办理")),
    "pipeline.void_not_empty": Text(_("项目上还有 {n} 份协议或已核验的落地，不能作废"), _("先作废协议或撤销核验")),
    "pipeline.not_voided": Text(_("项目没有作废"), _("刷新页面")),
    "pipeline.gap_unknown": Text(_("没有这条待补"), _("刷新页面")),
    "pipeline.signal_insured_zero": Text(_("参保人数为 0：可能是空壳"), _("现场核实人员与社保")),
    "pipeline.signal_insured_unknown": Text(_("参保人数未知"), _("向企业核实参保人数和月份")),
    "pipeline.signal_paid_in_unknown": Text(_("实缴资本未知（注册资本不算）"), _("查验资报告或银行回单")),
    "pipeline.signal_paid_in_zero": Text(_("实缴资本为 0"), _("查验资报告或银行回单")),
    "pipeline.signal_invoices_unknown": Text(_("开票月份数未知"), _("向企业核实")),
    "pipeline.signal_invoices_zero": Text(_("还没有开过票"), _("现场核实是否经营")),
    "pipeline.signal_shared_address": Text(_("与 {n} 家单位同址：{names}"), _("现场核实是否挂靠地址")),
    "pipeline.signal_shared_address_unnamed": Text(_("与 {n} 家单位同址"), _("现场核实是否挂靠地址")),
    "pipeline.signal_shared_phone_unnamed": Text(_("与 {n} 家单位同一联系电话"), _("核实是否代办")),
    "pipeline.signal_shared_phone": Text(_("与 {n} 家单位同一联系电话：{names}"), _("核实是否代办")),
}

"""The words for every code this app refuses or remarks with."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS: Final = {
    "content.alias": Text(
        _("{file} 第{line}行：用了 YAML 的引用（& 或 *），本系统不接受"), _("把被引用的内容原样写在这里")
    ),
    "content.circle": Text(_("{file} 第{line}行：上级绕成了圈：{circle}"), _("改正其中一处 parent")),
    "content.csv_width": Text(
        _("{file} 第{line}行：有{found}格，表头有{expected}格"), _("补齐或删去多余的逗号；含逗号的文字加引号")
    ),
    "content.demonstration_unsaid": Text(
        _("{file} 第{line}行：虚构地方的文件没有写明是演示"), _("在 source 中写上“演示”")
    ),
    "content.empty_file": Text(_("{file}：文件是空的"), _("写入内容，或删除文件")),
    "content.empty_text": Text(_("{file} 第{line}行 {key}：是空的文字"), _("填写内容；不知道就写 null（允许时）")),
    "content.export_not_empty": Text(_("文件夹 {path} 里已有文件，没有导出"), _("换一个空文件夹")),
    "content.file_not_known": Text(
        _("{file}：没有这个文件的格式，系统不会读它"), _("对照 docs/content.md 的文件清单改名；说明文字请用 .md")
    ),
    "content.file_unknown": Text(_("{place} 及其上级都没有已发布的 {path}"), _("先载入内容：feidi content load")),
    "content.key_missing": Text(_("{file} 第{line}行 {key}：缺少 {name}"), _("补一行：{name}: {example}")),
    "content.key_not_text": Text(_("{file} 第{line}行：名称不是文字"), _("名称写成普通文字，如 code: …")),
    "content.key_twice": Text(
        _("{file} 第{line}行：{key} 写了两次（第一次在第{first}行）"), _("留下一处；重复的名称会悄悄丢掉内容")
    ),
    "content.key_unknown": Text(_("{file} 第{line}行 {key}：没有名为 {name} 的项"), _("可用的项：{allowed}")),
    "content.may_not_approve": Text(
        _("{who} 没有复核 {place} 内容的权限，没有发布"), _("请主办单位或管理员（权限 content.approve）复核")
    ),
    "content.may_not_propose": Text(
        _("{who} 没有起草 {place} 内容的权限"), _("请运营方负责人、主办单位或管理员（权限 content.propose）起草")
    ),
    "content.proposal_changes_nothing": Text(_("{file} 与已发布的文本一字不差"), _("改动后再提交")),
    "content.proposal_decided": Text(_("这份草稿已有结论：{state}（{who}）"), _("需要再改时，另起一份草稿")),
    "content.proposal_of_another": Text(_("这份草稿是 {who} 的，只能由本人撤回"), _("请起草人撤回，或由复核人退回")),
    "content.proposal_open_already": Text(
        _("{file} 已有一份待复核的草稿（{who}）"), _("等它有结论，或请起草人撤回后再提交")
    ),
    "content.proposal_unusable": Text(_("{file} 有{n}处问题，没有提交"), _("逐条改正后再提交")),
    "content.proposal_without_note": Text(_("没有写明为什么改"), _("写一句修改说明，复核人要看")),
    "content.proposer_decides": Text(
        _("这份草稿由 {who} 起草，起草人不能复核自己的草稿"), _("请另一位有复核权限的同事办理")
    ),
    "content.published_meanwhile": Text(
        _("{file} 在您起草之后已有新的版本发布"), _("打开最新版本，把改动重新写上去再提交")
    ),
    "content.return_without_reason": Text(_("没有写退回的原因"), _("写明哪里要改，起草人要看")),
    "content.may_not_publish": Text(_("{who} 没有发布内容的权限，没有载入"), _("请管理员（权限 content.publish）载入")),
    "content.no_folder": Text(_("没有文件夹 {path}"), _("检查路径，或设置 FEIDI_CONTENT")),
    "content.no_place_file": Text(_("{file}：这个文件夹缺少 place.yaml"), _("照 docs/content.md 写一份 place.yaml")),
    "content.not_csv": Text(_("{file} 第{line}行：不是可读的 CSV：{why}"), _("检查引号是否成对")),
    "content.not_in_list": Text(_("{file} 第{line}行 {key}：不认识“{value}”"), _("可用：{allowed}")),
    "content.not_plain_text": Text(_("{file}：文件开头有 BOM 或含空字符"), _("用编辑器另存为不带 BOM 的 UTF-8")),
    "content.not_utf8": Text(_("{file} 第{line}行：不是 UTF-8 文字"), _("用编辑器另存为 UTF-8")),
    "content.not_yaml": Text(_("{file} 第{line}行：不是可读的 YAML：{why}"), _("检查缩进、冒号后的空格和括号")),
    "content.out_of_range": Text(_("{file} 第{line}行 {key}：{value} 超出范围"), _("应在 {low} 与 {high} 之间")),
    "content.parent_unknown": Text(
        _("{file} 第{line}行：上级 {parent} 没有文件夹"), _("改正代码，或先写上级的 place.yaml")
    ),
    "content.pattern": Text(_("{file} 第{line}行 {key}：“{value}”写法不对"), _("例如：{example}")),
    "content.place_circle": Text(_("地方 {place} 的上级绕成了圈"), _("改正 place.yaml 的 parent 后重新载入")),
    "content.place_code": Text(_("{file} 第{line}行：代码 {found} 与文件夹名不同"), _("code 写成与文件夹同名")),
    "content.place_not_in_folder": Text(_("{path} 里没有地方 {place}"), _("检查 --place 的代码")),
    "content.place_unknown": Text(_("没有已发布的地方 {place}"), _("先载入：feidi content load --place {place}")),
    "content.too_deep": Text(_("{file} 第{line}行：层次超过 {limit} 层"), _("减少嵌套")),
    "content.too_few": Text(_("{file} 第{line}行 {key}：有{found}项，至少要{low}项"), _("补足")),
    "content.too_long": Text(_("{file}：文件超过 {limit} 字"), _("拆成几个文件")),
    "content.twice": Text(_("{file} 第{line}行 {key}：“{value}”出现了两次"), _("改成不同的代码或写法")),
    "content.unusable": Text(
        _("{path} 有{n}处问题，没有载入任何文件"), _("逐条改正后再载入；feidi content check 可随时检查")
    ),
    "content.not_text": Text(_("{file} 第{line}行 {key}：写的是“{found}”，这里要文字"), _("例如：{example}")),
    "content.not_integer": Text(_("{file} 第{line}行 {key}：写的是“{found}”，这里要整数"), _("例如：{example}")),
    "content.not_number": Text(_("{file} 第{line}行 {key}：写的是“{found}”，这里要数字"), _("例如：{example}")),
    "content.not_boolean": Text(
        _("{file} 第{line}行 {key}：写的是“{found}”，这里要true 或 false"), _("例如：{example}")
    ),
    "content.not_date": Text(_("{file} 第{line}行 {key}：写的是“{found}”，这里要日期"), _("例如：{example}")),
    "content.not_label": Text(_("{file} 第{line}行 {key}：写的是“{found}”，这里要中英文名称"), _("例如：{example}")),
    "content.not_list": Text(_("{file} 第{line}行 {key}：写的是“{found}”，这里要列表"), _("例如：{example}")),
    "content.not_table": Text(_("{file} 第{line}行 {key}：写的是“{found}”，这里要代码表"), _("例如：{example}")),
    "content.not_record": Text(_("{file} 第{line}行 {key}：写的是“{found}”，这里要一组项"), _("例如：{example}")),
}

"""Texts of showcase."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS: dict[str, Text] = {
    "showcase.needs_a_person": Text(_("发布内容要由有账号的人起草"), _("登录后再操作")),
    "showcase.reason_needed": Text(_("没有写原因"), _("写一句为什么；记录会保留")),
    "showcase.title_needed": Text(_("没有写中文标题或名称"), _("写上中文标题；英文可以以后补")),
    "showcase.text_too_long": Text(_("文字太长：{found} 字，最多 {most} 字"), _("请删减后再保存")),
    "showcase.active_text": Text(
        _("文字里有网页程序“{part}”，不收"), _("只写文字；要链接请写成 [文字](https://…)，要小标题用 ## 开头")
    ),
    "showcase.link_not_web": Text(_("“{value}”不是网页地址"), _("以 https:// 开头；没有就空着")),
    "showcase.released_by_owner": Text(
        _("单位、项目、产品由所有方公开，不能由本驻点代写"), _("请所有方在“公开展示”里勾选字段，再由本驻点发布")
    ),
    "showcase.nothing_released": Text(_("{what} 的所有方没有公开任何内容"), _("请所有方先勾选要公开的字段")),
    "showcase.name_not_released": Text(
        _("{what} 的名称没有公开或被保留"), _("名称不公开就不能展示；取消保留，或请所有方公开名称")
    ),
    "showcase.release_without_name": Text(_("没有勾选名称"), _("公开任何内容都要先公开名称")),
    "showcase.field_empty": Text(_("勾选了“{field}”，却没有内容"), _("填上内容，或取消勾选")),
    "showcase.not_yours": Text(_("这不是您单位的资料"), _("只有所有方自己能公开；请联系该单位的管理员")),
    "showcase.outpost_unknown": Text(_("{outpost} 没有登记您的单位"), _("请先联系驻点登记")),
    "showcase.taken_up": Text(_("{what} 已有发布记录"), _("打开那一条，再写新的一版")),
    "showcase.draft_there": Text(_("{what} 已有一版在写或待审"), _("先把那一版写完或放弃")),
    "showcase.not_a_draft": Text(_("这一版现在是“{state}”，不能改"), _("要改已发布的内容，请写新的一版")),
    "showcase.not_in_state": Text(_("这一版现在是“{state}”，要先是“{needed}”"), _("刷新后再看现在的状态")),
    "showcase.own_writing": Text(_("自己写的不能自己发布"), _("请另一位有发布权限的同事审核")),
    "showcase.nothing_public": Text(_("{what} 没有公开的内容"), _("刷新后再看")),
    "showcase.pdf_for_picture": Text(_("“{name}”其实是 PDF，不是图片"), _("请截图或另存为 JPG、PNG 后上传")),
    "showcase.not_a_picture": Text(_("“{name}”不是可用的图片"), _("可收 JPG、PNG、WebP；HEIC 请另存为 JPG")),
    "showcase.picture_pixels": Text(
        _("图片“{name}”有 {found} 百万像素，最多 {most} 百万像素"), _("请缩小尺寸后上传；网页只用到 1600 像素宽")
    ),
    "showcase.exhibit_elsewhere": Text(_("“{what}”不是本展厅的展品"), _("从列出的展品里选")),
    "showcase.stop_says_nothing": Text(_("有一站没有写看什么"), _("每站写一句")),
    "showcase.delegation_needed": Text(_("没有写来访单位或团名"), _("写来访的是谁")),
    "showcase.visit_order": Text(_("结束时间不晚于开始时间"), _("核对两个时间")),
    "showcase.guide_busy": Text(_("{who} 那时要接待“{what}”"), _("换一位讲解，或改时间")),
    "showcase.visit_over": Text(_("这次来访现在是“{state}”"), _("刷新后再看")),
    "showcase.visit_to_come": Text(_("来访还没有开始（{at}）"), _("接待完再登记结果")),
    "showcase.result_needed": Text(_("没有写接待结果"), _("写一句来了谁、看了什么、谈了什么")),
    "showcase.contact_gone": Text(_("联系方式已按期删除或没有留"), _("只能从来往记录里找")),
    "showcase.inquiry_says_nothing": Text(_("没有写内容"), _("写几句您想找什么、问什么")),
    "showcase.inquiry_name": Text(_("没有写怎么称呼您"), _("写姓名或称呼")),
    "showcase.inquiry_contact": Text(_("没有写联系方式"), _("写电话、微信或邮箱中的一种")),
    "showcase.consent_needed": Text(_("没有勾选同意"), _("读完说明，勾选后再提交")),
    "showcase.visit_when": Text(_("没有写哪天来，或看不懂"), _("选日期和时间")),
    "showcase.hour_is_over": Text(_("选的时间已经过去"), _("选以后的时间")),
    "showcase.too_many_inquiries": Text(_("今天从这里已经发来 {most} 条"), _("请明天再发，或直接打电话")),
    "showcase.too_many_checkups": Text(_("一小时内体检次数太多（{most} 次）"), _("请过一会儿再试，或联系驻点")),
    "showcase.answer_needed": Text(_("没有写怎么答复的"), _("写一句答复了什么，或为什么不办")),
    "showcase.inquiry_ended": Text(_("这一条已经是“{state}”"), _("刷新后再看")),
    "showcase.media_says_what": Text(_("没有写媒体或标题"), _("两样都写上")),
    "showcase.media_known": Text(_("这个链接已经登记过：{link}"), _("打开那一条；转载请写转载的链接")),
    "showcase.media_no_link": Text(_("没有链接，不能列在网站上"), _("转载是链接，不是复制；先补上链接")),
    "showcase.date_in_future": Text(_("{value} 还没有到"), _("写今天或以前的日期")),
    "showcase.content_address": Text(
        _("{file} 第 {line} 行：驻点代码“{value}”已是别的公开页面的地址"), _("换一个驻点代码")
    ),
}

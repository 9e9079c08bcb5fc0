"""Closed lists of the imports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BatchState(TextChoices):
    """Where an import stands."""

    UPLOADED = "uploaded", _("已上传")
    MAPPED = "mapped", _("已对应列")
    STAGING = "staging", _("读取中")
    PREVIEWED = "previewed", _("待确认")
    COMMITTING = "committing", _("写入中")
    COMMITTED = "committed", _("已导入")
    UNDONE = "undone", _("已撤销")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


class RowState(TextChoices):
    """What a row of the file would do, or did."""

    NEW = "new", _("新增")
    UPDATED = "updated", _("更新")
    UNCHANGED = "unchanged", _("无变化")
    SUSPECTED = "suspected", _("疑似重复")
    REFUSED = "refused", _("未导入")


class Decision(TextChoices):
    """What a person decided about a suspected duplicate."""

    CREATE = "create", _("作为新项目")
    UPDATE = "update", _("更新已有项目")
    SKIP = "skip", _("跳过")

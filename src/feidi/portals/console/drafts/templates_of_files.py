"""The first text of a file that nobody has written yet: a policy with every key to be filled in, a playbook as a copy."""

from __future__ import annotations

import re
from datetime import date

from feidi.kernel.content.checking import schema_path
from feidi.kernel.content.library import library
from feidi.kernel.content.proposing import published_text

_POLICY = """\
valid_from: {today}          # 这份编码从哪天起用（不是政策本身的有效期）
source: {source}             # 在哪里看到的原文
document:
  title: 政策名称
  number: null               # 文号；没看到写 null
  issued: null               # 2025-06-09、2025-06、2025 或 null
  issuer: null
  url: null
  grade: C                   # 可信度：A 官网 B 官方文本转载 C 咨询或镜像 D 征求意见稿
clauses:
  - 代码: {code}-01
    名称: 条款名称
    对象: 企业                # 企业 | 项目 | 人员 | 团队 | 引荐
    方式: 核准                # 核准 | 评审 | 一事一议 | 免申即享
    效力: {{状态: 待核实, 自: null, 至: null, 说明: 原文未见有效期}}
    依据: {{条: null, 原文: null, 所见: 节选}}
    待遇: 用一句话写明给什么
    条件:
      全部:
        - 人工核定: 请写条件
    金额: {{未见: 原文未载明金额}}
"""


def first_text(path: str, place: str, today: date) -> str:
    """Return a skeleton for a new policy; nothing for other files."""
    if not path.startswith("policies/") or path.endswith(".cases.yaml"):
        return ""
    invented = bool(library().place(place).get("demonstration"))
    code = "".join(part[0] for part in path.removeprefix("policies/").removesuffix(".yaml").split("-") if part)
    source = "演示：虚构" if invented else "写明网址或纸件出处"
    return _POLICY.format(today=today.isoformat(), source=source, code=code.upper() or "X")


def copied_text(source: str, path: str, place: str, today: date) -> str:
    """Return the published file ``source`` (``cn/enclave/playbooks/x.yaml``) as the first text of another of its kind.

    It holds from today; in an invented place its source says so. "" where there is nothing to copy, or of another kind.
    """
    from_place, _slash, from_path = source.partition("/")
    if schema_path(from_path) is None or schema_path(from_path) != schema_path(path):
        return ""
    text = re.sub(
        r"^valid_from: .*$",
        f"valid_from: {today.isoformat()}",
        published_text(from_place, from_path),
        flags=re.MULTILINE,
    )
    invented = bool(library().place(place).get("demonstration"))
    return re.sub(r"^source: (?!演示)", "source: 演示：", text, flags=re.MULTILINE) if invented else text

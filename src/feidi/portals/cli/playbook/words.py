"""What is wrong with a file, in words without Django: the engine's own remarks, and those of the reader and the schema."""

from __future__ import annotations

from typing import Any, Final

from feidi.engines.findings import Finding
from feidi.engines.playbooks.codes import parts_of

_EXAMPLE: Final = "例如：{example}"
#: The reader's and the schema's remarks; ``content.texts`` has the same for the pages, in both languages.
_OF_FILES: Final = {
    "content.alias": ("用了 YAML 的引用（& 或 *）", "把被引用的内容原样写在这里"),
    "content.empty_file": ("文件是空的", "写入内容，或删除文件"),
    "content.empty_text": ("{key}：是空的文字", "填写内容"),
    "content.key_missing": ("{key}：缺少 {name}", "补一行：{name}: {example}"),
    "content.key_not_text": ("名称不是文字", "名称写成普通文字"),
    "content.key_twice": ("{key} 写了两次（第一次在第 {first} 行）", "留下一处"),
    "content.key_unknown": ("{key}：没有名为 {name} 的项", "可用的项：{allowed}"),
    "content.label_incomplete": ("{key}：中英文名称不完整", "例如：{{zh: 签约, en: Signed}}"),
    "content.not_in_list": ("{key}：不认识“{value}”", "可用：{allowed}"),
    "content.not_yaml": ("不是可读的 YAML：{why}", "检查缩进、冒号后的空格和括号"),
    "content.out_of_range": ("{key}：{value} 超出范围", "应在 {low} 与 {high} 之间"),
    "content.pattern": ("{key}：“{value}”写法不对", _EXAMPLE),
    "content.too_deep": ("层次超过 {limit} 层", "减少嵌套"),
    "content.too_few": ("{key}：有 {found} 项，至少要 {low} 项", "补足"),
    "content.too_long": ("文件超过 {limit} 字", "拆成几个文件"),
    "content.twice": ("{key}：“{value}”出现了两次", "改成不同的代码或写法"),
}


class _Params(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def words_of(finding: Finding) -> tuple[str, str]:
    """Return what a finding says and how to put it right, in Chinese."""
    if finding.code.startswith("playbooks."):
        return parts_of(finding.code, finding.params)
    what, fix = _OF_FILES.get(finding.code, ("{key}：写的是“{found}”，写法不对", _EXAMPLE))
    params = _Params({"key": finding.column or "", **finding.params})
    return f"{finding.params['where']}{what.format_map(params)}", fix.format_map(params)

"""Every remark of this engine (and its command) in words: what it is, and how to put it right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from feidi.engines.findings import Scalar

# not str.format: a parameter is somebody's text and may hold braces
_HOLE = re.compile(r"\{(\w+)\}")
CODES: Final = {
    "playbooks.code_twice": ("{where}代码“{code}”用了两次。", "给后一个换一个代码。"),
    "playbooks.circle": ("{where}步骤互相等待：{circle}。", "去掉其中一个 after，让它有先后。"),
    "playbooks.phase_empty": ("{where}阶段“{code}”里没有步骤。", "删去这个阶段，或把步骤归进来。"),
    "playbooks.phase_unknown": ("{where}步骤“{label}”写的阶段“{phase}”不在 phases 里。", "改成已有的阶段代码，或在 phases 里补上。"),
    "playbooks.question_unused": ("{where}问题“{code}”没有步骤用到。", "删去它，或在步骤的 when 里用它。"),
    "playbooks.question_unknown": ("{where}步骤“{label}”的条件问“{question}”，questions 里没有。", "在 questions 里补上这个问题，或改正代码。"),
    "playbooks.answer_unknown": ("{where}步骤“{label}”的条件要“{question}”等于“{value}”，没有这个答案。", "改成其中之一：{known}。"),
    "playbooks.condition_malformed": ("{where}步骤“{label}”对“{question}”的条件没有写清。", "在 is、equals、in 里只写一个，in 至少列一个答案。"),
    "playbooks.no_owner": ("{where}步骤“{label}”没有写由谁办。", "写 owner：operator、host、home、firm 或 talent。"),
    "playbooks.after_unknown": ("{where}步骤“{label}”排在“{after}”之后，没有这个步骤。", "改正 after 里的代码，或删去它。"),
    "playbooks.unreachable": ("{where}步骤“{label}”永远轮不到：它前面的 {blocked} 办不完。", "先改正前面的步骤。"),
    "playbooks.unreachable_condition": ("{where}步骤“{label}”永远轮不到：对“{question}”的几个条件互相排斥。", "合并成一个条件，用 in 列出各种答案。"),
    "playbooks.outcome_unproven": ("{where}步骤“{label}”宣称有成果（claims），却不要任何证据。", "在 evidence 里写明拿什么证明，或去掉 claims。"),
    "playbooks.clock_missing": ("{where}步骤“{label}”没有时限。", "写 clock；确实没有规定的，写 clock: null 并在 no_clock 里说明。"),
    "playbooks.clock_since_unknown": ("{where}步骤“{label}”的时限从“{since}”起算，没有这个步骤。", "写 opened、run，或前面某个步骤的代码。"),
    "playbooks.clock_since_not_before": ("{where}步骤“{label}”的时限从“{since}”起算，而它不必先办完。", "把它列进 after，或改用 opened、run。"),
    "playbooks.clock_borrowed": ("{where}步骤“{label}”的时限参考外地做法（{city}），待本区确认。", "本区确认后写 confirmed_by、confirmed_on。"),
    "playbooks.no_folder": ("“{path}”不是文件夹。", "给出手册所在的文件夹，或 jurisdictions。"),
    "playbooks.no_files": ("“{path}”里没有服务手册。", "手册放在 <地方>/enclave/playbooks/*.yaml。"),
    "playbooks.not_utf8": ("{where}文件不是 UTF-8 文字：{why}。", "另存为 UTF-8。"),
}  # fmt: skip
CODES_EN: Final = {
    "playbooks.code_twice": ("{where}The code “{code}” is used twice.", "Give the second another code."),
    "playbooks.circle": ("{where}Steps wait for each other: {circle}.", "Take one of the after away, so that one comes first."),
    "playbooks.phase_empty": ("{where}The phase “{code}” has no steps.", "Delete it, or put steps into it."),
    "playbooks.phase_unknown": ("{where}Step “{step}” is in the phase “{phase}”, which phases does not have.", "Write a phase that exists, or add it."),
    "playbooks.question_unused": ("{where}No step uses the question “{code}”.", "Delete it, or use it in a step's when."),
    "playbooks.question_unknown": ("{where}Step “{step}” asks “{question}”, which questions does not have.", "Add the question, or correct the code."),
    "playbooks.answer_unknown": ("{where}Step “{step}” wants “{question}” to be “{value}”, which is no answer.", "Write one of: {known}."),
    "playbooks.condition_malformed": ("{where}Step “{step}” does not say what it wants of “{question}”.", "Write exactly one of is, equals, in; in lists at least one answer."),
    "playbooks.no_owner": ("{where}Step “{step}” does not say whose it is.", "Write owner: operator, host, home, firm or talent."),
    "playbooks.after_unknown": ("{where}Step “{step}” comes after “{after}”, which does not exist.", "Correct the code under after, or delete it."),
    "playbooks.unreachable": ("{where}Step “{step}” is never reached: {blocked} before it can never be done.", "Put the earlier steps right first."),
    "playbooks.unreachable_condition": ("{where}Step “{step}” is never reached: its conditions on “{question}” exclude each other.", "Make them one condition; in lists several answers."),
    "playbooks.outcome_unproven": ("{where}Step “{step}” claims a result and asks for no evidence.", "Say under evidence what shows it, or drop claims."),
    "playbooks.clock_missing": ("{where}Step “{step}” has no time limit.", "Write clock; where none is set, clock: null with the reason under no_clock."),
    "playbooks.clock_since_unknown": ("{where}The clock of step “{step}” starts after “{since}”, which does not exist.", "Write opened, run, or an earlier step."),
    "playbooks.clock_since_not_before": ("{where}The clock of step “{step}” starts after “{since}”, which need not be done first.", "List it under after, or use opened or run."),
    "playbooks.clock_borrowed": ("{where}The clock of step “{step}” is another city's practice ({city}), not confirmed here yet.", "Once confirmed, write confirmed_by and confirmed_on."),
    "playbooks.no_folder": ("“{path}” is no folder.", "Name the folder of the playbooks, or jurisdictions."),
    "playbooks.no_files": ("“{path}” holds no playbooks.", "Playbooks are <place>/enclave/playbooks/*.yaml."),
    "playbooks.not_utf8": ("{where}The file is not UTF-8 text: {why}.", "Save it as UTF-8."),
}  # fmt: skip


def parts_of(code: str, params: Mapping[str, Scalar]) -> tuple[str, str]:
    """Return what a code says and how to fix it, in Chinese.

    ``where``: file and line, for readers who do not have the file before them; else empty.

    >>> parts_of("playbooks.code_twice", {"code": "licence", "where": ""})
    ('代码“licence”用了两次。', '给后一个换一个代码。')
    """
    what, fix = (_HOLE.sub(lambda hole: str(params.get(hole[1], hole[0])), each) for each in CODES[code])
    return what, fix

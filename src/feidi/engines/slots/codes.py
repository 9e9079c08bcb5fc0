"""Every reason this engine gives, with its words: what it is, and what to do about it. ``CODES_EN`` has the same keys."""

from __future__ import annotations

from typing import Final

CODES: Final = {
    "slots.ends_before_start": ("结束 {end} 不晚于开始 {start}", "核对起止时间；跨午夜的，结束日期写第二天"),
    "slots.week_wrong": ("一周的开放时间写了 {days} 天", "周一到周日各写一项，不开放的写空"),
    "slots.step_wrong": ("时间格 {minutes} 分钟分不尽一小时", "写 10、15、20、30 或 60"),
    "slots.length_wrong": ("时长 {minutes} 分钟不成立", "写 1 分钟以上"),
    "slots.series_end_unclear": ("没有写清系列到哪天或共几次", "“截止日期”和“次数”写且只写一项"),
    "slots.series_too_long": (
        "系列超过 {most} 次（第 {most} 次在 {last}）",
        "缩短到 {most} 次以内；长期使用请办理入驻或工位",
    ),
    "slots.series_count_wrong": ("次数 {count} 不在 1 到 {most} 之间", "写 1 到 {most}"),
    "slots.series_empty": ("从 {first} 起一次也没有", "核对星期、间隔、截止日期和例外日期"),
    "slots.every_wrong": ("间隔 {every} 不在 1 到 {most} 之间", "写 1 到 {most}"),
    "slots.weekday_wrong": ("星期写的是 {value}，看不懂", "0 到 6，0 是星期一"),
    "slots.nth_wrong": ("第几个星期几写的是 {value}", "写 1 到 5，或 -1（最后一个）"),
}
CODES_EN: Final = {
    "slots.ends_before_start": (
        "The end {end} is not after the start {start}",
        "Check both; past midnight the end has the next day's date",
    ),
    "slots.week_wrong": (
        "The week has opening hours for {days} days",
        "One entry from Monday to Sunday, empty when closed",
    ),
    "slots.step_wrong": ("Steps of {minutes} minutes do not divide the hour", "Write 10, 15, 20, 30 or 60"),
    "slots.length_wrong": ("A length of {minutes} minutes cannot be", "Write one minute or more"),
    "slots.series_end_unclear": (
        "It is not said until when, or how often",
        "Give either a last day or a number of times",
    ),
    "slots.series_too_long": (
        "The series has more than {most} times (no. {most} is on {last})",
        "Keep it within {most}; who needs a room for long takes a tenancy or a desk",
    ),
    "slots.series_count_wrong": ("{count} times is not between 1 and {most}", "Write 1 to {most}"),
    "slots.series_empty": ("From {first} on it never happens", "Check weekdays, interval, last day and days left out"),
    "slots.every_wrong": ("An interval of {every} is not between 1 and {most}", "Write 1 to {most}"),
    "slots.weekday_wrong": ("The weekday {value} is not understood", "0 to 6, 0 is Monday"),
    "slots.nth_wrong": ("The {value}-th weekday of a month cannot be", "Write 1 to 5, or -1 (the last)"),
}

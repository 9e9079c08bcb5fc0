"""One folding for every comparison of names."""

from __future__ import annotations

import re
import unicodedata

#: Traditional forms that company and place names really use; a fuller table comes with the name engine.
_TRADITIONAL = str.maketrans(
    "廣東圳禪業產實驗團電機電腦環綠術創聯國際華醫藥術學車輛設備鋼鐵銀銅貿資訊網絡龍鳳興發寶豐億萬協灣僑邁優質係體導體",
    "广东圳禅业产实验团电机电脑环绿术创联国际华医药术学车辆设备钢铁银铜贸资讯网络龙凤兴发宝丰亿万协湾侨迈优质系体导体",
)
_NOISE = re.compile(r"[\s\u3000\-_·•.,，。、;；:：'\"“”‘’()（）\[\]【】《》<>〈〉/\\|*&+!！?？]+")


def fold_name(name: str) -> str:
    """Return ``name`` with width, case, traditional forms, spaces and punctuation folded away.

    >>> fold_name("滨海某某（集团） 有限公司") == fold_name("濱海某某(集團)有限公司")
    True
    >>> fold_name("  ")
    ''
    """
    narrow = unicodedata.normalize("NFKC", name).casefold().translate(_TRADITIONAL)
    return _NOISE.sub("", narrow).replace("濱", "滨")

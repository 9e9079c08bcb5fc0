"""Invented names of firms after real patterns: place, brand, trade, legal form. No firm is meant by any of them."""

from __future__ import annotations

import random

#: Characters of brands, the commoner ones first; the n-th is drawn with weight 1 / (n + 8).


def _words(text: str) -> list[str]:
    return text.split()


_BRAND = (
    "华科新中天金海东大信光安德瑞联达通宏国利泰星三创恒康远博盛美维元亚兴力嘉正江方宝友丰龙百环山和迪生智诚凯奥昌源鑫长飞"
    "云数银立世航南众汇万思普捷英北凌永顺福广隆明泽润佳双尔特威森鸿卓优克迈伟同景诺浩乐建腾启盈雅拓精晶蓝春风火青石佰贝"
    "辉耀旭晨曦麦禾谷牧森林木桥川湖洋岭峰岩松柏竹兰菊梅鹏鹰鹤麟驰骏骐骥锐锋铭钧铂铠锦锐钰珏玮琪琳瑶璟瓴颐颂顿领韵韬"
)
_PLACES = _words(
    "北京 上海 深圳市 深圳 广东 浙江 江苏 山东 四川 湖南 湖北 福建 安徽 河南 河北 江西 重庆 天津 杭州 苏州 广州 南京 无锡 宁波 成都 武汉 厦门 青岛 佛山 东莞市 珠海 常州 合肥 "
    "西安 长沙 大连 哈尔滨 沈阳 长春 昆明 贵州 广西 云南 新疆 陕西 山西 甘肃 内蒙古 海南 黑龙江 吉林 辽宁 中山 惠州 烟台 济南 "
)
_TRADES = _words(
    "科技 电子 电子科技 信息技术 生物科技 医药 药业 新材料 材料科技 智能装备 机械 电气 能源 新能源 环保 环境科技 化工 控股 实业 投资 发展 食品 文化传媒 软件 网络科技 通信 通讯 "
    "光电 精密 汽车零部件 汽车 传动 电力 水务 建设 工程 建筑设计 地产 物流 贸易 商业 医疗器械 医疗 纺织 服饰 家居 包装 印刷 矿业 钢铁 铝业 铜业 水泥 纸业 银行 证券 保险 航空 "
    "港务 高速公路 旅游 农业 种业 饲料 乳业 酒业 半导体 微电子 集成电路 激光 自动化 机器人 仪器 传感 检测技术 "
)
#: Beginnings that many firms share, as those of one group do: what makes short names hard.
_GROUPS = _words(
    "中国 中国 中国 航天 中航 华润 国投 东方 北方 南方 中科 中铁 中信 中船 新华 宝钢 三一 海尔 招商 华电 华能 大唐 国电 中煤 中粮 中集 中远 中海 中铝 中核 中广核 中兵 长江 "
    "黄河 复旦 清华 同方 方正 紫光 浪潮 长城 上海 上海 上海 北京 深圳 广东 浙江 江苏 山东 四川 湖南 湖北 福建 安徽 广州 南京 重庆 金龙 天润 华海 海信 海天 新兴 新奥 恒力 "
    "恒瑞 天士力 同仁 康美 万达 万里 亚太 太平洋 东风 红旗 长安 广汽 上汽 北汽 华夏 国泰 光大 民生 兴业 平安 "
)
_TAILS = ("科技", "技术", "发展", "工程", "集团", "控股", "管理", "服务", "制造", "设备", "", "", "", "", "")
_LISTED = ("股份有限公司", "股份有限公司", "股份有限公司", "集团股份有限公司", "(集团)股份有限公司")
_ANY = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "集团有限公司")


_SHARED = 0.35


class Maker:
    """Makes names; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        """Start anew."""
        self.random = random.Random(seed)
        self.weights = [1 / (at + 8) for at in range(len(_BRAND))]

    def brand(self) -> str:
        """Return a brand of two to four characters."""
        size = self.random.choices((2, 3, 4), (70, 22, 8))[0]
        return "".join(self.random.choices(_BRAND, self.weights, k=size))

    def full(self, *, listed: bool) -> str:
        """Return a full name; a listed one is a joint-stock company and more often begins without a place."""
        draw = self.random
        share = draw.random()
        place = "中国" if share < 0.02 else draw.choice(_PLACES) if share < 0.75 else ""
        brand = "" if listed and place and draw.random() < 0.08 else self.brand()
        trade = draw.choice(_TRADES)
        tail = draw.choice(_TAILS)
        if listed and draw.random() < _SHARED:
            place, brand = draw.choice(("", "", "上海", "北京", "深圳市")), draw.choice(_GROUPS)
            brand += self.brand() if draw.random() < 0.3 else ""
        form = draw.choice(_LISTED if listed else _ANY)
        return f"{place}{brand}{trade}{'' if tail in trade or tail in form else tail}{form}"

    def many(self, count: int, *, listed: bool = False) -> list[str]:
        """Return so many different names."""
        names: dict[str, None] = {}
        while len(names) < count:
            names[self.full(listed=listed)] = None
        return list(names)

    def asked(self, full: str) -> str:
        """Return how somebody might write a name: short, without place, with another form, or with one slip."""
        draw = self.random
        kind = draw.randrange(5)
        if kind == 0:
            return full.replace("有限责任公司", "有限公司").replace("市", "", 1)
        if kind == 1:
            return full.replace("股份有限公司", "").replace("有限公司", "").replace("有限责任公司", "")
        if kind == 2:
            return next((full.removeprefix(place) for place in _PLACES if full.startswith(place)), full)
        if kind == 3:
            at = draw.randrange(len(full))
            return full[:at] + draw.choice(_BRAND) + full[at + 1 :]
        return full.replace("(", "（").replace(")", "）")

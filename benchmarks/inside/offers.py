"""Invented offers and needs of a realistic vocabulary: industries, materials, processes, equipment, as plain sentences.

The same seed makes the same ones. No firm, product or figure is meant by any of them. Words are compounds of a modifier and a head,
drawn with falling frequency, and terms of specialists, each of them rare; those who work in one of 3,000 fields mostly use its own
few words, so that an offer and a need of one field have much in common. In 3,600 texts there are 66,000 different terms (80,000 in
as many pieces of published abstracts), and the 24 rarest of a need lead to 0.25 postings an offer (0.10 there): somewhat harder.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from benchmarks.inside.names import Maker
from feidi.engines.affinity import ANYWHERE, FREE, Facts, Need, Offer, Span, Ticket
from feidi.engines.names.tables import lines_of


def _words(text: str) -> list[str]:
    return text.split()


_COMPOUND = _words(
    "氧化 氮化 碳化 硼化 硅酸 磷酸 钛酸 铌酸 氟化 硫化 羟基 聚 改性 纳米 复合 掺杂 稀土 无卤 生物基 再生 超细 高纯 多孔 球形 "
    "片状 导热 耐磨 透明 柔性 医用 阻燃 抗菌 磁性 压电 荧光 介孔 亲水 疏水 可降解 低介电 高熵 非晶 单晶 取向 发泡 水性 粉末 "
    "热敏 光敏 吸波 储氢 催化 螯合 季铵 交联 接枝 包覆 核壳 梯度 轻质 高弹"
)
_ELEMENT = _words(
    "铝 锆 钛 硅 硼 镁 锌 钙 锂 镍 钴 锰 铜 铁 钨 钼 铬 钒 铈 镧 钇 铟 镓 锗 锡 铅 锑 铋 银 钽 铌 铪 钕 镝 铼 铍 钡 锶 铷 铯 "
    "乙烯 丙烯 酰胺 酰亚胺 氨酯 乳酸 醚醚酮 四氟乙烯 苯硫醚 碳酸酯 硅氧烷 壳聚糖 透明质酸 胶原 纤维素 木质素 石墨烯 碳纳米管 "
    "玄武岩 高岭土 蒙脱土 沸石 莫来石 堇青石 尖晶石 云母 凹凸棒 环氧 酚醛 丁腈"
)
_FORM = _words(
    "粉体 陶瓷 薄膜 涂层 浆料 基板 纤维 树脂 凝胶 微球 晶片 靶材 填料 釉料 色料 墨水 膜材 滤芯 泡沫 坯体 板材 型材 试剂 耗材 "
    "电极 隔膜 焊料 胶黏剂 脱模剂 助剂 分散剂 密封圈 轴承 刀具 磨料 坩埚 匣钵 蜂窝体 催化剂 载体 吸附剂 阻燃剂 母粒 预浸料 "
    "线缆 光纤 透镜 滤光片 支架 敷料 骨钉 缓释片 培养基 芯片 探针 垫片 铸件 锻件 箔材 网布"
)
_MANNER = _words(
    "真空 高压 低温 高温 连续 间歇 微波 激光 等离子 超声 静电 磁控 干法 湿法 热等静压 流延 注射 喷雾 冷冻 气氛 快速 精密 数控 "
    "柔性 自动 在线 双螺杆 卧式 立式 移动式 无人 多轴 高通量 微流控 全自动 防爆 节能 智能 伺服 变频 红外 紫外 电磁 射频 脉冲 "
    "旋转 振动 循环 逆流 错流 分级 多级 闭式 模块化 便携 桌面 嵌入式 远程 协同 双工位 回转 悬浮 膜法 生物 电化学 光催化 超临界 "
    "深冷 蓄热 催化 浸没 管式 板式 塔式 隧道 辊道 步进 气动 液压 直驱"
)
_DEVICE = _words(
    "烧结炉 干燥机 球磨机 离心机 反应釜 压机 喷墨机 印刷机 镀膜机 刻蚀机 清洗机 分选机 检测仪 质谱仪 显微镜 培养箱 发酵罐 "
    "纯化柱 过滤器 换热器 压缩机 机械臂 输送线 贴片机 划片机 抛光机 窑炉 燃烧器 除尘器 脱硫塔 蒸发器 挤出机 注塑机 热压机 "
    "分析仪 传感器 控制器 相机 雷达 泵阀 色谱仪 光谱仪 测序仪 扫描仪 打印头 点胶机 封口机 灌装线 包装机 码垛机 切割机 折弯机 "
    "焊接站 喷涂线 烘箱 冻干机 灭菌柜 洁净台 手套箱 振荡器 搅拌器 均质机 乳化机 粉碎机 筛分机 混料机 造粒机 压滤机 沉淀池 "
    "曝气器 焚烧炉 裂解炉 吸附塔 洗涤塔 冷凝器 锅炉 热泵 储罐 计量泵 流量计 压力计 测厚仪 轮廓仪 硬度计 拉力机 疲劳机 示波器 "
    "逆变器 充电桩 储能柜 电机 减速机 编码器 导轨 主轴 夹具 模具 刀库 料仓 给料机 提升机 堆取料机 起重机 叉车 巡检车 无人机 "
    "内窥镜 超声仪 呼吸机 输液泵 监护仪 透析机 假肢 导管 注射器 采血管 加样枪 移液站 酶标仪 荧光仪 血糖仪"
)
_PROCESS = _words(
    "烧结 成型 镀膜 涂覆 混料 造粒 研磨 抛光 切割 焊接 封装 测试 清洗 干燥 发酵 纯化 冻干 灭菌 萃取 分离 浓缩 催化 裂解 聚合 "
    "改性 表面处理 热处理 施釉 喷墨打印 余热回收 尾气治理 废水回用 固废利用 视觉检测 老化试验 可靠性验证 工艺放大 中试放大 "
    "配方优化 失效分析 仿真设计 数据采集 脱脂 排胶 等静压 注浆 干压 挤压 轧制 锻造 铸造 冲压 拉拔 电镀 阳极氧化 钝化 喷砂 "
    "喷丸 渗碳 淬火 退火 光刻 显影 键合 减薄 倒装 回流 塑封 切筋 打标 装配 拧紧 点胶 贴合 模切 印花 染色 定型 织造 梳理 纺丝 "
    "膨化 蒸煮 杀菌 灌装 榨取 脱水 除湿 除臭 脱硝 脱硫 除磷 曝气 絮凝 沉降 过滤 吸附 解吸 结晶 精馏 蒸馏 酯化 氢化 氯化 磺化 "
    "酶解 偶联 标记 扩增 测序 筛选 培养 传代 冻存 复苏 转染 表达 质控 标定 溯源 建模 排产 调度 巡检 预测 分拣 码放 追溯"
)
_QUALITY = _words(
    "强度 硬度 致密度 热导率 介电常数 粘度 粒径分布 色差 平整度 气密性 灵敏度 特异性 收率 纯度 良品率 能耗 噪声 寿命 一致性 "
    "耐腐蚀性 抗热震性 附着力 透光率 循环次数 检出限 重复性 生物相容性 吸水率 尺寸精度 排放浓度 韧性 弹性模量 延伸率 蠕变 "
    "磨损量 摩擦系数 粗糙度 翘曲 孔隙率 比表面积 膨胀系数 熔点 闪点 阻燃等级 绝缘电阻 击穿电压 损耗角 饱和磁感 矫顽力 容量 "
    "倍率 内阻 自放电 效率 功率密度 响应时间 分辨率 信噪比 漂移 线性度 迟滞 带宽 延时 丢包率 含水率 灰分 酸值 残留 重金属 "
    "菌落数 效价 活率 半衰期 溶出度 批间差 回收率 漏检率 误报率 节拍 稼动率 换型时间 库存 交期 单耗 碳排放"
)
#: What trades do, as the national classification of industries has it, and places: the tables of the names engine.
_TRADE = sorted({word for line in lines_of("trades.txt") for word in line.split() if len(word) > 2})
_TOWN = sorted({word for line in lines_of("places.txt") for word in re.findall(r"[\u4e00-\u9fff]{2,}", line)})
_STATE = _words(
    "室温 高温 低温 动态 静态 长期 批次 局部 表层 界面 断面 湿态 干态 初始 残余 轴向 径向 负载 空载 循环 瞬时 累计 单位 平均 "
    "标称 额定 理论 实测 极限 疲劳"
)
_LATIN = _words(
    "PCR 5G POCT MEMS SiC GaN AI MES ERP LED OLED PECVD CVD PVD HPLC GMP BSL-2 CNAS SMT AGV IoT 3D CAD DLP PLC"
)
_PLACE = _words("440604 440605 440606 440607 440608 440305 440304 440306 440307 440309 441900 440100 442000")
_KINDS = _words("technology lab equipment talent fund pilot plant finance_product service")
_NODES = _words(
    "ceramics/machinery ceramics/ink ceramics/glaze ceramics/kiln biomed/ivd/poct biomed/ivd/reagent biomed/cell biomed/device "
    "semiconductor/substrate semiconductor/packaging semiconductor/target green/gas green/water green/waste appliance/motor "
    "appliance/control equipment/robot equipment/vision other"
)
#: Sentences. ``m`` material, ``d`` device, ``p`` process, ``t`` trade, ``q`` quality, ``w`` a word of letters, ``n`` a name, ``l`` a place.
_SENTENCES: Final = (
    "{n}团队长期从事{m}的{p}研究，可为{t}企业提供小批量试制。",
    "现有{d}{k}台和{d2}，开放给{t}企业做{p}与{p2}。",
    "提供{m}的{q}、{q2}检测，出具{w}报告，样品一般{k}天内完成。",
    "自主研发的{d}已在{l}的{t}生产线连续运行{k}个月，{q}提升{k2}%。",
    "面向{t}的{p}整体方案，结合{w}系统，降低{q}波动。",
    "{m}已完成{p2}，{q}达到{k}.{k2}，正在寻找{t}方向的试用客户。",
    "在{l}设有基地，可承接{p}、{p2}等工艺的中试，单批{k}公斤，配有{d}。",
    "与{t}企业合作开发了{m}，解决了{p}过程中{q}不稳定的问题。",
    "拥有{k}项专利，核心是用{d}实现{m}的{p}。",
    "{l}{n}实验室有{w}平台，能做{m}的{p2}和{q}评价。",
    "重点投资{t}和{t2}早期项目，关注{m}、{w}等方向。",
    "原理是在{p}前增加一道{p2}，使{m}的{q}更加稳定。",
)
_ASKED: Final = (
    "我们在{l}做{t}，现在{p}这一步{q}不稳定，想找能做{m}的团队一起试。",
    "{l}的{t}生产线要上{d}，希望有人帮忙做{p}和{p2}，{q}要达标。",
    "手上有一批{m}，想找有{d}的实验室做{p}，最好能测{q}。",
    "想了解{w}在{t}里怎么用，主要解决{p}的{q}问题。",
)
_FIRST: Final = date(2026, 1, 1)


class OfferMaker:
    """Makes offers and needs."""

    def __init__(self, seed: int) -> None:
        """Start anew."""
        self.random = random.Random(seed)
        self.names = Maker(seed)
        self._weights = {id(words): _falling(len(words)) for words in _LISTS}
        self._fields = [self._field() for _each in range(_FIELDS)]
        self._facts = [self._some_facts() for _each in range(5_000)]

    def _one(self, words: list[str]) -> str:
        return self.random.choices(words, cum_weights=self._weights[id(words)])[0]

    def _compound(self, slot: str) -> str:
        return "".join(self._one(words) for words in _SLOTS[slot])

    def _field(self) -> dict[str, list[str]]:
        """Return a field of work: the few words that those in it use for each slot."""
        own = {slot: [self._compound(slot) for _each in range(_OWN)] for slot in _SLOTS}
        return {**own, "x": [self._coined() for _each in range(_COINED)]}

    def _word(self, slot: str, field: dict[str, list[str]]) -> str:
        word = self.random.choice(field[slot]) if self.random.random() < _KEEPS_TO_IT else self._compound(slot)
        special = slot in _SPECIAL and self.random.random() < _IS_SPECIAL
        return self.random.choice(field["x"]) + word if special else word

    def _coined(self) -> str:
        """Return a term as specialists have them, of two or three characters: text is full of such words, each of them rare."""
        return "".join(self.random.choices(_CHARACTERS, k=self.random.choice((2, 2, 3))))

    def _filled(self, sentence: str, field: dict[str, list[str]]) -> str:
        draw = self.random
        return sentence.format(
            m=self._word("m", field),
            d=self._word("d", field),
            d2=self._word("d", field),
            p=self._word("p", field),
            p2=self._word("p", field),
            t=self._word("t", field),
            t2=self._word("t", field),
            q=self._word("q", field),
            q2=self._word("q", field),
            w=self._word("w", field),
            n=self.names.brand(),
            l=self._one(_TOWN),
            k=draw.randrange(2, 60),
            k2=draw.randrange(1, 90),
        )

    def text(self) -> str:
        """Return the text of an offer: about 113 characters."""
        parts, size = [], 0
        field = self.random.choice(self._fields)
        while size < 88:
            parts.append(self._filled(self.random.choice(_SENTENCES), field))
            size += len(parts[-1])
        return "".join(parts)

    def asked(self) -> str:
        """Return the text of a need, as somebody might say it: about 40 characters."""
        return self._filled(self.random.choice(_ASKED), self.random.choice(self._fields))

    def _some_facts(self) -> Facts:
        draw = self.random
        stage = draw.randrange(5)
        low = draw.randrange(1, 50) * 10_000_000
        given: dict[str, Any] = {
            "kinds": frozenset({draw.choice(_KINDS)}),
            "nodes": frozenset({draw.choice(_NODES)}),
            "place": draw.choice(_PLACE),
            "regions": ANYWHERE if draw.random() < 0.5 else frozenset({draw.choice(_PLACE)[:4], draw.choice(_PLACE)}),
            "stages": Span(stage, min(5, stage + draw.randrange(3))),
            "ticket": Ticket(low, low * draw.randrange(2, 6)),
            "exclusive_until": FREE if draw.random() < 0.9 else _FIRST + timedelta(days=draw.randrange(700)),
            "expires_on": _FIRST + timedelta(days=draw.randrange(200, 900)),
            "updated_on": _FIRST - timedelta(days=draw.randrange(900)),
            "evidence": draw.randrange(5) / 4,
        }
        return Facts(**{name: value for name, value in given.items() if draw.random() < 0.85})

    def offers(self, count: int) -> Iterator[Offer]:
        """Yield so many offers; every fact is unknown of some."""
        draw = self.random
        for number in range(count):
            facts = self._facts[draw.randrange(len(self._facts))]
            yield Offer(f"o{number:07}", self.text(), f"f{draw.randrange(count // 5 + 1)}", facts)

    def needs(self, count: int) -> list[Need]:
        """Return so many needs; each asks for two kinds, by a firm of some place, some for stage and ticket too."""
        draw, made = self.random, []
        for _number in range(count):
            asks = {"kinds": frozenset(draw.sample(_KINDS, 2)), "place": draw.choice(_PLACE)}
            more: dict[str, Any] = {"nodes": frozenset({draw.choice(_NODES)})}
            if draw.random() < 0.3:
                more["stages"] = Span(draw.randrange(5), 5)
            if draw.random() < 0.3:
                more["ticket"] = Ticket(100_000_000, draw.randrange(2, 9) * 100_000_000)
            made.append(Need(self.asked(), Facts(**asks, **more)))
        return made


#: Fields of work, words that each has of its own for a slot, and how often those in it keep to them.
_FIELDS: Final = 3_000
_OWN: Final = 4
_KEEPS_TO_IT: Final = 0.8
#: Terms of specialists: so many of a field, before words of these slots, and how often.
_COINED: Final = 12
_SPECIAL: Final = ("m", "d", "p", "q")
_IS_SPECIAL: Final = 0.75
_CHARACTERS: Final = sorted({char for word in (*_TOWN, *_TRADE) for char in word})
_SLOTS: Final = {
    "m": (_COMPOUND, _ELEMENT, _FORM),
    "d": (_MANNER, _DEVICE),
    "p": (_MANNER, _PROCESS),
    "q": (_STATE, _QUALITY),
    "t": (_TRADE,),
    "w": (_LATIN,),
}
_LISTS: Final = (_COMPOUND, _ELEMENT, _FORM, _MANNER, _DEVICE, _PROCESS, _TRADE, _TOWN, _QUALITY, _STATE, _LATIN)


def _falling(count: int) -> list[float]:
    """Return cumulative weights: the n-th is drawn with weight 1 / (n + 20)."""
    total, sums = 0.0, []
    for at in range(count):
        total += 1 / (at + 20)
        sums.append(total)
    return sums

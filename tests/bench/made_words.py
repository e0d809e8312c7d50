"""The made-up language of make bench: English and Chinese in which words have
the frequencies that words have (Zipf's law), terms of several words among them."""

import random

SMALL = """the of and to a in we is for that with on this are by as our an from
be which can it at model not or these have models show has using than data
method learning both such between more their into its most results use two only
over when while also but however each where high new present propose problem
based approach without under well first performance different training across
task tasks number set time methods state network large existing paper study
work information many one through then other system all non via local order
space small proposed analysis given any three function structure due some
framework case general known learn systems cost long term often make several
same shown find within provide does further how obtain during even been if
known they up low about so what single very""".split()

COMMON = """accuracy adaptive agent algorithm align ambient amplitude annotation
anomaly answer architecture argue assess attack attention audio average baseline
batch bayesian behaviour benchmark bias boundary bound branch budget calibration
camera capture causal cell channel circuit classifier cluster code coherent
collision colour compare complex compress compute concept condition consistent
constraint context control convex correlate coupling coverage crystal current
curve decay decode decoder decompose deep defect degree delay demonstrate dense
depth derive describe detect detector device dialogue difficult diffuse
dimension discrete distance distil distribute domain drift driven dynamic
earlier edge effect efficient electron embed emission empirical encode encoder
energy engine ensemble entropy environment equation equilibrium error estimate
evaluate event evidence evolve exact example expert explain explore expression
factor fail fast feature feedback field filter fine finite flexible flow fluid
force forecast formal formula frame frequency galaxy gain gate generate geometry
gradient grammar graph ground growth guarantee guide hardware heat heterogeneous
hidden hierarchy human hypothesis image implement implicit improve index infer
inference initial input instance instruct integrate interact interest interval
invariant inverse iterate joint judge kernel knowledge label language latency
latent lattice layer leak length level lexical light likelihood limit linear
listen loss machine magnetic manifold map margin market mask mass matrix measure
mechanism medical memory merge metric migrate mixture mobile modal modular
moment motion multilingual music natural navigate noise nonlinear norm novel
nuclear object observe offline online open operator optical optimal orbit
outperform output overlap pair parallel parameter parse partial particle patient
pattern perceive phase photon phrase physical pipeline plan plasma point policy
pool population posterior potential power practical precise predict prefer
pressure prior privacy probe process program project prompt proof property
protein protocol prove prune quality quantise quantum query random range rank
rare rate ratio reason recall recent reconstruct recover recurrent reduce
region register regret regular relation relax release reliable render report
represent request require resolve resonance resource response restore retrieve
reveal reward risk robot robust roll rotate route rule safe sample satellite
scalable scale scatter scene schedule score search segment select semantic
sense sensor sequence shape share shift signal similar simulate sketch skill
social solution solve source sparse spatial speaker specific spectral spectrum
speech speed spin stable stage stationary statistical stellar step stochastic
store strategy stream strong student subject supervise surface survey symbol
symmetric synthetic target teacher temperature temporal tensor test text theorem
theory thermal threshold tight token tool topology trace track traffic transfer
transform transition translate transport tree trust tune uncertain uniform
update user validate value variance vector velocity verify video view vision
visual voice volume wave weak weight wide window word world zero""".split()

TERMS = """large language model; neural network; deep learning; diffusion model;
reinforcement learning; graph neural network; vision language model; machine
translation; speech recognition; object detection; image segmentation; federated
learning; contrastive learning; chain of thought; retrieval augmented
generation; point cloud; optimal transport; gaussian process; knowledge graph;
dark matter; black hole; magnetic field; phase transition; quantum computing;
ground state; time series; random walk; partial differential equation; lower
bound; upper bound; convergence rate; state of the art; zero shot; few shot;
fine tuning; code generation; question answering; recommender system; medical
imaging; autonomous driving; motion planning; mixture of experts; self supervised
learning; transfer learning; star formation; topological insulator; error
correction; monte carlo""".replace("\n", " ").split("; ")

ROOTS = """acti aero algo alpha ampli anti arbo auto beta bina bio cali carbo
cata centri chroma circu cogni colla combi compo conci condu confi conju consti
cosmo cryo cyber deci delta demo denti dia digi disco diver domi dyna eco ego
electro endo epi equi ergo evo exo extra fabri feno ferro fibro fili fluo foci
fracti fusi gamma geno geo grada gravi halo harmo helio hemi hetero holo homo
hydro hyper hypo idio igni immu infra inter intra iono iso juxta kine lacto
lami lati lepto lexi libra litho logi lumi macro magni mani mega meso meta
micro mini modi mono morpho multi muta nano navi neo neuro nodo nomi nucleo
octo omni onto opti orbi ortho osci oxi paleo para penta peri phono photo phylo
pico poly pre proto pseudo quadri quanti quasi radi recti regi retro rhizo
sacri sali semi seri silico simu socio sono spati spheri stato stereo stocha
sub super supra syn tacti techno tele tempo terra tetra thermo topo trans tri
ultra uni vali vari vecto veri vibra viri visi vita vola xeno zono""".split()

ENDS = """ble cator cence cency cide city cose cule cyte dation dence drome
duct fication form gate genesis gram graph ject lation lattice lysis lytic
mation meter metric mission mode morphic nation net nomial nomic pathy phase
phoric plane plasty plex ploid port pose ration rene ric rix rograde scope
sis sonde spect sphere stat sync taxis tensor thesis tion tive tomy tone tope
toral tric trope trophic tron type vation verge verse vity vore wave zation
zyme""".split()

HAN_WORDS = """模型 学习 方法 数据 图像 训练 网络 任务 生成 语言 算法 推理 实验 性能
提出 研究 结果 问题 特征 视觉 文本 视频 语音 知识 结构 优化 预测 检测 识别 分割 评估
样本 分布 框架 系统 信息 注意力 机器人 强化学习 大语言模型 扩散模型 神经网络 多模态
表示 编码 解码 目标 场景 动作 策略 奖励 环境 用户 对话 翻译 检索 问答 摘要 代码 安全
隐私 攻击 防御 鲁棒 泛化 迁移 微调 提示 对齐 偏好 规模 效率 精度 误差 噪声 信号 频率
空间 时间 序列 动态 几何 三维 点云 深度 运动 轨迹 规划 控制 仿真 真实 物理 分子 蛋白质
医学 病灶 诊断 临床 卫星 气象 天文 星系 量子 能量 温度 材料 晶体 电子 光学 磁场 方程
收敛 上界 下界 概率 随机 统计 因果 变量 参数 梯度 损失 约束 稀疏 压缩 量化 剪枝 蒸馏
缓存 并行 芯片 延迟 吞吐 内存 图谱 节点 社区 推荐 广告 市场 金融 教育 法律 伦理 公平
偏差 解释 可视化 标注 语料 词汇 语法 语义 情感 跨语言 低资源 基准 指标 人类 专家 反馈
长上下文 检索增强 思维链 智能体 工具调用 世界模型 具身 抓取 导航 避障 音乐 说话人 合成
增强 去噪 重建 渲染 编辑 风格 超分辨率 匹配 配准 跟踪 定位""".split()

HAN_LINKS = """的 在 与 和 对 为 了 将 从 通过 基于 一种 能够 可以 有效 显著 首次 进一步
同时 并且 其中 不同 现有 新的 更好 多个 无需 仅用 相比""".split()

HAN_SIGNS = ("天地人山水火木金石云雨风雷电光声色气力心手口目足身名言文字书画音乐数理化"
             "工农医法史经政军商学校师生体美术路桥车船机场市区省国界线面点角形圆方高低"
             "长短大小多少轻重快慢新旧强弱明暗冷热干湿软硬真假同异先后左右内外上下前中"
             "开关进出来去起落升降转换变动合分连断加减乘除平均总和差比率量度值位层级组"
             "类型式样本源流程序码块段节章页表图谱库链环树根叶果花种草原野海江河湖岛")

# How much of a text the groups take; the rest of the English is coined.
COINED = 60_000
SLOTS = 1 << 19


def by_rank(words, weight, exponent=1.0, shift=2.7):
    """(word, weight) by Zipf and Mandelbrot, which sum up to weight."""
    raw = [1 / (rank + shift) ** exponent for rank in range(len(words))]
    return [(word, weight * value / sum(raw))
            for word, value in zip(words, raw)]


def table(weighted):
    """Words in so many slots as they have weight: choosing is one look."""
    slots = []
    for word, weight in weighted:
        slots += [word] * max(1, round(weight * SLOTS))
    return slots


def coined_words(chance, count):
    words = {}
    while len(words) < count:
        parts = chance.sample(ROOTS, chance.choice((1, 1, 2)))
        words["".join(parts) + chance.choice(ENDS)] = None
    return list(words)


class Words:
    """The same for everybody who makes it."""

    def __init__(self):
        chance = random.Random(20261124)
        common, terms, han = COMMON[:], TERMS[:], HAN_WORDS[:]
        for words in (common, terms, han):
            chance.shuffle(words)
        coined = coined_words(chance, COINED)
        inflected = [word.removesuffix("e") + end
                     for end in ("es", "ing", "ed") for word in common]
        self.english = table(by_rank(SMALL, 0.46) + by_rank(common, 0.27, 0.7) +
                             by_rank(terms, 0.04, 0.8) +
                             by_rank(inflected, 0.09, 0.8) +
                             by_rank(coined, 0.14, 0.9, 20))
        self.title = table(by_rank(common, 0.45, 0.6) + by_rank(terms, 0.2, 0.8) +
                           by_rank(coined, 0.2, 0.9, 20) +
                           by_rank(SMALL[:12], 0.15, 0.6))
        pairs = [chance.choice(HAN_SIGNS) + chance.choice(HAN_SIGNS)
                 for _ in range(12_000)]
        self.chinese = table(by_rank(han, 0.55, 0.7) +
                             by_rank(HAN_LINKS, 0.25, 0.6) +
                             by_rank(list(dict.fromkeys(pairs)), 0.2, 0.8))

    def sentence(self, chance, words):
        text = " ".join(chance.choices(self.english, k=words))
        return text[0].upper() + text[1:] + "."

    def abstract(self, chance):
        return " ".join(self.sentence(chance, chance.randint(11, 26))
                        for _ in range(chance.randint(5, 10)))

    def heading(self, chance):
        words = chance.choices(self.title, k=chance.randint(5, 11))
        return " ".join(word[0].upper() + word[1:] for word in words)

    def chinese_clause(self, chance, least, most):
        return "".join(chance.choices(self.chinese,
                                      k=chance.randint(least, most)))

    def chinese_text(self, chance, clauses):
        parts = [self.chinese_clause(chance, 4, 9) for _ in range(clauses)]
        return "\uff0c".join(parts[:-1]) + "。" + parts[-1] + "。"

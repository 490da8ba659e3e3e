"""Invented names and notes, of the shape and length that real ones have."""

import random

PASSWORD = "the bench sits by the river"  # of a company that lives for a few minutes

CITIES = (
    "北京 上海 广州 深圳 重庆 天津 成都 杭州 武汉 南京 西安 苏州 无锡 常州 宁波"
    " 青岛 长沙 郑州 济南 厦门 福州 合肥 佛山 东莞 沈阳 大连 长春 哈尔滨 昆明 南昌"
    " 温州 绍兴 嘉兴 金华 台州 徐州 南通 扬州 泉州 中山"
).split()
PROVINCES = ("江苏 浙江 广东 山东 河南 四川 湖北 湖南 福建 安徽 河北 上海 北京 重庆 天津 辽宁").split()
SYLLABLES = (
    "恒通朗悦隆源华盛鼎泰瑞丰博远嘉宏伟业信达诚金辉明德星海天成卓越中立新锦安康百汇利"
    "群同兴聚贤德润佳美德善永昌曾长乐行单重"
)
TRADES = (
    "机械设备 五金制品 装饰工程 餐饮管理 物流 搬家服务 电子科技 信息技术 广告传媒"
    " 教育咨询 服装 家具 建材 化工 食品 印刷包装 汽车配件 医疗器械 环保科技 园林绿化"
    " 酒店管理 财务咨询 人力资源 自动化设备 塑料制品 模具 照明电器 纺织 农业开发 旅行社"
).split()
FORMS = ["有限公司", "有限公司", "有限公司", "有限责任公司", "厂", "经营部", "股份有限公司", ""]
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢单解"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文海波小宇欣怡子涵雨桐思远晓东立群"
TITLES = ["总经理", "采购经理", "市场部", "老板", "行政", "财务"]
NOTES = [
    "老板在开会，对成功案例有兴趣，约下周二上午再聊，带一份同行的资料。",
    "觉得价格高，拿免费的和付费的做了对比，认可效果，要和合伙人商量。",
    "刚接手采购，之前的供应商合同到年底，愿意先看资料。",
    "问了下游客户从哪里来，想扩大网上销路，担心信息的真实性。",
    "说已经在用同行的服务，续费前可以再谈，记下到期的月份。",
    "不是负责人，给了负责人的称呼，让下午四点以后打。",
]


def company(rng: random.Random) -> str:
    word = "".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 2, 3, 4))))
    return rng.choice(CITIES) + word + rng.choice(TRADES) + rng.choice(FORMS)


def person(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2, 2))))


def note(rng: random.Random) -> str:
    return rng.choice(NOTES)

"""What the demo's sellers wrote: sentences by class, with what they noted in them. All invented."""

from random import Random

# class family → (remarks, interest, objection) with the codes of the playbook's chips, "" for none.
EFFECTIVE: dict[str, list[tuple[str, str, str]]] = {
    "0": [
        ("开场讲完了，他自己开的店，平时靠老客户介绍，问了下大概多少钱。", "widen_online", "price"),
        ("第一次通话，人客气，在忙，说下午两点以后方便。", "customers", ""),
        ("说以前没在网上做过，想先看看同行怎么做的。", "peers", "cannot_operate"),
        ("KP 本人接的，主做本地，问我们和别家有什么不一样。", "brand", "effect"),
    ],
    "4": [
        ("认识我们，但说生意靠口碑，网上的没什么用。讲了同行的例子，他说看看。", "peers", "effect"),
        ("去年在别家做过三个月，电话有，成的少。不排斥，让我把数据发他。", "customers", "effect"),
        ("价格听完沉默了一下，说太贵，先用免费的。", "widen_online", "free_enough"),
        ("老板不在店里，晚上回的电话，聊了五分钟，让我下周再打。", "customer_group", "price"),
        ("问网站能不能顺便做了，我说可以看案例。他说等忙完这阵。", "website", "waits"),
        ("觉得信息真假难辨，怕来的都是同行问价。解释了审核，半信半疑。", "customer_group", "truth"),
    ],
    "3": [
        ("认可我们，合伙人那边还没点头，约好下次把半年和一年的价格都带上。", "peers", "price"),
        ("上次发的案例看了，说有点意思，问首页还有没有位置。", "brand", "effect"),
        ("他说旺季前想先试一个月，我讲了试用和正式的差别，他要再想想。", "customers", "trial"),
        ("问得很细：电话打到谁那里、节假日怎么算。疑虑在接电话没人手。", "customer_group", "cannot_operate"),
        ("认可首页位置，担心电话来了接不住，周末跟家里商量。", "customers", "cannot_operate"),
        ("已经对比过两家，觉得我们区域划得细，价格再谈谈就定。", "peers", "price"),
        ("妻子管账，她问了发票和到期怎么续，都答清楚了。", "brand", "price"),
    ],
    "2": [
        ("合同发过去了，说财务在外地，周四回来盖章。", "customers", ""),
        ("合同条款问了两处，改好重发了，答应明天上午盖。", "brand", ""),
        ("价格没意见了，公章在总店，明天取。", "widen_online", ""),
    ],
    "1": [
        ("合同已经回来了，财务说今天下班前走款。", "customers", ""),
        ("主管一起通的电话，确认了周五前对公转账。", "brand", ""),
    ],
    "5": [
        ("前台接的，不肯转，问到老板姓什么，下次直接找他。", "customer_group", ""),
        ("店员说老板一般晚上在，给了个大概时间。", "customer_group", ""),
    ],
    "6": [
        ("答应付款又没付，说资金紧，态度还行，过两周再看。", "brand", "price"),
        ("说老板换了主意，合同先放着。", "customers", "effect"),
    ],
    "7": [
        ("今年预算用完了，明年开春再谈，到时候直接找他。", "widen_online", "waits"),
        ("在装修，半年后开业，开业前一个月联系。", "brand", "waits"),
    ],
    "9": [
        ("上线三周，他说接了十几个电话，成了三单，挺满意。", "customers", ""),
        ("回访：效果稳定，问续费能不能送位置。", "brand", "price"),
    ],
    "A": [("需求定了，这周内比完价就签，要我周三到店里讲一遍方案。", "customers", "price")],
    "B": [
        ("两个月内要换供应商，正在看三家，要一份对比表。", "peers", "price"),
        ("总部批了方向，下月立项，对接人是采购小陈。", "brand", ""),
    ],
    "C": [
        ("上半年先不动，有兴趣，让我每月发一次行业资料。", "customer_group", "waits"),
        ("负责人刚换，新来的还在熟悉，约下月见面。", "brand", ""),
    ],
    "D": [("目前够用，有需要会找我们，先留个联系。", "customer_group", "free_enough")],
}

MISSED: list[tuple[str, str]] = [
    ("no_answer", ""), ("no_answer", "响到底没人接，下午再试。"), ("no_answer", ""), ("hung_up", "听到推广就挂了。"),
    ("hung_up", "在开车，挂了。"), ("switched_off", ""), ("not_kp", "前台接的，老板不在。"), ("no_answer", "上午没接，他一般下午在。"),
]  # fmt: skip

PROMISES = [
    "发 3 个同城同行案例",
    "半年套餐的书面报价",
    "把合同改好重发",
    "发店铺视频样片",
    "问清发票怎么开",
    "发竞品对比表",
    "申请多送半个月",
]
PURPOSES = ["谈半年套餐", "催回合同", "确认付款时间", "看店里的位置照片", "把价格谈定", "见老板本人"]
REMARKS = ["展会名片，备注：有三家分店。", "老表格里写着：上午别打。", "朋友介绍，认识店长。"]
RELEASES = ["三次没接，找不到 KP", "谈了三次还说考虑", "说今年不做了", "已经和别家签了", "区域不归我，放给同事"]

# How a talk began and how it was left: around each sentence above, so that no two notes are quite the same.
OPENINGS = [
    "", "", "电话一打就通，", "按约的时间打的，", "他自己回的电话，", "先发了微信再打，", "打第二遍才通，", "在店里，说话方便，", "他在路上，长话短说，",
    "语气比上回好，", "一上来就问价，", "刚忙完，愿意多聊两句，", "旁边有客人，声音小，", "聊了十来分钟，",
]  # fmt: skip
ENDINGS = [
    "", "", "", "他说再看看。", "周四下午再打。", "下周一上午带案例打过去。", "约了明天上午十点。", "让我后天再联系。", "周五前把报价发他。", "下周三见面谈。",
    "晚上七点以后方便，换个时间打。", "月底前给答复。", "下周带同行的数打过去。", "明天先发资料，隔天再打。", "周二上午他在店里。", "等他跟家里商量，周末后再打。",
]  # fmt: skip
# Who writes the same words at one customer after the other: what the board is there to show.
COPYING = {"caoyiming": "客户表示有兴趣，资料已经发过去了，等客户看完再说"}
COPIED_SHARE = 0.4


def told(sentence: str, *, key: int, author: str) -> str:
    """The sentence as this author wrote it, the same for the same key."""
    random = Random(key)  # noqa: S311  a demo, the same each time
    if author in COPYING and random.random() < COPIED_SHARE:
        return COPYING[author]
    return random.choice(OPENINGS) + sentence + random.choice(ENDINGS)


# Why one keeps on although the days to close are over.
KEPT_ON = [
    "合同在他们法务走流程。",
    "老板出差，回来就签。",
    "等下月预算批下来。",
    "竞品下周到期，到期就换。",
    "财务月底统一付款。",
]

# What a visit of tomorrow is for.
VISITS = ["带合同去盖章", "看门店，拍位置照片", "见老板本人，把价格谈定", "讲一遍半年方案", "拿发票资料，顺便见财务"]

# The register of key customers: (next step, what was left open, memo).
REGISTER = [
    ("周四前把改好的合同送过去", "公章在总店", "财务姓沈，下午三点后在"),
    ("带同城三家案例上门", "合伙人还没点头", ""),
    ("跟财务对发票抬头", "走对公还是个人没定", "月底前付款有送半个月"),
    ("发一版一年的报价", "嫌半年套餐短", "价格不是问题，怕电话接不过来"),
    ("约老板娘一起谈", "管账的人没见到", "周末店里忙，别打"),
    ("问旺季从哪天开始", "试用一个月还是直接签", ""),
]

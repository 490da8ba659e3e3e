"""Invented leads of the demo: in queues, with sellers, put off, ended; and what was said about them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from genjin.core.audit.services import entry, record_many
from genjin.core.reasons import Reason
from genjin.core.search import index
from genjin.customers.demo import Inventor
from genjin.customers.models import SourceChannel
from genjin.customers.rules import name_key
from genjin.leads.models import Arrival, Channel, Judgement, Lead, Outcome, Push
from genjin.leads.queues.models import Queue
from genjin.leads.search import documents
from genjin.leads.sources.models import SourceCost
from genjin.organization.models import Person

WANTS = [
    "想了解首页推广怎么收费", "看到你们案例，能不能发一份同行的", "店刚开张，想让人搜得到", "公众号能不能代运营",
    "去年在别家做的，到期了想换", "问一下一年多少钱，能不能开发票", "展会上拿的资料，想约人上门讲讲",
    "朋友介绍的，想先看看效果", "旺季前想做一波活动", "有三家分店，能不能一起谈",
]  # fmt: skip
PRODUCTS = ["首页推广", "公众号代运营", "小程序", "竞价托管"]
CAMPAIGNS = ["", "", "秋季展会", "老客户转介绍", "官网首页"]
SAID: dict[str, list[str]] = {
    "need_later": ["年后开新店再上，说好那时再找他", "预算明年才批，先记着"],
    "again": ["在忙，让过几天再打", "老板出差了，前台说下周回来", "先把资料发过去，他看了再说"],
    "visit": ["约了上门看看店面", "想当面讲，老板娘也在"],
    "unreachable": ["", "响了没人接", "占线"],
    "no_need": ["自己儿子在弄，不需要", "打错电话的，没有这个意思"],
    "bought": ["上个月刚签了别家一年"],
}
JUDGED = ("again", "unreachable", "need_later", "visit", "unreachable", "no_need", "bought", "again")
COSTS = [("event", 3200, 24, "秋季展会摊位"), ("marketing", 1500, 0, "本地号投放"), ("referral", 0, 6, "老客户回访")]
PER_SELLER, PER_QUEUE = 9, 5


class LeadMaker:
    """One loading: rows are made in memory and written in bulk, so that the first start stays short."""

    def __init__(self, sellers: Sequence[Person], *, now: datetime, share: float = 1.0) -> None:
        self.random = Random(20261124)  # of its own: what is invented elsewhere stays the same
        here = Person.objects.active().filter(pk__in=[seller.pk for seller in sellers])
        self.sellers = list(here.select_related("unit").order_by("pk"))
        self.now, self.share = now, share
        self.inventor = Inventor(self.random)
        self.sources = {source.code: source for source in SourceChannel.objects.exclude(code="")}
        self.leads: list[Lead] = []
        self.pushes: list[tuple[Lead, Push]] = []

    def write(self) -> None:
        for seller in self.sellers:
            for number in range(max(1, round(PER_SELLER * self.share))):
                self._owned(seller, number)
        units = {seller.unit_id for seller in self.sellers}
        for queue in Queue.objects.filter(home_of__in=units).select_related("unit"):
            for number in range(PER_QUEUE):
                self._waiting(queue, number)
        Lead.objects.bulk_create(self.leads)
        Arrival.objects.bulk_create(self._arrival(lead) for lead in self.leads)
        for lead, push in self.pushes:
            push.lead = lead
        Push.objects.bulk_create([push for _lead, push in self.pushes])
        record_many(
            entry(
                by=None, at=lead.arrived_at, verb="lead.arrived", kind="lead", subject=lead.pk,
                changes={"called": [None, lead.called], "version": [0, 1]},
            )
            for lead in self.leads
        )  # fmt: skip
        index.index(documents([lead.pk for lead in self.leads]))
        self._spend()

    def _spend(self) -> None:
        """What the channels cost this month and the last."""
        today, units = timezone.localdate(self.now), {seller.unit_id: seller for seller in self.sellers}
        rows = []
        for unit, seller in units.items():
            for code, amount, hours, what_for in COSTS:
                on = today - timedelta(days=self.random.choice([2, 9, 16, 33]))
                rows.append(
                    SourceCost(
                        source=self.sources[code], unit_id=unit, on=on, amount=amount, hours=hours, what_for=what_for,
                        by=seller, at=self.now,
                    )
                )  # fmt: skip
        SourceCost.objects.bulk_create(rows)

    def _lead(self, region: str, arrived_at: datetime) -> Lead:
        file = self.inventor.customer(region)
        channel = self.random.choice([Channel.FORM, Channel.FORM, Channel.FORM, Channel.MAIL, Channel.HAND])
        lead = Lead(
            company=file.fields["name"], name_key=name_key(file.fields["name"]), person_name=file.people[0]["name"],
            phone=file.phones[0], province=file.fields["province"], city=file.fields["city"],
            product=self.random.choice(PRODUCTS), wants=self.random.choice(WANTS), channel=channel,
            source=self.sources.get(self.random.choice(["marketing", "referral", "event"])),
            campaign=self.random.choice(CAMPAIGNS), arrived_at=arrived_at, last_arrived_at=arrived_at,
        )  # fmt: skip
        self.leads.append(lead)
        return lead

    def _waiting(self, queue: Queue, number: int) -> None:
        """One in a queue, since minutes or since yesterday."""
        lead = self._lead(queue.unit.name[:2], self.now - timedelta(minutes=(4, 19, 55, 130, 1270)[number]))
        lead.queue, lead.unit = queue, queue.unit
        lead.push_on, lead.push_why = timezone.localdate(lead.arrived_at), Reason("lead_is_new").as_json()

    def _owned(self, seller: Person, number: int) -> None:
        """Two new ones, the others pushed once to four times, some of them ended."""
        ago = timedelta(minutes=25) if number == 0 else timedelta(days=number * 3, minutes=self.random.randint(9, 300))
        lead = self._lead(seller.unit.name[:2], self.now - ago)
        lead.owner, lead.unit = seller, seller.unit
        lead.assigned_at = lead.arrived_at + timedelta(minutes=1)
        lead.assigned_why = Reason("lead_accepted", {"queue": seller.unit.name}).as_json()
        lead.push_on, lead.push_why = timezone.localdate(self.now), Reason("lead_is_new").as_json()
        if number == 0:
            return
        lead.accepted_at = lead.assigned_at + timedelta(minutes=self.random.randint(2, 40))
        judgement = ["again", "unreachable", "need_later", "visit", "unreachable", "no_need", "bought", "again"][
            number % 8
        ]
        self._push(lead, seller, judgement, times=self.random.randint(1, 3))

    def _push(self, lead: Lead, seller: Person, judgement: str, *, times: int) -> None:
        assert lead.accepted_at is not None
        at = lead.accepted_at
        for nth in range(times):
            at = min(at + timedelta(days=nth * 2, minutes=self.random.randint(3, 30)), self.now - timedelta(hours=20))
            said = judgement if nth == times - 1 else "unreachable"
            self._count(lead, said, at)
            push = Push(
                author=seller, at=at, judgement=said, remarks=self.random.choice(SAID[said]),
                key=UUID(int=self.random.getrandbits(128)), version_after=nth + 2, push_on=None,
            )  # fmt: skip
            lead.last_note = push.remarks
            self.pushes.append((lead, push))
        lead.version = times + 1
        self._settle(lead, judgement)
        self.pushes[-1][1].push_on = lead.push_on

    def _count(self, lead: Lead, said: str, at: datetime) -> None:
        lead.pushes += 1
        lead.reached += said != Judgement.UNREACHABLE
        lead.missed_in_row = lead.missed_in_row + 1 if said == Judgement.UNREACHABLE else 0
        lead.judgement, lead.last_push_at = said, at
        lead.first_push_at = lead.first_push_at or at

    def _settle(self, lead: Lead, judgement: str) -> None:
        today = timezone.localdate(self.now)
        if judgement in ("no_need", "bought"):
            lead.ended_at, lead.outcome, lead.push_on, lead.push_why = lead.last_push_at, Outcome(judgement), None, {}
            return
        day = today + timedelta(days={"need_later": 70, "visit": 2, "again": 0}.get(judgement, 1))
        code = {"need_later": "lead_named_need_later", "visit": "lead_visit_agreed", "again": "lead_named_again"}
        figures = {"day": day.isoformat()} if judgement in code else {"missed": lead.missed_in_row}
        lead.push_on = day
        lead.push_why = Reason(code.get(judgement, "lead_missed"), figures).as_json()
        if judgement == "visit":
            lead.visit_at = timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=15)

    def _arrival(self, lead: Lead) -> Arrival:
        given = {"company": lead.company, "person_name": lead.person_name, "phone": lead.phone, "wants": lead.wants}
        return Arrival(
            key=UUID(int=self.random.getrandbits(128)), lead=lead, at=lead.arrived_at, last_at=lead.arrived_at,
            channel=lead.channel, unit=lead.unit, given=given, source=lead.source, campaign=lead.campaign,
            settled_at=lead.arrived_at,
        )  # fmt: skip

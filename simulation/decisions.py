"""What people decide besides the talks: proposals in the evening, claims in the morning, dealing out on Mondays."""

from datetime import date, datetime
from random import Random

from django.utils import timezone

from genjin.core.reasons import Refused
from genjin.customers.bulk import runs
from genjin.customers.bulk.models import BulkRun
from genjin.customers.models import Customer
from genjin.customers.services.identity import ContactFile, create_customer
from genjin.customers.services.ownership import claim_customer
from genjin.followups.models import Proposal
from genjin.followups.proposals.deciding import Wish, agree, decide
from genjin.followups.proposals.reassigning import give_away, leave
from genjin.followups.proposals.receiving import receivers
from genjin.organization.models import Person
from simulation.behaviour import born, stream
from simulation.building import Company, moment
from simulation.parameters import Parameters
from simulation.variants import Variant

FEW_NEW = 30  # with fewer new ones than this a seller looks into the pool (ours)
CLAIMS = 5  # as many are claimed of a morning (ours; the playbook lets one claim 20)
WARM = 0.4  # seems ripe enough to stay in class 3 (ours)
KEPT = "还想再跟一轮"


class Policies:
    """What sellers do with proposals and the pool. `seems`: how interested each customer seemed the last time."""

    def __init__(self, variant: Variant, given: Parameters, seed: int, seems: dict[int, float]) -> None:
        self.variant, self.given, self.seed, self.seems = variant, given, seed, seems
        self.decided: list[tuple[str, str, int, int]] = []  # kind and rule, way, customer, attempts shown

    def evening(self, sellers: list[Person], *, at: datetime) -> None:
        """Everything that is to be decided, is."""
        for seller in sellers:
            for each in Proposal.objects.to_decide().filter(owner=seller).select_related("customer").order_by("pk"):
                wish = self._wish(each)
                decide(proposal=each, wish=wish, by=seller, at=at)
                self.decided.append((each.rule["code"], wish.way, each.customer_id, len(each.evidence)))

    def _wish(self, proposal: Proposal) -> Wish:
        luck = stream(self.seed, proposal.customer_id, f"decide {proposal.fact}")
        seems = self.seems.get(proposal.customer_id, 0.0)
        if proposal.kind == Proposal.Kind.GIVE_UP:
            if not self.variant.gives_up or luck.random() >= self.given.strict:
                return Wish(way="keep", reason=KEPT)
            return Wish(way="close" if luck.random() < 0.3 else "pool", reason="按标准放弃")
        code = proposal.rule["code"]
        if code == "propose_low_willingness" and seems >= WARM:
            return Wish(way="keep", reason=KEPT)
        to = proposal.to_code
        if code == "propose_window_passed" and len(proposal.to_codes) > 1 and seems < WARM:
            to = proposal.to_codes[1]
        return Wish(way="move", to=to)

    def claim(self, sellers: list[Person], *, at: datetime) -> None:
        """Who lacks new ones takes some out of the pool: nearest to payment first, never one's own of before."""
        today = timezone.localdate(at)
        for seller in sellers:
            if Customer.objects.owned_by(seller).filter(class_code__in=("0", "0k")).count() >= FEW_NEW:
                continue
            found = Customer.objects.visible_to(seller).claimable(today).exclude(former_owner=seller)
            for row in list(found.order_by("class_rank", "pk")[:CLAIMS]):
                try:
                    claim_customer(customer=row, by=seller, at=at)
                except Refused:
                    continue


class Manager:
    """The team lead: brings in new customers, deals out, confirms, and gives away what is long overdue."""

    def __init__(self, company: Company, variant: Variant, given: Parameters, policies: Policies, *, seed: int) -> None:
        self.company, self.variant, self.given, self.policies, self.seed = company, variant, given, policies, seed
        self.weeks: set[tuple[int, int]] = set()
        self.given_away = self.left = 0

    def morning(self, on: date, day: int) -> None:
        """On the first working day of a week new ones come into the pool and are dealt out to whoever has room."""
        week = on.isocalendar()[:2]
        if week in self.weeks:
            return
        self.weeks.add(week)
        self._bring_in(on, day)
        self._deal_out(on)

    def _bring_in(self, on: date, day: int) -> None:
        """New customers, as they are written into a pool one by one; the same ones in every variant."""
        luck = Random(f"{self.seed}:new {len(self.weeks)}")
        for _ in range(round(self.given.new_a_week * len(self.company.sellers))):
            file = self.company.inventor.customer("华东")
            is_key = luck.random() < self.given.key_new
            key = max(self.company.minds) + 1
            mind = born(self.given, seed=self.seed, customer=key, day=day, is_key=is_key)
            contact = ContactFile({**file.people[0], "is_key_person": mind.has_key_person}, phones=file.phones[:1])
            row = create_customer(
                fields=file.fields, contact=contact, class_code="0k" if is_key else "0", pool=self.company.team.pool,
                by=self.company.lead, at=moment(on, 4, 10),
            )  # fmt: skip
            self.company.minds[row.pk] = mind

    def _deal_out(self, on: date) -> None:
        at = moment(on, 4, 30)
        rows = Customer.objects.visible_to(self.company.lead).claimable(on).filter(class_code__in=("0", "0k"))
        rows = rows.filter(attempts=0)
        if not rows.exists():
            return
        among = [seller.pk for seller in self.company.sellers]
        run = runs.start(
            verb=BulkRun.Verb.DEAL, options={"among": among, "way": "capacity"}, rows=rows, by=self.company.lead, at=at
        )
        runs.carry_out(run, clock=lambda: at)

    def evening(self, *, at: datetime) -> None:
        """Confirms what is asked; gives what is long overdue to whoever has room, or says why it stays."""
        lead, today = self.company.lead, timezone.localdate(at)
        for each in Proposal.objects.to_approve().select_related("customer__unit").order_by("pk"):
            if each.kind != Proposal.Kind.REASSIGN:
                agree(proposal=each, by=lead, at=at)
                continue
            found = receivers(each.customer, lead, today=today) if self.variant.reassigns else []
            if found:
                give_away(proposal=each, to=found[0].person, reason="逾期太久", by=lead, at=at)
                self.given_away += 1
            else:
                leave(proposal=each, reason="没人有空位", by=lead, at=at)
                self.left += 1

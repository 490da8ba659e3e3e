"""What each source channel yields (B1): effort and cost against leads, conversions and customers won; and who brought
others."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from genjin.customers.models import Customer, SourceChannel
from genjin.followups.models import Payment
from genjin.insights.floor import end_of, start_of
from genjin.insights.rules.period import Period
from genjin.leads.models import Lead, Outcome, Push
from genjin.leads.sources.models import Reward, SourceCost
from genjin.organization.models import Person

REFERRERS = 50  # lines of who brought others (ours)


@dataclass(slots=True)
class Yield:
    """One channel in a period. `pushes` and `hours` are its effort, `cost` and `paid` in yuan: what was noted as its
    cost, and what customers that it brought have paid so far. `own` are customers made without a lead."""

    source: SourceChannel | None
    leads: int = 0
    judged: int = 0
    converted: int = 0
    own: int = 0
    won: int = 0
    pushes: int = 0
    hours: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)

    @property
    def cost_of_lead(self) -> Decimal | None:
        return self.cost / self.leads if self.leads and self.cost else None

    @property
    def cost_of_judged(self) -> Decimal | None:
        return self.cost / self.judged if self.judged and self.cost else None

    @property
    def cost_of_converted(self) -> Decimal | None:
        return self.cost / self.converted if self.converted and self.cost else None

    @property
    def cost_of_won(self) -> Decimal | None:
        return self.cost / self.won if self.won and self.cost else None

    @property
    def return_on_cost(self) -> Decimal | None:
        """Yuan paid for each yuan of cost."""
        return self.paid / self.cost if self.cost else None


@dataclass(frozen=True, slots=True)
class Referrer:
    """A customer that brought others: how many in the period, how many of them have paid, and how much (yuan)."""

    customer: Customer
    brought: int
    won: int
    paid: Decimal


def yields_of(actor: Person, units: frozenset[int], period: Period, *, today: date) -> list[Yield]:
    """Every channel that had any lead, customer or cost in the period, the one with most leads first.

    Customers count by when they were made: those that a lead became with their lead's channel, the others with their
    own. Money counts whenever it came: what a channel brings is paid later than it costs.
    """
    between = {"gte": start_of(period.first), "lt": end_of(period.last)}
    found: dict[int | None, Yield] = defaultdict(lambda: Yield(None))
    arrived = Lead.objects.visible_to(actor).filter(
        unit__in=units, arrived_at__gte=between["gte"], arrived_at__lt=between["lt"]
    )
    _count_leads(found, arrived)
    _count_customers(found, actor, units, arrived, between)
    _count_costs(found, actor, units, period)
    names = SourceChannel.objects.in_bulk([key for key in found if key])
    for key, line in found.items():
        line.source = names.get(key) if key else None
    return sorted(found.values(), key=lambda line: (-line.leads, -line.own, line.source is None))


def _count_leads(found: dict[int | None, Yield], arrived: QuerySet[Lead]) -> None:
    rows = arrived.order_by().values_list("source").annotate(
        leads=Count("pk"),
        judged=Count("pk", filter=Q(reached__gt=0)),
        converted=Count("pk", filter=Q(outcome=Outcome.CONVERTED)),
        won=Count("pk", filter=Q(customer__won_on__isnull=False)),
    )  # fmt: skip
    for key, leads, judged, converted, won in rows:
        line = found[key]
        line.leads, line.judged, line.converted, line.won = leads, judged, converted, won
    pushed = Push.objects.standing().filter(lead__in=arrived).order_by().values_list("lead__source")
    for key, count in pushed.annotate(n=Count("pk")):
        found[key].pushes = count


def _count_customers(
    found: dict[int | None, Yield], actor: Person, units: frozenset[int], arrived: QuerySet[Lead], between: dict
) -> None:
    became = Lead.objects.filter(customer__isnull=False).values("customer")
    own = Customer.objects.visible_to(actor).filter(
        unit__in=units, created_at__gte=between["gte"], created_at__lt=between["lt"]
    )
    own = own.exclude(pk__in=became)
    counted = own.order_by().values_list("source").annotate(
        n=Count("pk"), won=Count("pk", filter=Q(won_on__isnull=False))
    )  # fmt: skip
    for key, count, won in counted:
        found[key].own = count
        found[key].won += won
    for key, paid in Payment.objects.filter(customer__in=own).order_by().values_list("customer__source").annotate(
        paid=Sum("amount")
    ):  # fmt: skip
        found[key].paid += paid
    converted = arrived.filter(customer__isnull=False).values_list("customer", "source")
    source_of = dict(converted)
    payments = Payment.objects.filter(customer__in=list(source_of)).order_by().values_list("customer")
    for customer, paid in payments.annotate(paid=Sum("amount")):
        found[source_of[customer]].paid += paid


def _count_costs(found: dict[int | None, Yield], actor: Person, units: frozenset[int], period: Period) -> None:
    days = {"on__gte": period.first, "on__lte": period.last, "unit__in": units}
    costs = SourceCost.objects.visible_to(actor).filter(**days).order_by().values_list("source")
    for key, cost, hours in costs.annotate(cost=Sum("amount"), hours=Sum("hours")):
        found[key].cost += cost
        found[key].hours += hours
    rewards = Reward.objects.visible_to(actor).filter(**days).aggregate(total=Sum("amount"))["total"]
    informants = SourceChannel.objects.filter(code="informant").first()
    if rewards and informants is not None:
        found[informants.pk].cost += rewards


def referrers_of(actor: Person, units: frozenset[int], period: Period) -> list[Referrer]:
    """Customers that brought others in the period, who brought most first."""
    seen = Customer.objects.visible_to(actor).filter(
        unit__in=units, referred_by__isnull=False, created_at__gte=start_of(period.first),
        created_at__lt=end_of(period.last),
    )  # fmt: skip
    rows = seen.order_by().values_list("referred_by").annotate(
        n=Count("pk"), won=Count("pk", filter=Q(won_on__isnull=False))
    )  # fmt: skip
    best = sorted(rows, key=lambda row: (-row[2], -row[1], row[0]))[:REFERRERS]
    names = Customer.objects.visible_to(actor).in_bulk([key for key, _n, _won in best])
    paid = dict(
        Payment.objects.filter(customer__in=seen, customer__referred_by__in=list(names)).order_by()
        .values_list("customer__referred_by").annotate(paid=Sum("amount"))
    )  # fmt: skip
    return [Referrer(names[key], n, won, paid.get(key, Decimal(0))) for key, n, won in best if key in names]

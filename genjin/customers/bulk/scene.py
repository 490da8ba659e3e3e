"""What a verb for many works with: who acts when on which customers, and the frame every verb fills in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from genjin.core.permissions import require
from genjin.customers import listing
from genjin.customers.bulk.models import BulkRun
from genjin.customers.models import Customer
from genjin.customers.services.ownership import visible_pools
from genjin.customers.services.records import lent_to, require_working
from genjin.organization.models import Person
from genjin.playbooks.practice import Practices


@dataclass(slots=True)
class Scene:
    """Who acts when on which customers, with what is asked once for all of them. Made before they are locked."""

    run: BulkRun
    by: Person
    at: datetime
    keys: Sequence[int]
    practices: Practices = field(default_factory=Practices)
    today: date = field(init=False)
    lent: set[int] = field(init=False)
    pools: frozenset[int] = field(init=False)
    tags: dict[int, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.today = timezone.localdate(self.at)
        self.lent = lent_to(self.by, self.keys, self.today)
        self.pools = visible_pools(self.by)
        self.tags = {}

    def learn_tags(self) -> None:
        """The tags of these customers, by name. Once they are locked."""
        self.tags = {key: [] for key in self.keys}
        links = Customer.tags.through.objects.filter(customer__in=self.keys).order_by("tag__name")
        for key, name in links.values_list("customer_id", "tag__name"):
            self.tags[key].append(name)


class Verb:
    """`fields` are those of the row it may change; `recorded` is how the audit record names it.

    Made for each batch. What it asks of other rows (`hold`) it asks then, people before customers. One that is the
    house's asks for no permission and reaches every row; it is not stopped or taken back, and does not end before
    none is left.
    """

    permission = "customers.work"
    is_the_houses = False
    recorded = "customer.changed"
    fields: tuple[str, ...] = ()
    changes_tags = False
    best_first = False

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.options: Mapping[str, Any] = scene.run.options
        if not self.is_the_houses:
            self.require_permission(scene.by)
        self.hold()

    @classmethod
    def require_permission(cls, by: Person) -> None:
        """Raise NotPermitted unless the person may use the verb at all."""
        require(by, cls.permission)

    @classmethod
    def keys(cls, run: BulkRun) -> QuerySet:
        """Whom a run without chosen customers is for: its list as it stands now, on the day on which it was asked."""
        return cls.in_order(listing.read(run.query, run.by).whole(timezone.localdate(run.made_at)))

    @classmethod
    def in_order(cls, rows: QuerySet) -> QuerySet:
        """The keys of these customers, in the order in which the verb meets them."""
        order = ("class_rank", "pk") if cls.best_first else ("pk",)
        return rows.order_by(*order).values_list("pk", flat=True)

    def seen(self) -> set[int]:
        """Those of its customers that whoever acts sees now."""
        rows = Customer.objects.all()
        if not self.is_the_houses:
            rows = rows.visible_to(self.scene.by, self.scene.today)
        return set(rows.filter(pk__in=self.scene.keys).values_list("pk", flat=True))

    def hold(self) -> None:
        """Read, and lock where that is needed, what the verb needs besides the customers."""

    def apply(self, row: Customer) -> None:
        """Change the row in memory, or raise Refused; one that is as it should be stays unchanged."""
        raise NotImplementedError

    def written(self) -> None:
        """What is to be noted besides, once a batch is written."""

    def recorded_as(self, row: Customer) -> str:
        return self.recorded

    def note(self) -> str:
        """The person's own reason."""
        return str(self.options.get("reason", "")).strip()

    def changed_at(self, row: Customer) -> datetime | None:
        """The instant of what is undone; None for everything else."""
        return None

    def require_working(self, row: Customer) -> None:
        require_working(row, self.scene.by, self.scene.today, lent=self.scene.lent)

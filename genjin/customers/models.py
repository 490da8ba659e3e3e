"""Customers, the people at them, and whose they are.

Promise 1 stands here as CHECK constraints: an open customer has exactly one of owner and pool, and an open owned one
has a due date. The follow-up dates stand on the customer; `followups` moves them.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least, Lower
from django.utils.translation import gettext_lazy as _

from genjin.core.fields.models import Describable
from genjin.core.scoping import ScopedQuerySet, ScopeRule
from genjin.core.transfer.models import ImportRun
from genjin.customers.channels import called
from genjin.customers.pools.models import Pool
from genjin.organization.models import Unit


class SourceChannel(models.Model):
    """Where a customer was found: the seven ways of B1 by `code`, and one's own. As a text in its reader's language."""

    code = models.CharField(max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return called(self.code, self.name)


class Tag(models.Model):
    name = models.CharField(_("name"), max_length=30, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


# The day since which an owner has not reached a customer: what 遗忘客户 are found by.
SILENT_SINCE = Coalesce("last_effective_on", "owned_since")
# The day a held customer is next to be contacted: what it is planned for, but no later than it is due.
NEXT_ON = Least(Coalesce("planned_on", "due_on"), "due_on")
HELD = Q(closed_on__isnull=True, owner__isnull=False)


class CustomerQuerySet(ScopedQuerySet):
    def open(self) -> "CustomerQuerySet":
        return self.filter(closed_on=None)

    def closed(self) -> "CustomerQuerySet":
        return self.filter(closed_on__isnull=False)

    def owned_by(self, person: Any) -> "CustomerQuerySet":
        """A person's open customers."""
        return self.open().filter(owner=person)

    def in_pool(self) -> "CustomerQuerySet":
        return self.open().filter(pool__isnull=False)

    def claimable(self, today: date) -> "CustomerQuerySet":
        """What a pool's list shows: those in it that do not rest."""
        return self.in_pool().filter(Q(claimable_from=None) | Q(claimable_from__lte=today))

    def resting(self, today: date) -> "CustomerQuerySet":
        """Those in a pool that nobody may claim yet. Only what lies in one has the day (a constraint), and SQLite looks
        through all pools where it is asked for both."""
        return self.filter(claimable_from__gt=today)

    def overdue(self, today: date) -> "CustomerQuerySet":
        """Owned ones whose last day of the cycle lies before today."""
        return self.open().filter(owner__isnull=False, due_on__lt=today)

    def unplanned(self, today: date) -> "CustomerQuerySet":
        """未排: due today or earlier and placed on no day. The aim is zero."""
        return self.open().filter(owner__isnull=False, due_on__lte=today, planned_on=None)

    def to_contact_by(self, day: date) -> "CustomerQuerySet":
        """Owned ones that are planned or due by that day."""
        return self.open().filter(owner__isnull=False).alias(next_on=NEXT_ON).filter(next_on__lte=day)

    def planned_per_day(self, person: Any, start: date, end: date) -> dict[date, int]:
        """How many of a person's customers stand on each day from `start` to `end`, both included."""
        return dict(self.per_day(person, start, end))

    def per_day(self, person: Any, start: date, end: date) -> models.QuerySet:
        rows = self.owned_by(person).filter(planned_on__range=(start, end))
        return rows.order_by().values_list("planned_on").annotate(n=models.Count("pk"))

    def without_effective_contact_since(self, day: date) -> "CustomerQuerySet":
        """遗忘客户: owned since before `day` and not effectively contacted after it, or never."""
        held = self.open().filter(owner__isnull=False)
        return held.alias(silent_since=SILENT_SINCE).filter(silent_since__lte=day)


class Customer(Describable):
    """A company, household or person that may buy or has bought."""

    class Kind(models.TextChoices):
        ORGANISATION = "org", _("Company")
        HOUSEHOLD = "household", _("Household")
        PERSON = "person", _("Person")

    class Closed(models.TextChoices):
        DEAD = "dead", _("No chance")
        DUPLICATE = "duplicate", _("Duplicate")
        BLOCKED = "blocked", _("Asked not to be contacted")

    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.ORGANISATION)
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    industry = models.CharField(_("industry"), max_length=60, blank=True)
    source = models.ForeignKey(
        SourceChannel, models.PROTECT, null=True, blank=True, verbose_name=_("source"), db_index=False
    )
    province = models.CharField(_("province"), max_length=30, blank=True)
    city = models.CharField(_("city"), max_length=30, blank=True)
    district = models.CharField(_("district"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    remarks = models.TextField(_("remarks"), blank=True, validators=[MaxLengthValidator(5000)])
    external_id = models.CharField(_("external id"), max_length=60, blank=True)
    referred_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="referred",
        verbose_name=_("referred by"),
        db_index=False,
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="customers", verbose_name=_("tags"))

    # Whose it is. `unit` is the owner's unit, or the pool's: what scoping reads.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="customers",
        verbose_name=_("owner"),
        db_index=False,
    )
    pool = models.ForeignKey(
        Pool, models.PROTECT, null=True, blank=True, related_name="customers", verbose_name=_("pool"), db_index=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="customers", verbose_name=_("unit"), db_index=False)
    owned_since = models.DateField(_("owned since"), null=True, blank=True)
    # While it lies in a pool: the first day it may be claimed, who owned it until when (whom the lock-out is for).
    claimable_from = models.DateField(_("may be claimed from"), null=True, blank=True)
    former_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    released_on = models.DateField(_("in the pool since"), null=True, blank=True)
    # Kept by who leads its unit: up to and including that day it does not go back to the pool. `kept_why`: by, text.
    kept_until = models.DateField(_("kept until"), null=True, blank=True)
    kept_why = models.JSONField(null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_kind = models.CharField(_("closed as"), max_length=9, choices=Closed, blank=True)
    closed_reason = models.CharField(_("why closed"), max_length=200, blank=True)

    # Where it stands. `class_rank` is the playbook's order, nearest to payment first; `entered_classes` maps a class
    # to the day it was first entered, from which its close window counts.
    playbook = models.CharField(_("playbook"), max_length=20)
    class_code = models.CharField(_("class"), max_length=4)
    class_rank = models.PositiveSmallIntegerField(default=99)
    class_since = models.DateField(_("in class since"))
    entered_classes = models.JSONField(default=dict)
    conditions = models.JSONField(_("entry conditions met"), default=list)
    moved_up_on = models.DateField(_("last moved nearer to payment"), null=True, blank=True)
    won_on = models.DateField(_("won on"), null=True, blank=True)

    # When it is next contacted. `due_on`: the last day of the cycle; `planned_on`: the day it stands on a list.
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_why = models.JSONField(default=dict, blank=True)
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
    planned_why = models.JSONField(default=dict, blank=True)
    appointment_at = models.DateTimeField(_("appointment"), null=True, blank=True)
    postponements = models.PositiveSmallIntegerField(_("postponed"), default=0)
    last_effective_on = models.DateField(_("last effective contact"), null=True, blank=True)
    last_touch_at = models.DateTimeField(_("last contact"), null=True, blank=True)
    last_note = models.CharField(_("last note"), max_length=200, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    effective_contacts = models.PositiveIntegerField(_("effective contacts"), default=0)
    missed_in_row = models.PositiveSmallIntegerField(_("missed in a row"), default=0)

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    import_run = models.ForeignKey(ImportRun, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    objects = CustomerQuerySet.as_manager()
    scope_rule = ScopeRule(common="owner__isnull", shares=lambda: Collaboration)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="open_customer_has_owner_or_pool",
                condition=Q(closed_on__isnull=False)
                | Q(owner__isnull=False, pool__isnull=True)
                | Q(owner__isnull=True, pool__isnull=False),
            ),
            models.CheckConstraint(
                name="open_owned_customer_has_due_date",
                condition=Q(closed_on__isnull=False) | Q(owner__isnull=True) | Q(due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="unowned_or_closed_customer_has_no_dates",
                condition=Q(closed_on__isnull=True, owner__isnull=False)
                | Q(due_on__isnull=True, planned_on__isnull=True),
            ),
            models.CheckConstraint(
                name="closed_customer_has_kind",
                condition=Q(closed_on__isnull=True, closed_kind="") | Q(closed_on__isnull=False) & ~Q(closed_kind=""),
            ),
            models.CheckConstraint(
                name="closed_customer_lies_in_no_pool", condition=Q(closed_on__isnull=True) | Q(pool__isnull=True)
            ),
            models.CheckConstraint(
                name="only_what_lies_in_a_pool_rests",
                condition=Q(pool__isnull=False) | Q(claimable_from=None, former_owner=None, released_on=None),
            ),
            models.CheckConstraint(
                name="effective_contacts_are_attempts", condition=Q(effective_contacts__lte=F("attempts"))
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "planned_on"], name="customer_owner_planned", condition=HELD),
            models.Index(fields=["owner", "due_on"], name="customer_owner_due", condition=HELD),
            models.Index(
                fields=["owner", "class_rank", "due_on", "id"],
                name="customer_owner_class",
                condition=Q(owner__isnull=False),
            ),
            models.Index(
                fields=["pool", "class_rank", "id"], name="customer_pool_class", condition=Q(pool__isnull=False)
            ),
            models.Index(fields=["unit", "due_on", "id"], name="customer_unit_of_due", condition=HELD),
            models.Index(fields=["unit", "class_rank", "due_on", "id"], name="customer_unit_class", condition=HELD),
            models.Index(fields=["due_on", "id"], name="customer_held_due", condition=HELD),
            models.Index(fields=["class_rank", "due_on", "id"], name="customer_class", condition=HELD),
            models.Index(fields=["class_code", "class_rank", "due_on", "id"], name="customer_of_class", condition=HELD),
            models.Index(fields=["unit", "class_code", "id"], name="customer_unit_of_class", condition=HELD),
            models.Index(
                fields=["planned_on", "id"], name="customer_planned_day", condition=HELD & Q(planned_on__isnull=False)
            ),
            models.Index(fields=["last_touch_at", "id"], name="customer_touched", condition=HELD),
            models.Index(fields=["class_rank", "id"], name="customer_pool_all", condition=Q(pool__isnull=False)),
            models.Index(
                fields=["unit", "class_rank", "id"], name="customer_pool_unit", condition=Q(pool__isnull=False)
            ),
            models.Index(
                fields=["unit", "last_touch_at", "id"], name="customer_pool_touched", condition=Q(pool__isnull=False)
            ),
            models.Index(
                fields=["unit", "claimable_from", "id"],
                name="customer_resting",
                condition=Q(claimable_from__isnull=False),
            ),
            models.Index(fields=["closed_on", "id"], name="customer_closed", condition=Q(closed_on__isnull=False)),
            models.Index(
                fields=["unit", "closed_on", "id"], name="customer_unit_closed", condition=Q(closed_on__isnull=False)
            ),
            models.Index(F("unit"), SILENT_SINCE, name="customer_silent", condition=HELD),
            models.Index(SILENT_SINCE, name="customer_silent_all", condition=HELD),
            models.Index(F("unit"), NEXT_ON, name="customer_unit_next", condition=HELD),
            models.Index(NEXT_ON, name="customer_next", condition=HELD),
            models.Index(fields=["due_on", "id"], name="customer_unplanned", condition=HELD & Q(planned_on=None)),
            models.Index(fields=["id"], name="customer_newest", condition=HELD),
            models.Index(fields=["name_key", "id"], name="customer_held_name", condition=HELD),
            # Who has this name already: of all, in pools and closed ones, too. A pool's order by name, too.
            models.Index(fields=["name_key"], name="customer_name"),
            models.Index(fields=["external_id"], name="customer_external", condition=~Q(external_id="")),
            models.Index(fields=["import_run", "id"], name="customer_import", condition=Q(import_run__isnull=False)),
            # Removing a customer asks whom it referred.
            models.Index(fields=["referred_by"], name="customer_referred", condition=Q(referred_by__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def follow_up_state(self, today: date) -> str:
        """One of four words, the same everywhere: overdue, today, planned, none ("" for pool and closed)."""
        if not self.is_open or self.due_on is None:
            return ""
        if self.due_on < today:
            return "overdue"
        if self.planned_on is not None and self.planned_on <= today:
            return "today"
        return "none" if self.due_on <= today and self.planned_on is None else "planned"


class ContactPerson(Describable):
    """Somebody at a customer. `is_key_person`: decides or is in charge (KP)."""

    class DecisionRole(models.TextChoices):
        DECIDES = "decides", _("Decides")
        PAYS = "pays", _("Pays")
        USES = "uses", _("Uses it")
        INFLUENCES = "influences", _("Has influence")
        GUARDS = "guards", _("Guards the door")

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contact_people")
    name = models.CharField(_("name"), max_length=60)
    title = models.CharField(_("title"), max_length=60, blank=True)
    is_key_person = models.BooleanField(_("key person (KP)"), default=False)
    decision_role = models.CharField(_("role in the decision"), max_length=10, choices=DecisionRole, blank=True)
    influence = models.CharField(_("influence"), max_length=120, blank=True)
    wechat = models.CharField(_("WeChat"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    remarks = models.CharField(_("remarks"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()
    scope_rule = ScopeRule(via="customer__", common="owner__isnull", shares=lambda: Collaboration)

    class Meta:
        ordering = ["-is_key_person", "position", "pk"]
        indexes = [models.Index(Lower("email"), name="contact_email", condition=~Q(email=""))]

    def __str__(self) -> str:
        return self.name


class Phone(models.Model):
    """A number of a customer, or of one contact person there. `number` is normalised (`customers/rules.py`)."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="phones")
    contact_person = models.ForeignKey(
        ContactPerson, models.CASCADE, null=True, blank=True, related_name="phones", db_index=False
    )
    number = models.CharField(_("phone"), max_length=24)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["number"], name="phone_number"),
            models.Index(
                fields=["contact_person"], name="phone_contact_person", condition=Q(contact_person__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Collaboration(models.Model):
    """One customer lent to a colleague: to read, or to work, until a day or for good."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="collaborations", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="collaborations")
    may_work = models.BooleanField(_("may work it"), default=False)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "person"], name="collaborator_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.customer_id}"


from genjin.customers.bulk.models import BulkBatch, BulkRow, BulkRun  # noqa: E402, F401  tables with a file of their own
from genjin.customers.dated_remarks import Remark  # noqa: E402, F401
from genjin.customers.duplicates.models import DuplicateRules, StockSearch, SuspectedPair  # noqa: E402, F401
from genjin.customers.importing.models import ImportedChange  # noqa: E402, F401
from genjin.customers.merging.models import Merge, PeopleMerge  # noqa: E402, F401
from genjin.customers.moves.models import ClassMove  # noqa: E402, F401
from genjin.customers.pools.models import ClaimsOfDay, Glance, PoolPerson  # noqa: E402, F401
from genjin.customers.profiles import Profile  # noqa: E402, F401
from genjin.customers.saved.models import ListLayout, SavedView  # noqa: E402, F401

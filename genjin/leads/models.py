"""Leads, what arrived of them, whose they are, and every push.

Promise 1 stands here as it does for customers: an open lead has exactly one of owner and queue, and the day it is next
pushed. A push is one attempt to reach somebody about a lead, with what came of it.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.core.fields.models import Describable
from genjin.core.scoping import ScopedQuerySet, ScopeRule
from genjin.core.transfer.models import ImportRun
from genjin.customers.models import Customer, SourceChannel
from genjin.followups.models import Touch
from genjin.leads.capture.models import CaptureForm, Consent, FormDay, Suspect  # noqa: F401  tables of this app
from genjin.leads.mail.models import Mailbox  # noqa: F401  a table of this app
from genjin.leads.queues.models import Queue
from genjin.leads.replies.models import OptOut, Reply, ReplyRule, SmsGateway  # noqa: F401  tables of this app
from genjin.organization.models import Unit


class Channel(models.TextChoices):
    """How a lead reached the company."""

    FORM = "form", pgettext_lazy("how a lead arrived", "Form")
    HAND = "hand", pgettext_lazy("how a lead arrived", "By hand")
    IMPORT = "import", pgettext_lazy("how a lead arrived", "Import")
    MAIL = "mail", pgettext_lazy("how a lead arrived", "E-mail")


class Judgement(models.TextChoices):
    """What a push showed (E8). The last two end nothing by themselves: nobody was reached, or it may be tried again."""

    NEED_NOW = "need_now", _("Needs it now")
    NEED_LATER = "need_later", _("Needs it later")
    VISIT = "visit", _("Wants a visit")
    NO_NEED = "no_need", _("No need")
    BOUGHT = "bought", _("Already bought")
    AGAIN = "again", _("May be contacted again")
    UNREACHABLE = "unreachable", _("Not reached")


class Outcome(models.TextChoices):
    """How a lead ended."""

    OPEN = "", pgettext_lazy("lead", "Open")
    CONVERTED = "converted", pgettext_lazy("lead", "Converted")
    NO_NEED = "no_need", _("No need")
    BOUGHT = "bought", _("Already bought")
    UNREACHABLE = "unreachable", pgettext_lazy("lead", "Given up: never reached")
    DUPLICATE = "duplicate", pgettext_lazy("lead", "Merged into another")
    NO_LEAD = "no_lead", pgettext_lazy("lead", "No lead: advertising or nonsense")
    BLOCKED = "blocked", _("Asked not to be contacted")


OPEN = Q(ended_at=None)
ENDED = Q(ended_at__isnull=False)


class LeadQuerySet(ScopedQuerySet):
    def open(self) -> "LeadQuerySet":
        return self.filter(ended_at=None)

    def ended(self) -> "LeadQuerySet":
        return self.filter(ended_at__isnull=False)

    def owned_by(self, person: Any) -> "LeadQuerySet":
        """A person's open leads. The day, which each has, is said for the index that holds them."""
        return self.open().filter(owner=person, push_on__isnull=False)

    def waiting(self) -> "LeadQuerySet":
        """Those in a queue: nobody has accepted them yet."""
        return self.open().filter(queue__isnull=False)

    def to_push_by(self, day: date) -> "LeadQuerySet":
        return self.open().filter(push_on__lte=day)


class Lead(Describable):
    """A not yet judged hint of a potential customer and need (E8).

    Who: any of company, person, phone, e-mail; `phone` is normalised, `phone_text` is what was given where it is no
    number. `matched` is the customer that it seems to be already, by a phone or e-mail. `times` counts what arrived of
    it (see `Arrival`). `pushes` are attempts, `reached` those that reached somebody, `missed_in_row` attempts since.
    `accept_by` is until when whoever it was given to must have opened it before it is given on.
    """

    company = models.CharField(_("company"), max_length=200, blank=True)
    name_key = models.CharField(max_length=200, blank=True, editable=False)
    person_name = models.CharField(_("contact person"), max_length=60, blank=True)
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    phone_text = models.CharField(_("phone as given"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    wechat = models.CharField(_("WeChat"), max_length=40, blank=True)
    province = models.CharField(_("province"), max_length=30, blank=True)
    city = models.CharField(_("city"), max_length=30, blank=True)
    product = models.CharField(_("product"), max_length=60, blank=True)
    wants = models.TextField(_("what they want"), blank=True, validators=[MaxLengthValidator(5000)])
    language = models.CharField(_("language"), max_length=7, blank=True)

    channel = models.CharField(_("arrived by"), max_length=6, choices=Channel)
    source = models.ForeignKey(
        SourceChannel, models.PROTECT, null=True, blank=True, verbose_name=_("source"), db_index=False
    )
    campaign = models.CharField(_("campaign"), max_length=100, blank=True)
    arrived_at = models.DateTimeField(_("arrived"))
    last_arrived_at = models.DateTimeField(_("arrived last"))
    times = models.PositiveIntegerField(_("arrived how often"), default=1)
    referred_by = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("referred by"),
        db_index=False,
    )  # fmt: skip
    matched = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("is already"), db_index=False
    )

    # Whose it is. `unit` is the owner's unit, or the queue's: what scoping reads.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("owner"),
        db_index=False,
    )  # fmt: skip
    queue = models.ForeignKey(
        Queue, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("queue"), db_index=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"), db_index=False)
    assigned_at = models.DateTimeField(_("assigned"), null=True, blank=True)
    assigned_why = models.JSONField(default=dict, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accept_by = models.DateTimeField(_("to be accepted by"), null=True, blank=True)

    # Where it stands, and when it is next pushed.
    judgement = models.CharField(_("judgement"), max_length=11, choices=Judgement, blank=True, default="")
    push_on = models.DateField(_("next push"), null=True, blank=True)
    push_why = models.JSONField(default=dict, blank=True)
    visit_at = models.DateTimeField(_("visit"), null=True, blank=True)
    pushes = models.PositiveIntegerField(_("attempts"), default=0)
    reached = models.PositiveIntegerField(_("reached"), default=0)
    missed_in_row = models.PositiveSmallIntegerField(_("missed in a row"), default=0)
    first_push_at = models.DateTimeField(_("first push"), null=True, blank=True)
    last_push_at = models.DateTimeField(_("last push"), null=True, blank=True)
    last_note = models.CharField(_("last note"), max_length=200, blank=True)

    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=11, choices=Outcome, blank=True, default="")
    ended_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="leads", verbose_name=_("became"), db_index=False
    )

    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    import_run = models.ForeignKey(ImportRun, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    objects = LeadQuerySet.as_manager()
    scope_rule = ScopeRule(common="owner__isnull", lies_in="queue")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="open_lead_has_owner_or_queue",
                condition=Q(ended_at__isnull=False)
                | Q(owner__isnull=False, queue__isnull=True)
                | Q(owner__isnull=True, queue__isnull=False),
            ),
            models.CheckConstraint(
                name="lead_has_push_date_while_open",
                condition=Q(ended_at=None, push_on__isnull=False) | Q(ended_at__isnull=False, push_on=None),
            ),
            models.CheckConstraint(
                name="ended_lead_has_outcome",
                condition=Q(ended_at=None, outcome="") | Q(ended_at__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(name="ended_lead_lies_in_no_queue", condition=OPEN | Q(queue=None)),
            models.CheckConstraint(name="reached_are_pushes", condition=Q(reached__lte=F("pushes"))),
            models.CheckConstraint(name="lead_arrived_once_at_least", condition=Q(times__gte=1)),
        ]
        indexes = [
            models.Index(fields=["owner", "push_on", "id"], name="lead_owner_push", condition=OPEN),
            models.Index(fields=["owner", "arrived_at", "id"], name="lead_owner", condition=Q(owner__isnull=False)),
            models.Index(fields=["queue", "arrived_at", "id"], name="lead_queue", condition=Q(queue__isnull=False)),
            models.Index(fields=["unit", "arrived_at", "id"], name="lead_unit"),
            models.Index(fields=["unit", "push_on", "id"], name="lead_unit_push", condition=OPEN),
            models.Index(fields=["push_on", "id"], name="lead_push", condition=OPEN),
            models.Index(fields=["arrived_at", "id"], name="lead_newest"),
            models.Index(fields=["accept_by"], name="lead_to_accept", condition=Q(accept_by__isnull=False)),
            models.Index(fields=["phone"], name="lead_phone", condition=~Q(phone="")),
            models.Index(fields=["email"], name="lead_email", condition=~Q(email="")),
            models.Index(fields=["name_key"], name="lead_name", condition=~Q(name_key="")),
            models.Index(fields=["ended_at", "id"], name="lead_ended", condition=ENDED),
            models.Index(
                fields=["unit", "ended_at", "id"], name="lead_unit_ended", condition=Q(ended_at__isnull=False)
            ),
            models.Index(
                fields=["owner", "ended_at", "id"], name="lead_own_ended", condition=Q(ended_at__isnull=False)
            ),
            models.Index(
                fields=["owner", "last_push_at"], name="lead_owner_pushed", condition=Q(last_push_at__isnull=False)
            ),
            models.Index(fields=["customer"], name="lead_became", condition=Q(customer__isnull=False)),
            models.Index(fields=["matched"], name="lead_matched", condition=Q(matched__isnull=False)),
            models.Index(fields=["referred_by"], name="lead_referred", condition=Q(referred_by__isnull=False)),
            models.Index(fields=["import_run", "id"], name="lead_import", condition=Q(import_run__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """What it is called in lists: the company, else the person, else the number or address it came with."""
        return self.company or self.person_name or self.phone or self.phone_text or self.email or f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    def state(self, today: date) -> str:
        """One of the four words while it is open: overdue, today, planned; "" once it has ended."""
        if self.push_on is None:
            return ""
        return "overdue" if self.push_on < today else "today" if self.push_on == today else "planned"


class ArrivalQuerySet(ScopedQuerySet):
    def unsettled(self) -> "ArrivalQuerySet":
        return self.filter(settled_at=None)


class Arrival(models.Model):
    """One thing that came in: what a form, a mail, a file or a colleague gave, word for word in `given`.

    It is written first and settled after: `lead` is None until it was matched to an open lead or became one. `key`
    makes what is sent twice one arrival; `fingerprint` is what identical ones share while they are of one open lead:
    they are counted in `times` and kept once. `queue` is where a form or mailbox sends its leads; None leaves it to the
    rules.
    """

    key = models.UUIDField(unique=True)
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="arrivals", db_index=False)
    at = models.DateTimeField()
    channel = models.CharField(max_length=6, choices=Channel)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    queue = models.ForeignKey(Queue, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    form = models.ForeignKey(
        CaptureForm, models.SET_NULL, null=True, blank=True, related_name="arrivals", db_index=False
    )
    given = models.JSONField(default=dict)
    came_from = models.JSONField(default=dict)
    source = models.ForeignKey(SourceChannel, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    campaign = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=32, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    import_run = models.ForeignKey(ImportRun, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    objects = ArrivalQuerySet.as_manager()
    scope_rule = ScopeRule(via="lead__", common="owner__isnull", lies_in="queue")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], name="identical_arrivals_are_one", condition=~Q(fingerprint="")
            ),
        ]
        indexes = [
            models.Index(fields=["lead", "at"], name="arrival_lead", condition=Q(lead__isnull=False)),
            models.Index(fields=["id"], name="arrival_unsettled", condition=Q(settled_at=None)),
            models.Index(fields=["form", "at"], name="arrival_form", condition=Q(form__isnull=False)),
            models.Index(fields=["import_run", "lead"], name="arrival_import", condition=Q(import_run__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.at:%Y-%m-%d %H:%M}"


class PushQuerySet(ScopedQuerySet):
    def standing(self) -> "PushQuerySet":
        return self.filter(undone_at=None)


class Push(models.Model):
    """One attempt about a lead, with its judgement. `before` are the lead's fields as they were, `version_after` the
    version it made: while that is the lead's version the push can be taken back. `key` makes one sent twice one."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="push_rows", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("when"))
    channel = models.CharField(_("channel"), max_length=6, choices=Touch.Channel, default=Touch.Channel.PHONE)
    judgement = models.CharField(_("judgement"), max_length=11, choices=Judgement)
    remarks = models.TextField(_("remarks"), blank=True)
    push_on = models.DateField(_("next push"), null=True, blank=True)
    key = models.UUIDField(unique=True)
    before = models.JSONField(default=dict)
    version_after = models.PositiveIntegerField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = PushQuerySet.as_manager()
    scope_rule = ScopeRule(via="lead__", common="owner__isnull", lies_in="queue")

    class Meta:
        indexes = [
            models.Index(fields=["lead", "at"], name="push_lead_at"),
            models.Index(fields=["author", "at"], name="push_author_at", condition=Q(undone_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.at:%Y-%m-%d %H:%M}"

    @property
    def has_reached(self) -> bool:
        return self.judgement != Judgement.UNREACHABLE


# Tables with a file of their own.
from genjin.leads.assigning.models import EmptyHanded, GivenOfDay, Lapse, RuleVersion, Turn  # noqa: E402, F401
from genjin.leads.converting.models import Conversion  # noqa: E402, F401
from genjin.leads.merging.models import LeadMerge  # noqa: E402, F401
from genjin.leads.qualifying.models import Checklist, Qualification  # noqa: E402, F401
from genjin.leads.scoring.models import Likeness  # noqa: E402, F401
from genjin.leads.sources.models import Reward, SourceCost  # noqa: E402, F401

"""Contacts with customers and what was agreed in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.core.scoping import ScopedQuerySet, ScopeRule
from genjin.core.transfer.models import ImportRun
from genjin.customers.models import Collaboration, ContactPerson, Customer

SEEN_WITH_CUSTOMER = ScopeRule(via="customer__", common="owner__isnull", shares=lambda: Collaboration)


class TouchQuerySet(ScopedQuerySet):
    def standing(self) -> "TouchQuerySet":
        """Touches that were not undone."""
        return self.filter(undone_at=None)

    def effective(self) -> "TouchQuerySet":
        return self.standing().filter(is_effective=True)

    def made_here(self) -> "TouchQuerySet":
        """Notes that somebody saved here: what a day's work is counted by. Imported history is nobody's work here."""
        return self.standing().filter(import_run=None)


class Touch(models.Model):
    """One attempt at one customer, with its structured note (C6).

    `before` keeps the customer's follow-up fields as they were, `version_after` the customer's version that saving
    made: while it is still that version the save can be undone. `key` makes a note sent twice one note.

    A contact that a file tells of (`import_run`) has the author it names: a colleague, or in the file's own words
    (`author_words`) whoever nobody here is. Without `has_time` only its day is known, and `at` is the day's beginning.

    `pays_on` is the day by which the customer said that it pays: what 毁单 is judged by.

    `note_facts` and `note_print` say what the note of an effective contact has and which words it is in (see
    `note_reading.facts`); None in one that was written before this was kept.
    """

    class Channel(models.TextChoices):
        PHONE = "phone", pgettext_lazy("channel", "Phone")
        VISIT = "visit", _("Visit")
        WECHAT = "wechat", _("WeChat")
        SMS = "sms", _("SMS")
        EMAIL = "email", _("E-mail")
        FAX = "fax", _("Fax")
        OTHER = "other", _("Other")

    class Attitude(models.TextChoices):
        WILLING = "willing", pgettext_lazy("attitude", "Willing")
        CONSIDERING = "considering", pgettext_lazy("attitude", "Still considering")
        LUKEWARM = "lukewarm", pgettext_lazy("attitude", "Lukewarm")
        UNCONVINCED = "unconvinced", pgettext_lazy("attitude", "Not convinced")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="touches", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    author_words = models.CharField(max_length=60, blank=True, default="")
    at = models.DateTimeField(_("when"))
    has_time = models.BooleanField(default=True)
    channel = models.CharField(_("channel"), max_length=6, choices=Channel, default=Channel.PHONE)
    contact_person = models.ForeignKey(
        ContactPerson, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    is_effective = models.BooleanField(_("effective"))
    proposed_effective = models.BooleanField(_("effective by the rule"))
    miss_reason = models.CharField(_("why not"), max_length=40, blank=True)
    interests = models.JSONField(_("interest points"), default=list)
    objections = models.JSONField(_("objections"), default=list)
    services = models.JSONField(_("services introduced"), default=list)
    bring_next = models.JSONField(_("to bring next time"), default=list)
    attitude = models.CharField(_("attitude"), max_length=11, choices=Attitude, blank=True, default="", db_default="")
    pays_on = models.DateField(_("promised to pay by"), null=True, blank=True)
    remarks = models.TextField(_("remarks"), blank=True)
    duration = models.PositiveIntegerField(_("seconds talked"), null=True, blank=True)
    class_before = models.CharField(max_length=4)
    class_after = models.CharField(max_length=4)
    class_wanted = models.CharField(max_length=4, blank=True)
    conditions_missing = models.JSONField(default=list)
    planned_on = models.DateField(_("next contact"), null=True, blank=True)
    reason = models.CharField(_("reason for the date"), max_length=200, blank=True)

    key = models.UUIDField(unique=True)
    before = models.JSONField(default=dict)
    version_after = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    import_run = models.ForeignKey(ImportRun, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    note_facts = models.SmallIntegerField(null=True, blank=True, editable=False)
    note_print = models.BigIntegerField(null=True, blank=True, editable=False)

    objects = TouchQuerySet.as_manager()
    scope_rule = SEEN_WITH_CUSTOMER

    class Meta:
        indexes = [
            models.Index(fields=["customer", "at"], name="touch_customer_at"),
            models.Index(fields=["author", "at"], name="touch_author_at"),
            # Removing a contact person asks who was talked with.
            models.Index(fields=["contact_person"], name="touch_contact", condition=Q(contact_person__isnull=False)),
            models.Index(fields=["import_run", "customer"], name="touch_import", condition=Q(import_run__isnull=False)),
            models.Index(fields=["pays_on"], name="touch_pays", condition=Q(pays_on__isnull=False)),
            # Holds all that a manager's board counts of a week's talks, so that it need not look at the notes.
            models.Index(
                fields=["author", "at", "class_before", "note_facts", "note_print", "customer"],
                name="touch_talks",
                condition=Q(is_effective=True, undone_at=None, import_run=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="note_made_here_has_author", condition=Q(import_run__isnull=False) | Q(author__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_imported(self) -> bool:
        return self.import_run_id is not None

    @property
    def whose(self) -> str:
        """The author's name; of an imported contact what the file says, "" where it says nobody."""
        return self.author.name if self.author is not None else self.author_words


class Correction(models.Model):
    """What a note said before it was corrected."""

    touch = models.ForeignKey(Touch, models.CASCADE, related_name="corrections")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    text_before = models.TextField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.touch_id} {self.at:%Y-%m-%d %H:%M}"


class AppointmentQuerySet(ScopedQuerySet):
    def open(self) -> "AppointmentQuerySet":
        return self.filter(ended_at=None)


class Appointment(models.Model):
    """An exact time agreed with the customer, to call or to visit. A visit is confirmed the day before (C9)."""

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        VISIT = "visit", _("Visit")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="appointments")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="appointments", verbose_name=_("whose")
    )
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.CALL)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    result = models.CharField(_("result"), max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    made_in = models.ForeignKey(
        Touch, models.SET_NULL, null=True, blank=True, related_name="appointments_made", db_index=False
    )

    objects = AppointmentQuerySet.as_manager()
    scope_rule = SEEN_WITH_CUSTOMER

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["by", "at"], name="appointment_open", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.at:%Y-%m-%d %H:%M}"


class PromiseQuerySet(ScopedQuerySet):
    def open(self) -> "PromiseQuerySet":
        return self.filter(ended_at=None)

    def due_by(self, moment) -> "PromiseQuerySet":
        return self.open().filter(by_when__lte=moment)


class Promise(models.Model):
    """Something promised to a customer, with a time (B5). Open until it is kept, or said to be broken."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="promises")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="promises", verbose_name=_("whose")
    )
    what = models.CharField(_("what"), max_length=200)
    by_when = models.DateTimeField(_("by when"))
    made_at = models.DateTimeField()
    made_in = models.ForeignKey(
        Touch, models.SET_NULL, null=True, blank=True, related_name="promises_made", db_index=False
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    is_broken = models.BooleanField(default=False)

    objects = PromiseQuerySet.as_manager()
    scope_rule = SEEN_WITH_CUSTOMER

    class Meta:
        ordering = ["by_when"]
        indexes = [
            models.Index(fields=["by", "by_when"], name="promise_open", condition=Q(ended_at=None)),
            # What a manager asks of a week: who kept how many.
            models.Index(fields=["by", "ended_at"], name="promise_ended", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.what

    def outcome(self, moment) -> str:
        """open, late (its time has passed), kept, kept_late or broken."""
        if self.ended_at is None:
            return "late" if self.by_when < moment else "open"
        if self.is_broken:
            return "broken"
        return "kept" if self.ended_at <= self.by_when else "kept_late"


class Payment(models.Model):
    """Paid, with amount (yuan) and day: moves class 1 to won. A plain record until sales brings receipts."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="payments")
    touch = models.ForeignKey(Touch, models.CASCADE, null=True, blank=True, related_name="payments", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("paid on"))

    objects = ScopedQuerySet.as_manager()
    scope_rule = SEEN_WITH_CUSTOMER

    class Meta:
        constraints = [models.CheckConstraint(name="payment_is_positive", condition=Q(amount__gt=0))]

    def __str__(self) -> str:
        return f"{self.amount} {self.paid_on}"


class CampaignSummaryQuerySet(ScopedQuerySet):
    def counts_by_attempt(self) -> dict[int, tuple[int, int]]:
        """Contacts in the campaign → (clients, of them won): what "yield by contact number" is reckoned from.

        Most companies have imported none. They are asked no more: looking for what a manager may see of nothing reads
        through all customers.
        """
        if not CampaignSummary.objects.exists():
            return {}
        won = models.Count("pk", filter=Q(is_won=True))
        rows = self.order_by("attempts").values_list("attempts").annotate(clients=models.Count("pk"), won=won)
        return {attempts: (clients, bought) for attempts, clients, bought in rows}


class CampaignSummary(models.Model):
    """What an imported campaign says of one customer as a whole. It holds no single contact and moves no date."""

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True, related_name="campaign")
    attempts = models.PositiveIntegerField(_("contacts in this campaign"))
    is_won = models.BooleanField(_("bought"), default=False)
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    last_call_seconds = models.PositiveIntegerField(_("length of the last call"), null=True, blank=True)
    earlier_contacts = models.PositiveIntegerField(_("contacts before this campaign"), default=0)

    objects = CampaignSummaryQuerySet.as_manager()
    scope_rule = SEEN_WITH_CUSTOMER

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.attempts}"


from genjin.followups.escalation.models import Delivery, Digest, MailChoice, Robot  # noqa: E402, F401
from genjin.followups.note_reading.models import NoteReading  # noqa: E402, F401  a table with a file of its own
from genjin.followups.plans.models import DayPlan, PlannedContact  # noqa: E402, F401  tables with a file of their own
from genjin.followups.proposals.models import Proposal  # noqa: E402, F401
from genjin.followups.recycling.models import RecycledCustomer, RecycleRun  # noqa: E402, F401
from genjin.followups.register.models import KeyNote, WeekendMessage, WeekendText  # noqa: E402, F401
from genjin.followups.reports.models import Report, ReportComment, Workday  # noqa: E402, F401
from genjin.followups.tasks.models import Task  # noqa: E402, F401

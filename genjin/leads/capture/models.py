"""Forms that anybody may fill in, what their consent said, how often they were looked at, and what seems to be spam."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genjin.customers.models import SourceChannel
from genjin.leads.queues.models import Queue
from genjin.organization.models import Unit

SLUG = 14  # letters and digits of an address: nobody finds a form by trying (ours)


class FormQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "FormQuerySet":
        return self.filter(unit__in=Unit.objects.visible_to(actor))

    def open_on(self, day: date) -> "FormQuerySet":
        """Those that take what is sent on this day."""
        began = Q(open_from=None) | Q(open_from__lte=day)
        return self.filter(began, Q(open_until=None) | Q(open_until__gte=day), is_open=True)


class CaptureForm(models.Model):
    """A form at an address of its own.

    `fields`: [{"name", "label", "is_required", "choices"}, …] in their order; `name` is one of `rules.OFFERED` or a
    custom field as "custom.code". `origins`: the websites ("https://example.com") that may show the form in a frame and
    send to it. `queue`: where its leads go; None leaves it to the rules. `consent_version` numbers the wordings of the
    consent (`Consent`), 0 while none is asked. `most_by_address`: so many from one address in ten minutes.
    """

    class Language(models.TextChoices):
        CHINESE = "zh-hans", _("Chinese")
        ENGLISH = "en", _("English")

    slug = models.CharField(max_length=SLUG, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="capture_forms", verbose_name=_("unit"))
    queue = models.ForeignKey(
        Queue, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("queue"), db_index=False
    )
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=7, choices=Language, default=Language.CHINESE)
    title = models.CharField(pgettext_lazy("of a form", "title"), max_length=80)
    intro = models.TextField(_("introduction"), blank=True, validators=[MaxLengthValidator(1000)])
    fields = models.JSONField(default=list)
    consent = models.TextField(_("consent"), blank=True, validators=[MaxLengthValidator(2000)])
    consent_version = models.PositiveIntegerField(default=0)
    thanks = models.TextField(_("thanks"), blank=True, validators=[MaxLengthValidator(1000)])
    redirect_to = models.URLField(_("page of thanks elsewhere"), max_length=500, blank=True)
    source = models.ForeignKey(
        SourceChannel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source"), db_index=False
    )
    campaign = models.CharField(_("campaign"), max_length=100, blank=True)
    origins = models.JSONField(default=list)
    is_open = models.BooleanField(_("takes what is sent"), default=True)
    open_from = models.DateField(_("open from"), null=True, blank=True)
    open_until = models.DateField(_("open until"), null=True, blank=True)
    has_puzzle = models.BooleanField(_("asks the browser for a little work"), default=False)
    most_by_address = models.PositiveIntegerField(
        _("from one address in ten minutes"), default=20, validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = FormQuerySet.as_manager()

    class Meta:
        app_label = "leads"
        ordering = ["unit", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    def takes_on(self, day: date) -> bool:
        began = self.open_from is None or self.open_from <= day
        return self.is_open and began and (self.open_until is None or day <= self.open_until)


class Consent(models.Model):
    """One wording of a form's consent, kept for ever: an arrival names its version."""

    form = models.ForeignKey(CaptureForm, models.CASCADE, related_name="consents")
    version = models.PositiveIntegerField()
    text = models.TextField()
    since = models.DateTimeField()

    class Meta:
        app_label = "leads"
        ordering = ["form", "-version"]
        constraints = [models.UniqueConstraint(fields=["form", "version"], name="consent_version_once")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.version}"


class FormDay(models.Model):
    """How often a form was looked at on a day, and how often an address was sent away because it sent too much."""

    form = models.ForeignKey(CaptureForm, models.CASCADE, related_name="days", db_index=False)
    on = models.DateField()
    shown = models.PositiveIntegerField(default=0)
    too_many = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "leads"
        constraints = [models.UniqueConstraint(fields=["form", "on"], name="form_day_once")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.on}"


class SuspectQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> "SuspectQuerySet":
        return self.filter(form__unit__in=Unit.objects.visible_to(actor))

    def undecided(self) -> "SuspectQuerySet":
        return self.filter(decided_at=None)


class Suspect(models.Model):
    """Something sent that looks like spam: kept apart word for word until a person decides. `why` are codes;
    `fingerprint` makes identical ones one that counts."""

    form = models.ForeignKey(CaptureForm, models.CASCADE, related_name="suspects", db_index=False)
    at = models.DateTimeField()
    last_at = models.DateTimeField()
    given = models.JSONField(default=dict)
    came_from = models.JSONField(default=dict)
    why = models.JSONField(default=list)
    key = models.UUIDField()
    fingerprint = models.CharField(max_length=32)
    times = models.PositiveIntegerField(default=1)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    arrival = models.ForeignKey("leads.Arrival", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SuspectQuerySet.as_manager()

    class Meta:
        app_label = "leads"
        constraints = [
            models.UniqueConstraint(
                fields=["form", "fingerprint"], name="identical_suspects_are_one", condition=Q(decided_at=None)
            )
        ]
        indexes = [
            models.Index(fields=["form", "decided_at", "-at"], name="suspect_form"),
            models.Index(fields=["last_at"], name="suspect_old"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.at:%Y-%m-%d %H:%M}"

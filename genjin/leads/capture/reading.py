"""How often each form was looked at, sent, suspected, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from genjin.leads.capture.models import CaptureForm, FormDay, Suspect
from genjin.leads.models import Arrival, Outcome


@dataclass(frozen=True, slots=True)
class Figures:
    """Since `since`: looks, what was sent (identical ones counted each), suspected ones, how often an address was sent
    away, leads, and of these how many were converted."""

    shown: int = 0
    sent: int = 0
    suspected: int = 0
    undecided: int = 0
    too_many: int = 0
    leads: int = 0
    converted: int = 0


def figures_of(forms: Iterable[CaptureForm], *, since: date) -> dict[int, Figures]:
    """By the form's key."""
    keys = [form.pk for form in forms]
    looks = FormDay.objects.filter(form__in=keys, on__gte=since).order_by().values("form")
    days = looks.annotate(looks=Sum("shown"), away=Sum("too_many"))
    arrivals = Arrival.objects.filter(form__in=keys, at__date__gte=since).order_by().values("form")
    came = arrivals.annotate(
        sent=Sum("times"),
        leads=Count("lead", distinct=True),
        converted=Count("lead", distinct=True, filter=Q(lead__outcome=Outcome.CONVERTED)),
    )
    suspects = Suspect.objects.filter(form__in=keys, at__date__gte=since).order_by().values("form")
    apart = suspects.annotate(suspected=Sum("times"), undecided=Count("pk", filter=Q(decided_at=None)))
    looked = {row["form"]: (row["looks"], row["away"]) for row in days}
    sent = {row["form"]: (row["sent"], row["leads"], row["converted"]) for row in came}
    kept = {row["form"]: (row["suspected"], row["undecided"]) for row in apart}
    found = {}
    for key in keys:
        shown, too_many = looked.get(key, (0, 0))
        times, leads, converted = sent.get(key, (0, 0, 0))
        suspected, undecided = kept.get(key, (0, 0))
        found[key] = Figures(shown, times, suspected, undecided, too_many, leads, converted)
    return found


def form_at(slug: str) -> CaptureForm | None:
    """The form at an address, for anybody; None where there is none."""
    return CaptureForm.objects.filter(slug=slug).first()

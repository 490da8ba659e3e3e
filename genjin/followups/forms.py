"""The note form: what is typed, read into plain values. Wording and chips come from the playbook."""

import uuid
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import Refused
from genjin.followups import chips
from genjin.followups.models import Appointment, Touch
from genjin.followups.preview import TEN_YEARS
from genjin.followups.services.notes import Note
from genjin.playbooks.practice import Practice

OWN_WORD = 60
MOST_WORDS = 40
PICKS = ("tomorrow", "three", "week")


class CodesField(forms.Field):
    """Several chips: codes, each once, in the order they were sent."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        words = (str(each).replace("\0", "").strip()[:OWN_WORD] for each in value or [])
        return list(dict.fromkeys(word for word in words if word))[:MOST_WORDS]


def within_ten_years(day: date) -> None:
    """Refuse a day that can only be a slip of the hand: calendars end somewhere."""
    if abs(day - timezone.localdate()) > TEN_YEARS:
        raise ValidationError(_("This day is too far away. Choose one within ten years."))


def own_words(text: str) -> list[str]:
    """What was typed beside the chips, apart at commas."""
    for mark in "，,；;\n":
        text = text.replace(mark, "、")
    return [word.strip()[:OWN_WORD] for word in text.split("、") if word.strip()]


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


class NoteForm(forms.Form):
    """One note. `outcome` empty lets the rule decide; `next_on` empty takes the engine's day."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("Channel"), choices=Touch.Channel, initial=Touch.Channel.PHONE)
    contact_person = forms.IntegerField(label=_("Spoken with"), required=False)
    outcome = forms.ChoiceField(
        label=_("Result"), choices=[("", ""), ("effective", _("Effective")), ("missed", _("Not effective"))],
        required=False,
    )  # fmt: skip
    miss_reason = forms.CharField(label=_("Why not"), max_length=40, required=False)
    miss_reason_own = forms.CharField(max_length=40, required=False)
    interests = CodesField(label=_("Interest"), required=False)
    interests_own = forms.CharField(max_length=200, required=False)
    objections = CodesField(label=_("Objections"), required=False)
    objections_own = forms.CharField(max_length=200, required=False)
    services = CodesField(label=_("Services introduced"), required=False)
    services_own = forms.CharField(max_length=200, required=False)
    bring_next = CodesField(label=_("Bring next time"), required=False)
    bring_next_own = forms.CharField(max_length=200, required=False)
    attitude = forms.ChoiceField(label=_("Attitude"), choices=[("", ""), *Touch.Attitude.choices], required=False)
    pays_on = forms.DateField(label=_("Promised to pay by"), required=False, validators=[within_ten_years])
    remarks = forms.CharField(label=_("Remarks"), max_length=5000, required=False)
    class_wanted = forms.CharField(label=_("Class"), max_length=4, required=False)
    ticked = CodesField(required=False)
    next_on = forms.DateField(label=_("Next contact"), required=False, validators=[within_ten_years])
    next_time = forms.TimeField(label=_("Time"), required=False)
    next_reason = forms.CharField(label=_("Why later"), max_length=200, required=False)
    appointment_kind = forms.ChoiceField(
        label=_("Call or visit"), choices=Appointment.Kind, required=False, initial=Appointment.Kind.CALL
    )
    appointment_purpose = forms.CharField(label=_("Purpose"), max_length=200, required=False)
    promise_what = forms.CharField(label=_("A promise"), max_length=200, required=False)
    promise_on = forms.DateField(label=_("By"), required=False, validators=[within_ten_years])
    promise_time = forms.TimeField(required=False)
    paid_amount = forms.DecimalField(
        label=_("Amount paid (yuan)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    paid_on = forms.DateField(label=_("Paid on"), required=False, validators=[within_ten_years])
    third_miss = forms.ChoiceField(
        required=False,
        choices=[(each, each) for each in ("", "move", "pool", "close", "keep")],
    )
    decision_reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, practice: Practice, at: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.practice, self.at = practice, at

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("promise_what") and not given.get("promise_on") and "promise_on" not in self.errors:
            given["promise_on"] = self.practice.calendar.add(timezone.localdate(self.at), 1)
        return given

    def _several(self, name: str) -> list[str]:
        own = own_words(self.cleaned_data.get(f"{name}_own") or "")
        return list(dict.fromkeys([*(self.cleaned_data.get(name) or []), *own]))

    @property
    def missed(self) -> bool:
        return self.cleaned_data.get("outcome") == "missed"

    def note(self, *, next_on: date | None = None) -> Note:
        """The note as typed; fields that were wrong count as empty. `next_on` is the day shown for a time without one.

        A form folded by "not effective" sends nothing of what it hides: points, class and payment are left out.
        """
        given = {name: value for name, value in self.cleaned_data.items() if name not in self.errors}
        missed = given.get("outcome") == "missed"
        on, at = given.get("next_on"), given.get("next_time")
        agreed_on = on or next_on
        by_when = given.get("promise_on")
        return Note(
            key=given.get("key") or uuid.uuid4(),
            channel=given.get("channel") or Touch.Channel.PHONE,
            contact_person=given.get("contact_person"),
            effective={"effective": True, "missed": False}.get(given.get("outcome") or ""),
            miss_reason=(given.get("miss_reason_own") or given.get("miss_reason") or "") if missed else "",
            interests=[] if missed else self._several("interests"),
            objections=[] if missed else self._several("objections"),
            services=[] if missed else self._several("services"),
            bring_next=[] if missed else self._several("bring_next"),
            attitude="" if missed else given.get("attitude") or "",
            pays_on=None if missed else given.get("pays_on"),
            remarks=given.get("remarks") or "",
            class_wanted="" if missed else given.get("class_wanted") or "",
            ticked=[] if missed else given.get("ticked") or [],
            next_on=on,
            next_reason=given.get("next_reason") or "",
            promise_what=given.get("promise_what") or "",
            promise_by_when=_moment(by_when, given.get("promise_time") or time(18)) if by_when else None,
            appointment_at=_moment(agreed_on, at) if at and agreed_on else None,
            appointment_kind=given.get("appointment_kind") or Appointment.Kind.CALL,
            appointment_purpose=given.get("appointment_purpose") or "",
            paid_amount=None if missed else given.get("paid_amount"),
            paid_on=given.get("paid_on"),
            third_miss=given.get("third_miss") or "" if missed else "",
            decision_reason=given.get("decision_reason") or "",
        )

    def says_nothing(self, note: Note) -> bool:
        """Whether nobody could tell if this was effective: no result chosen, and nothing that the rule could read."""
        return note.effective is None and not note.has_substance

    def refuse(self, refusal: Refused, field: str | None = None) -> None:
        """Show what a service refused at its field, with everything typed kept."""
        from genjin.web.wording import word

        self.add_error(field if field in self.fields else None, word(refusal))

    def chip_choices(self) -> dict[str, list[tuple[str, str]]]:
        return {group: chips.choices(self.practice.playbook, group) for group in chips.GROUPS}

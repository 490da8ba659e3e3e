"""What is typed to give a task, and to answer one."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genjin.customers.forms.people import AmongForm
from genjin.followups.forms import within_ten_years
from genjin.followups.models import Touch
from genjin.followups.tasks.models import Task
from genjin.followups.tasks.services import Order
from genjin.organization.models import Person
from genjin.web.formats import moment
from genjin.web.forms import Form


class OrderFields(AmongForm):
    """What is to be done, when; whoever gives it may add for whom."""

    kind = forms.ChoiceField(
        label=_("kind"), choices=Task.Kind, initial=Task.Kind.FOLLOW_UP, widget=forms.RadioSelect, required=False
    )
    on = forms.DateField(label=_("day"), validators=[within_ten_years])
    at = forms.TimeField(label=_("at what time"), required=False)
    purpose = forms.CharField(label=_("what is to be done"), max_length=200)
    wanted = forms.CharField(label=_("result wanted"), max_length=200, required=False)

    def order(self) -> Order:
        given = self.cleaned_data
        at = timezone.make_aware(datetime.combine(given["on"], given["at"])) if given["at"] else None
        return Order(
            on=given["on"], at=at, kind=given["kind"] or Task.Kind.FOLLOW_UP, purpose=given["purpose"],
            wanted=given["wanted"],
        )  # fmt: skip


class GiveForm(OrderFields):
    """A task for chosen people; `at_customer` offers to lend the customer to who does not hold it."""

    lend = forms.BooleanField(label=_("lend the customer to who does not hold it"), required=False)

    def __init__(self, *arguments: Any, actor: Person, at_customer: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.offer(
            Person.objects.visible_to(actor).holding_customers().exclude(pk=actor.pk).select_related("unit"), actor
        )
        self.fields["among"].label = _("for whom")
        if not at_customer:
            del self.fields["lend"]
        self.order_fields(["among", "purpose", "wanted", "on", "at", "kind", "lend"])


class GiveToOwnersForm(OrderFields):
    """A task for whoever holds each of the chosen customers."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.order_fields(["purpose", "wanted", "on", "at", "kind"])


class DoneForm(Form):
    result = forms.CharField(label=_("what came of it"), max_length=500, required=False)

    def __init__(self, *arguments: Any, notes: list[Touch], **named: Any) -> None:
        super().__init__(*arguments, **named)
        if notes:
            said = [(str(note.pk), f"{moment(note.at)} {note.remarks}"[:60]) for note in notes]
            self.fields["note"] = forms.ChoiceField(
                label=_("by the note"), choices=[*said, ("", _("by none"))], initial=said[0][0], required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.order_fields(["note", "result"])
        self.notes = {str(note.pk): note for note in notes}

    def note(self) -> Touch | None:
        return self.notes.get(self.cleaned_data.get("note", ""))


class WhyNotForm(Form):
    result = forms.CharField(label=_("why it was not carried out"), max_length=500)


class WithdrawForm(Form):
    result = forms.CharField(label=_("reason"), max_length=500, required=False)

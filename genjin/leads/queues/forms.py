"""A queue's name, its circle of people, and how long they may take."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.forms.people import PeopleChoice, are_few
from genjin.customers.forms.pools import PeopleNamed
from genjin.leads.queues.models import Queue
from genjin.leads.queues.services import near
from genjin.organization.forms.refusable import Form
from genjin.organization.models import Person, Unit
from genjin.web.forms import furnish


class QueueForm(Form):
    """For a queue that is there. A unit's own stays open to all of the unit."""

    name = forms.CharField(label=_("Name"), max_length=80)
    accept_minutes = forms.IntegerField(
        label=_("To be accepted within working minutes"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("What was given to somebody and is not accepted by then is passed on. Empty: nothing is."),
    )
    is_for_chosen = forms.BooleanField(
        label=_("For chosen people only"),
        required=False,
        help_text=_("Others of the unit do not see the leads in it. Who leads the unit always does."),
    )

    refusals = {
        "queue_name_taken": "name",
        "queue_needs_a_name": "name",
        "own_queue_stays_open": "is_for_chosen",
        "queue_needs_members": "members",
        "person_too_far_from_queue": "members",
    }

    def __init__(self, *arguments: Any, queue: Queue, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if queue.home_of_id:
            del self.fields["is_for_chosen"]
            return
        people = near(queue)
        options: dict[str, Any] = {"label": _("Members"), "required": False}
        members: forms.Field = (
            PeopleChoice(people, widget=forms.CheckboxSelectMultiple, **options)
            if are_few(people)
            else PeopleNamed(people, **options)
        )
        furnish(members)
        self.fields["members"] = members

    def changes(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "name": given["name"],
            "is_for_chosen": given.get("is_for_chosen", False),
            "members": list(given.get("members", ())),
            "accept_minutes": given["accept_minutes"],
        }


class NewQueueForm(Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    unit = forms.ModelChoiceField(None, label=_("Unit"), empty_label=None)

    refusals = {"queue_name_taken": "name", "queue_needs_a_name": "name", "unit_outside_yours": "unit"}

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["unit"].queryset = Unit.objects.visible_to(actor)

"""What is typed about a lead: a new one, what it says, a push with its judgement, whose it is, its end."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from genjin.customers.models import SourceChannel
from genjin.followups.models import Touch
from genjin.leads.custom import KIND
from genjin.leads.models import Judgement, Lead, Outcome
from genjin.leads.queues.models import Queue
from genjin.leads.services.pushes import Judged
from genjin.organization.models import Person
from genjin.web.fields.forms import FieldsMixin
from genjin.web.forms import Form, ModelForm

TYPED = (
    "company", "person_name", "title", "phone", "email", "wechat", "province", "city", "product", "wants", "source",
    "campaign",
)  # fmt: skip


class LeadForm(FieldsMixin, ModelForm):
    """What a lead says of itself, custom fields last. A phone that is none is refused by the service."""

    subject = KIND

    class Meta:
        model = Lead
        fields = TYPED

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["phone"].max_length = 120
        self.fields["source"].queryset = SourceChannel.objects.all()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(given.get(name) for name in ("company", "person_name", "phone", "email", "wechat")):
            raise forms.ValidationError(_("Write at least a company, a name, a phone, an e-mail or a WeChat."))
        return given

    @property
    def said(self) -> dict[str, Any]:
        """The fields by attribute name."""
        given = {name: value for name, value in self.cleaned_data.items() if name in TYPED and name != "source"}
        source = self.cleaned_data.get("source")
        return given | {"source_id": source.pk if source else None}


class NewLeadForm(LeadForm):
    """`holder`: one's own, or the queue of one's unit for whoever accepts it."""

    holder = forms.ChoiceField(label=_("whose"), widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, custom_actor=actor, custom_is_new=True, **named)
        choices = [("own", _("mine")), ("queue", _("by the rules, or into the queue"))]
        self.fields["holder"].choices = choices
        self.fields["holder"].initial = "queue" if actor.scope.units or actor.scope.everything else "own"


class PushForm(Form):
    """One attempt. Its key makes it one push however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    judgement = forms.ChoiceField(
        label=_("what came of it"), choices=Judgement, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("channel"), choices=Touch.Channel, initial=Touch.Channel.PHONE, widget=forms.RadioSelect
    )
    remarks = forms.CharField(
        label=_("note"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=5000
    )
    push_on = forms.DateField(label=_("next push"), required=False)
    visit_at = forms.DateTimeField(label=_("time of the visit"), required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        named.setdefault("initial", {}).setdefault("key", uuid4())
        super().__init__(*arguments, **named)

    def judged(self) -> Judged:
        given = self.cleaned_data
        visit: datetime | None = given["visit_at"] if given["judgement"] == Judgement.VISIT else None
        return Judged(
            given["key"], given["judgement"], given["remarks"], given["channel"],
            None if given["judgement"] in (Judgement.VISIT, Judgement.NO_NEED, Judgement.BOUGHT) else given["push_on"],
            visit,
        )  # fmt: skip


class GiveForm(Form):
    to = forms.ModelChoiceField(label=_("to whom"), queryset=None)

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        people = Person.objects.visible_to(actor).holding_customers().select_related("unit")
        self.fields["to"].queryset = people.order_by("unit", "pk")


class LayBackForm(Form):
    queue = forms.ModelChoiceField(label=_("queue"), queryset=None)
    reason = forms.CharField(label=_("reason"), max_length=200, required=False)

    def __init__(self, *arguments: Any, actor: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["queue"].queryset = Queue.objects.visible_to(actor)


class EndForm(Form):
    """`suffices`: the standard for giving up is met, so its evidence is the reason."""

    outcome = forms.ChoiceField(label=_("how it ends"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("reason"), max_length=200, required=False)

    def __init__(self, *arguments: Any, suffices: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offered = (Outcome.UNREACHABLE, Outcome.NO_NEED, Outcome.BOUGHT, Outcome.NO_LEAD, Outcome.BLOCKED)
        self.fields["outcome"].choices = [(each.value, each.label) for each in offered]
        if suffices:
            self.fields["outcome"].initial = Outcome.UNREACHABLE

"""How a capture form is composed on the screen: its words, whom it is for, and one line for each field it may ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from genjin.customers.models import SourceChannel
from genjin.leads.capture import rules
from genjin.leads.capture.asking import LABELS
from genjin.leads.capture.custom import askable
from genjin.leads.capture.models import CaptureForm
from genjin.leads.capture.services import Composed
from genjin.leads.queues.models import Queue
from genjin.organization.forms.refusable import Form
from genjin.organization.models import Person, Unit

FIRST = ("person_name", "phone", "wants")  # what a new form asks


class ComposeForm(Form):
    """`lines()` are the fields it may ask, each with its controls; `composed()` what the service takes."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Only you see it."))
    unit = forms.ModelChoiceField(None, label=_("Unit"), empty_label=None)
    queue = forms.ModelChoiceField(None, label=_("Queue"), required=False, empty_label=_("by the assignment rules"))
    language = forms.ChoiceField(label=_("Language"), choices=CaptureForm.Language.choices)
    title = forms.CharField(label=pgettext_lazy("of a form", "Title"), max_length=80)
    intro = forms.CharField(
        label=_("Introduction"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    consent = forms.CharField(
        label=_("Consent"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Must be ticked before anything is sent. Every wording is kept with what was sent under it."),
    )  # fmt: skip
    thanks = forms.CharField(label=_("Thanks"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2}))
    redirect_to = forms.URLField(
        label=_("Page of thanks elsewhere"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Instead of our own page: an address beginning with https://."),
    )  # fmt: skip
    source = forms.ModelChoiceField(None, label=_("Source"), required=False, empty_label=_("none"))
    campaign = forms.CharField(label=_("Campaign"), max_length=100, required=False)
    origins = forms.CharField(
        label=_("Websites that may embed it"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("One to a line, as https://www.example.com. No other website can show it or send to it."),
    )  # fmt: skip
    is_open = forms.BooleanField(label=_("Takes what is sent"), required=False, initial=True)
    open_from = forms.DateField(label=_("Open from"), required=False)
    open_until = forms.DateField(label=_("Open until"), required=False)
    has_puzzle = forms.BooleanField(
        label=_("Let the browser do a little work against robots"), required=False,
        help_text=_("A fifth of a second. Who has no JavaScript waits 20 seconds instead."),
    )  # fmt: skip
    most_by_address = forms.IntegerField(
        label=_("At most from one address in ten minutes"), min_value=1, max_value=100_000, initial=20
    )

    refusals = {
        "form_no_origin": "origins",
        "form_origins_too_many": "origins",
        "form_redirect_not_https": "redirect_to",
        "form_days_reversed": "open_until",
        "form_queue_elsewhere": "queue",
        "unit_outside_yours": "unit",
    }

    def __init__(self, *arguments: Any, actor: Person, form: CaptureForm | None = None, **named: Any) -> None:
        named.setdefault("initial", _start(form) if form else {"unit": actor.unit_id})
        super().__init__(*arguments, **named)
        self.fields["unit"].queryset = Unit.objects.visible_to(actor)
        self.fields["queue"].queryset = Queue.objects.visible_to(actor).select_related("unit")
        self.fields["queue"].label_from_instance = lambda queue: f"{queue.name} · {queue.unit.name}"
        self.fields["source"].queryset = SourceChannel.objects.all()
        asked = [rules.Asked.from_json(each) for each in form.fields] if form else [rules.Asked(name) for name in FIRST]
        self.lines = _lines({each.name: (place, each) for place, each in enumerate(asked, 1)}, self)

    def composed(self) -> Composed:
        given = self.cleaned_data
        chosen = [line for line in self.lines if line.value("use")]
        chosen.sort(key=lambda line: line.place())
        return Composed(
            **{name: given[name] for name in type(self).base_fields if name not in ("origins",)},
            origins=given["origins"].split(),
            fields=[line.asked() for line in chosen],
        )


class Line:
    """One field that may be asked: `use`, `required`, `label`, `place`, `choices` are the names of its controls."""

    def __init__(self, name: str, called: Any, shown: ComposeForm, place: int, asked: rules.Asked | None) -> None:
        self.name, self.called, self.shown = name, called, shown
        self.start = {
            "use": "1" if asked else "",
            "required": "1" if asked and asked.is_required else "",
            "label": asked.label if asked else "",
            "place": str(place),
            "choices": "\n".join(asked.choices) if asked else "",
        }

    def control(self, what: str) -> str:
        return f"{what}-{self.name}"

    def value(self, what: str) -> str:
        """As it was just sent, else as it stands."""
        if not self.shown.is_bound:
            return self.start[what]
        return str(self.shown.data.get(self.control(what), ""))

    def place(self) -> int:
        text = self.value("place")
        return int(text) if text.isdecimal() and len(text) < 4 else 999

    def asked(self) -> rules.Asked:
        choices = tuple(" ".join(line.split()) for line in self.value("choices").splitlines() if line.strip())
        label = " ".join(self.value("label").split())
        return rules.Asked(self.name, label, bool(self.value("required")), choices)


def _lines(stands: dict[str, tuple[int, rules.Asked]], shown: ComposeForm) -> list[Line]:
    """Those in use in their order, then the others."""
    called: dict[str, Any] = dict(LABELS)
    called.update({name: field.label for name, field in askable().items()})
    names = sorted(called, key=lambda name: stands[name][0] if name in stands else 1000)
    return [
        Line(name, called[name], shown, place, stands[name][1] if name in stands else None)
        for place, name in enumerate(names, 1)
    ]


def _start(form: CaptureForm) -> dict[str, Any]:
    start = {name: getattr(form, name) for name in ComposeForm.base_fields if name not in ("unit", "queue", "source")}
    return start | {
        "unit": form.unit_id, "queue": form.queue_id, "source": form.source_id, "origins": "\n".join(form.origins),
    }  # fmt: skip


def copied_name(form: CaptureForm) -> str:
    return gettext("%(name)s (copy)") % {"name": form.name[:70]}

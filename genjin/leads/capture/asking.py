"""A form as it is asked: its fields as a Django form in the form's language, and what came along with an answer."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import Reason
from genjin.customers.rules import normalised_phone
from genjin.leads.capture import rules
from genjin.leads.capture.custom import askable
from genjin.leads.capture.models import CaptureForm
from genjin.web import forms as house_forms
from genjin.web.fields.forms import DefinedField

TRAP = "website"  # a field that people do not see
STAMP, PUZZLE, REFERRER = "stamp", "puzzle", "referrer"

LABELS = {
    "person_name": pgettext_lazy("asked of a stranger", "Your name"),
    "company": pgettext_lazy("asked of a stranger", "Company"),
    "phone": pgettext_lazy("asked of a stranger", "Phone"),
    "email": pgettext_lazy("asked of a stranger", "E-mail"),
    "wechat": pgettext_lazy("asked of a stranger", "WeChat"),
    "title": pgettext_lazy("asked of a stranger", "Position"),
    "province": pgettext_lazy("asked of a stranger", "Province"),
    "city": pgettext_lazy("asked of a stranger", "City"),
    "product": pgettext_lazy("asked of a stranger", "Product"),
    "wants": pgettext_lazy("asked of a stranger", "How can we help?"),
}
TYPES = {"phone": "tel", "email": "email"}
COMPLETES = {
    "person_name": "name", "company": "organization", "phone": "tel", "email": "email", "title": "organization-title",
    "province": "address-level1", "city": "address-level2",
}  # fmt: skip


class Answers(house_forms.Form):
    """What a stranger fills in. `given()` are the texts by their fields' names."""

    consent = forms.BooleanField(required=False)

    def __init__(self, *arguments: Any, asked: CaptureForm, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.asked = list(map(rules.Asked.from_json, asked.fields))
        custom = askable()
        for each in self.asked:
            if each.name in LABELS or each.name in custom:
                label = each.label or (LABELS[each.name] if each.name in LABELS else custom[each.name].label)
                self.fields[each.name] = field = _field(each, label, custom.get(each.name))
                house_forms.furnish(field)
        if asked.consent:
            self.fields["consent"] = self.fields.pop("consent")
            self.fields["consent"].required = True
            self.fields["consent"].error_messages["required"] = _("Without this we may not contact you.")
        else:
            del self.fields["consent"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        reaching = [name for name in rules.REACHING if name in self.fields]
        wrong = any(name in self.errors for name in reaching)
        if not wrong and not any(given.get(name) for name in reaching):
            raise forms.ValidationError(gettext("Leave us a way to reach you."))
        return given

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and isinstance(normalised_phone(phone), Reason):
            raise forms.ValidationError(gettext("This does not look like a phone number."))
        return phone

    def given(self) -> dict[str, Any]:
        """Texts, and of custom fields the values as they are kept."""
        return {
            name: value.replace("\0", "") if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name != "consent" and value not in (None, "", [])
        }


def _field(asked: rules.Asked, label: Any, custom: Any) -> forms.Field:
    longest = rules.OFFERED.get(asked.name, rules.LONGEST_CUSTOM)
    choices = asked.choices
    if custom is not None:
        return DefinedField(replace(custom, label=str(label), is_required=asked.is_required), is_kept=False)
    attributes = {"autocomplete": COMPLETES.get(asked.name, "off")}
    if choices:
        listed = [("", _("Please choose")), *((choice, choice) for choice in choices)]
        return forms.ChoiceField(label=label, required=asked.is_required, choices=listed)
    if asked.name == "email":
        return forms.EmailField(
            label=label, required=asked.is_required, max_length=longest, widget=forms.EmailInput(attributes)
        )
    widget: forms.Widget = forms.TextInput({**attributes, "type": TYPES.get(asked.name, "text")})
    if asked.name == "wants":
        widget = forms.Textarea({"rows": "4"})
    return forms.CharField(label=label, required=asked.is_required, max_length=longest, widget=widget)


def came_along(request: HttpRequest, form: CaptureForm) -> dict[str, Any]:
    """What came with an answer besides its fields: marks of the campaign, where the page was found, what consent said.
    Whatever it is, it is text of a bounded length."""
    marks: Mapping[str, str] = {name: request.POST.get(name) or request.GET.get(name, "") for name in rules.TRACKED}
    found: dict[str, Any] = {"form": form.name, **rules.tracked(marks)}
    for name, text in (
        ("referrer", request.POST.get(REFERRER, "")),
        ("page", request.META.get("HTTP_REFERER", "")),
    ):
        if kept := _address(text):
            found[name] = kept
    if form.consent:
        found["consent"] = form.consent_version
    return found


def _address(text: str) -> str:
    """An address without what stands behind its #, cut; nothing for what is none."""
    text = text.partition("#")[0].strip().replace("\0", "")
    return text[: rules.LONGEST_ADDRESS] if rules.origin_of(text) else ""


def kept_marks(request: HttpRequest) -> Iterable[tuple[str, str]]:
    """The marks of a campaign and the page before this one, carried in the form as hidden fields."""
    given = request.POST if request.method == "POST" else request.GET
    yield from rules.tracked({name: given.get(name) or request.GET.get(name, "") for name in rules.TRACKED}).items()
    referrer = request.POST.get(REFERRER, "") if request.method == "POST" else request.META.get("HTTP_REFERER", "")
    if kept := _address(referrer):
        yield REFERRER, kept

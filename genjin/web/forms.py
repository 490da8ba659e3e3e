"""What a Django form needs to be drawn by the macros of `web/components.html` and to speak the reader's language."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class DateInput(forms.DateInput):
    """The browser's own date picker; the value travels as 2026-11-24 in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


NATIVE = {forms.DateInput: DateInput, forms.TimeInput: TimeInput, forms.DateTimeInput: DateTimeInput}
MESSAGES = {
    "required": _("Please fill this in."),
    "invalid_choice": _("This choice is not offered. Choose from the list."),
    "max_length": ngettext_lazy(
        "At most %(limit_value)d character; these are %(show_value)d.",
        "At most %(limit_value)d characters; these are %(show_value)d.",
        "limit_value",
    ),
}
INVALID = {
    forms.DateField: _("There is no such day. Write it as 2026-11-24."),
    forms.TimeField: _("There is no such time. Write it as 16:40."),
    forms.DateTimeField: _("There is no such day or time. Write it as 2026-11-24 16:40."),
    forms.IntegerField: _("A whole number, please."),
    forms.DecimalField: _("A number, please."),
    forms.EmailField: _("This is not an e-mail address."),
}


class Furnished:
    """Gives every field the look of the house, native pickers for days and times, and plain words for its errors.

    A field that was given its own message keeps it.
    """

    fields: dict[str, forms.Field]
    is_bound: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            furnish(field)

    def add_error(self, field: str | None, error: Any) -> None:
        """As Django does it; the control that is wrong also looks it."""
        super().add_error(field, error)  # type: ignore[misc]
        wrong = self.fields.get(field or "")
        if wrong is not None and "input" in str(wrong.widget.attrs.get("class", "")).split():
            wrong.widget.attrs["class"] += " input--bad"


def furnish(field: forms.Field) -> None:
    """Dress one field; also for fields that a form adds later."""
    native = NATIVE.get(type(field.widget))
    if native:
        dressed = native(dict(field.widget.attrs))
        dressed.is_required = field.widget.is_required
        field.widget = dressed
    widget = field.widget
    if not isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        widget.attrs["class"] = f"input {widget.attrs.get('class', '')}".strip()
    if isinstance(widget, forms.Textarea):
        widget.attrs.pop("cols", None)
        widget.attrs["rows"] = 4 if widget.attrs.get("rows") in (None, "10") else widget.attrs["rows"]
    # The browser would cut silently at maxlength: the server says how much too long it is, and nothing typed is lost.
    widget.attrs.pop("maxlength", None)
    given = type(field).default_error_messages
    for code, message in MESSAGES.items():
        if code in field.error_messages and field.error_messages[code] == given.get(code, _django_message(field, code)):
            field.error_messages[code] = message
    for kind, message in INVALID.items():
        if type(field) is kind:
            field.error_messages["invalid"] = message
    for check in field.validators:
        if isinstance(check, MaxLengthValidator) and "message" not in vars(check):
            check.message = MESSAGES["max_length"]


def _django_message(field: forms.Field, code: str) -> Any:
    """What Django itself would say, looked up along the field's classes."""
    for kind in type(field).__mro__:
        messages = vars(kind).get("default_error_messages", {})
        if code in messages:
            return messages[code]
    return None


class Form(Furnished, forms.Form):
    """The base of every form of the product."""


class ModelForm(Furnished, forms.ModelForm):
    """The base of every form of the product that edits one row."""

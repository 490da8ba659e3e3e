"""Custom fields as fields of any form of the product.

class NewLeadForm(FieldsMixin, Form):
    subject = "lead"

form = NewLeadForm(request.POST or None, custom_actor=request.user, custom_is_new=True)
form.custom         # what was filled in, by code, for the service (`core.fields.services.values_given`)
form.custom_names   # the names of the form's fields, for the template
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from genjin.core.fields.definitions import NUMBERS, SHORT_TEXT, Definition
from genjin.core.fields.reading import fields_of
from genjin.core.fields.rules import may_change, read
from genjin.core.reasons import Reason
from genjin.web.wording import word

PREFIX = "custom_"
FEW = 40  # people stand in a list (ours); more are written by name
FEW_CHOICES = 6  # stand beside each other (ours); more in a list


class DefinedField(forms.Field):
    """One custom field in a form. Clean gives the value as it is kept, None for nothing."""

    def __init__(self, definition: Definition, *, held: Any = None, actor: Any = None, is_kept: bool = True) -> None:
        """`held` is what stands already; `is_kept`: it stands, so no default takes its place."""
        self.definition, self.held, self.actor = definition, held, actor
        self.people = _people(actor) if definition.kind == "person" else None
        initial = held if is_kept else definition.default if held is None else held
        super().__init__(
            required=definition.is_required,
            label=definition.label,
            help_text=definition.help,
            initial=initial,
            widget=self._control(),
        )

    def _control(self) -> forms.Widget:
        field = self.definition
        if field.kind == "date":
            return forms.DateInput()
        if field.kind == "several":
            return forms.CheckboxSelectMultiple(choices=self._choices())
        if field.kind == "choice":
            few = len(field.choices) <= FEW_CHOICES and field.is_required
            return (forms.RadioSelect if few else forms.Select)(choices=self._choices(with_none=not few))
        if field.kind == "yes_no":
            return forms.Select(choices=[("", "–"), ("yes", _("yes")), ("no", _("no"))])
        if field.kind == "person" and self.people is not None and _are_few(self.people):
            return forms.Select(choices=[("", "–"), *((str(pk), name) for pk, name in self._named())])
        if field.kind == "text" and field.longest > SHORT_TEXT:
            return forms.Textarea(attrs={"rows": 3})
        modes = {"phone": "tel", **dict.fromkeys(NUMBERS, "decimal")}
        return forms.TextInput(
            attrs={"autocomplete": "off", **({"inputmode": modes[field.kind]} if field.kind in modes else {})}
        )

    def _choices(self, *, with_none: bool = False) -> list[tuple[str, str]]:
        """Those in use, and what stands although it was retired."""
        held = self.held if isinstance(self.held, list) else [self.held]
        used = [choice for choice in self.definition.choices if not choice.is_retired or choice.key in held]
        return [*([("", "–")] if with_none else []), *((choice.key, choice.label) for choice in used)]

    def _named(self) -> list[tuple[int, str]]:
        """Who is offered, and who stands there although the reader would not be offered them."""
        named = list(self.people.values_list("pk", "name"))  # type: ignore[union-attr]
        if self.held is not None and self.held not in dict(named):
            named += get_user_model().objects.filter(pk=self.held).values_list("pk", "name")
        return named

    def prepare_value(self, value: Any) -> Any:
        """What stands, as the control shows it."""
        if self.definition.kind == "yes_no" and isinstance(value, bool):
            return "yes" if value else "no"
        if self.definition.kind == "person" and isinstance(value, int) and isinstance(self.widget, forms.TextInput):
            return get_user_model().objects.filter(pk=value).values_list("name", flat=True).first()
        return value

    def clean(self, value: Any) -> Any:
        if self.definition.kind == "person" and isinstance(self.widget, forms.TextInput):
            value = self._called(str(value or "").strip())
        elif self.definition.kind == "person" and value and value not in dict(self.widget.choices):
            value = Reason("field_takes_no_person")
        answer = value if isinstance(value, Reason) else read(self.definition, value, held=self.held)
        if isinstance(answer, Reason):
            raise forms.ValidationError(word(answer))
        return answer

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def _called(self, name: str) -> Any:
        if not name or self.people is None:
            return None
        if self.held is not None and name == self.prepare_value(self.held):
            return self.held
        found = list(self.people.filter(name=name)[:2]) or list(self.people.filter(sign_in=name.casefold())[:2])
        if len(found) > 1:
            return Reason("field_names_several_people")
        return found[0].pk if found else Reason("field_takes_no_person")


class FieldsMixin:
    """Adds the custom fields of `subject` that the actor may fill to a form, before its own look is given to it.

    Stands left of `Form` or `ModelForm`. `custom_held` are the values of the row that is edited; `custom_is_new` shows
    the defaults; `custom_only` are the codes wanted, in their order, where a form has just some of them;
    `custom_partly`: what is left empty is left as it is, so nothing has to be filled in. Without an actor, in a form
    that a visitor fills, there are no fields but those of `custom_only`, and no colleagues to choose.
    """

    subject: ClassVar[str] = ""
    base_fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(
        self,
        *arguments: Any,
        custom_actor: Any = None,
        custom_held: Mapping[str, Any] | None = None,
        custom_is_new: bool = False,
        custom_only: Collection[str] | None = None,
        custom_partly: bool = False,
        **named: Any,
    ) -> None:
        wanted = offered(self.subject, custom_actor, custom_only)
        if custom_partly:
            wanted = [replace(field, is_required=False) for field in wanted]
        held = custom_held or {}
        self.definitions = {PREFIX + field.code: field for field in wanted}
        made = {
            name: DefinedField(field, held=held.get(field.code), actor=custom_actor, is_kept=not custom_is_new)
            for name, field in self.definitions.items()
        }
        # A form copies its class's fields when it is made: it finds these among them.
        self.base_fields = {**type(self).base_fields, **made}
        super().__init__(*arguments, **named)

    @property
    def custom_names(self) -> list[str]:
        """The custom fields of this form, in their order."""
        return list(self.definitions)

    @property
    def custom(self) -> dict[str, Any]:
        """What was filled in, by code; None where a field was left empty."""
        return {field.code: self.cleaned_data.get(name) for name, field in self.definitions.items()}


def offered(subject: str, actor: Any, only: Collection[str] | None = None) -> list[Definition]:
    """The fields that somebody may fill in, in their order or in that of `only`."""
    fields = fields_of(subject, actor)
    if actor is not None:
        fields = [field for field in fields if may_change(field, actor.role)]
    if only is None:
        return fields if actor is not None else []
    by_code = {field.code: field for field in fields if actor is not None or field.kind != "person"}
    return [by_code[code] for code in only if code in by_code]


def _people(actor: Any) -> Any:
    people = get_user_model().objects.active()
    return people.visible_to(actor) if actor is not None else people.none()


def _are_few(people: Any) -> bool:
    return people.order_by()[: FEW + 1].count() <= FEW

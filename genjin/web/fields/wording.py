"""Custom fields' reasons and refusals in words."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from genjin.web import wording


def _too_long(length: int, longest: int) -> str:
    pattern = ngettext(
        "At most %(longest)d character; these are %(length)d.",
        "At most %(longest)d characters; these are %(length)d.",
        longest,
    )
    return pattern % {"longest": longest, "length": length}


def _decimals(decimals: int) -> str:
    if not decimals:
        return gettext("A whole number, please.")
    pattern = ngettext("At most %(n)d decimal, please.", "At most %(n)d decimals, please.", decimals)
    return pattern % {"n": decimals}


def _of_field(field: str, why: dict[str, Any]) -> str:
    return gettext("%(field)s: %(why)s") % {"field": field, "why": wording.word(why)}


wording.register(
    {
        "field_is_empty": _("Please fill this in."),
        "field_takes_text": _("A text, please."),
        "field_takes_no_number": _("“%(typed)s” is no number."),
        "field_has_decimals": _decimals,
        "field_too_low": _("At least %(least)s, please."),
        "field_too_high": _("At most %(most)s, please."),
        "field_too_long": _too_long,
        "field_takes_no_day": _("“%(typed)s” is no day. Write it as 2026-11-24."),
        "field_has_no_choice": _("“%(typed)s” is not among the choices."),
        "field_choice_is_retired": _("“%(choice)s” is offered no more. Choose another."),
        "field_takes_yes_or_no": _("“%(typed)s” is neither yes nor no."),
        "field_takes_no_person": _("No colleague of this name. Write it as it stands in the list."),
        "field_names_several_people": _("Several colleagues have this name. Write the sign-in instead."),
        "field_unknown": _("There is no field with the code %(given)s."),
        "field_value_refused": _of_field,
        "field_not_for_your_role": _("Your role may not fill in “%(field)s”."),
        "field_label_length": _("A field needs a name, of at most %(longest)s characters."),
        "field_label_taken": _("There is a field named %(field)s already."),
        "field_kind_unknown": _("There is no kind of field “%(kind)s”."),
        "field_code_is_none": _("“%(given)s” is no code: small letters a–z, figures and _, a letter first."),
        "field_code_taken": _("The code %(given)s is taken, perhaps by a retired field."),
        "field_needs_no_choices": _("Only a field of choices has choices."),
        "field_needs_choices": _("Name at least one choice."),
        "field_has_too_many_choices": _("At most %(most)s choices."),
        "field_choice_length": _("“%(choice)s”: a choice has one to %(longest)s characters."),
        "field_choice_stands_twice": _("The choice “%(choice)s” stands there twice."),
        "field_takes_no_bounds": _("Only numbers and amounts have a lowest and a highest value."),
        "field_bounds_run_backwards": _("The lowest value lies above the highest."),
        "field_too_many_decimals": _("Up to %(most)s decimals."),
        "field_length_out_of_bounds": _("A text has up to %(longest)s characters."),
        "field_kind_is_not_searched": _("Only texts and phones are found by search."),
        "field_search_tells_all": _("What only some roles see is not found by search: being found would tell of it."),
        "field_too_long_to_search": _("Only texts of up to %(longest)s characters are found by search."),
        "too_many_fields": _("At most %(most)s fields in use. Retire one first."),
        "field_holds_values": _("Values stand in %(field)s already, so its kind stays. Retire it and make a new one."),
    }
)

"""Rules, their conditions, and why somebody got a lead, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from genjin.leads.assigning.facts import STANDARD
from genjin.leads.models import Channel
from genjin.web import wording

OPERATOR_WORDS = {
    "has": pgettext_lazy("condition", "contains"),
    "has_not": pgettext_lazy("condition", "does not contain"),
    "is": pgettext_lazy("condition", "is"),
    "not": pgettext_lazy("condition", "is not"),
    "empty": pgettext_lazy("condition", "is empty"),
    "filled": pgettext_lazy("condition", "is filled in"),
    "min": pgettext_lazy("condition", "at least"),
    "max": pgettext_lazy("condition", "at most"),
    "before": pgettext_lazy("condition", "before"),
    "after": pgettext_lazy("condition", "after"),
    "yes": pgettext_lazy("condition", "yes"),
    "no": pgettext_lazy("condition", "no"),
}
VERB_WORDS = {
    "rules.saved": _("Rule saved"),
    "rules.written": _("Rules written as a whole"),
    "rules.moved": _("Order changed"),
    "rules.switched_on": _("Rule switched on"),
    "rules.switched_off": _("Rule switched off"),
    "rules.removed": _("Rule removed"),
    "rules.brought_back": _("Brought back the version"),
    "rules.given_up": _("Went by the rules above"),
}
BESIDES_WORDS = {
    "gone": _("no longer here or only reading: %(n)s"),
    "asked": _("let it lapse before: %(n)s"),
    "away": _("away: %(n)s"),
    "cap": _("has as many as fit a day: %(n)s"),
    "full": _("stock is full: %(n)s"),
    "closed": _("the queue is closed"),
    "nobody": _("nobody is in the team"),
}


def condition_in_words(field: str, label: str, operator: str, values: Iterable[str]) -> str:
    """城市是无锡、苏州."""
    name = label or str(STANDARD[field][1] if field in STANDARD else field)
    words = dict(Channel.choices) if field == "channel" else {}
    value = gettext(", ").join(str(words.get(each, each)) for each in values)
    if operator in ("yes", "no"):
        return name if operator == "yes" else gettext("not: %(field)s") % {"field": name}
    pattern = gettext("%(field)s %(operator)s %(value)s") if value else gettext("%(field)s %(operator)s")
    return pattern % {"field": name, "operator": OPERATOR_WORDS[operator], "value": value}


def conditions_in_words(said: Iterable[Iterable[Any]], join: str) -> str:
    """All conditions of a rule in one clause; every lead where there is none."""
    clauses = [condition_in_words(*each) for each in said]
    if not clauses:
        return gettext("every lead")
    return (gettext(" and ") if join == "all" else gettext(" or ")).join(clauses)


def besides_in_words(besides: dict[str, int]) -> str:
    """Why a rule had nobody."""
    return gettext("; ").join(str(BESIDES_WORDS[word]) % {"n": number} for word, number in besides.items())


def _by_rule(rule: str, said: Any = (), join: str = "all", **_more: Any) -> str:
    return gettext("By the rule “%(rule)s”: %(conditions)s") % {
        "rule": rule,
        "conditions": conditions_in_words(said, join),
    }


def _by_next(rule: str, person: str, **_more: Any) -> str:
    return gettext("%(person)s did not accept it in time; passed on by the rule “%(rule)s”") % {
        "rule": rule,
        "person": person,
    }


def _nobody_free(rule: str, besides: dict[str, int], **_more: Any) -> str:
    return gettext("The rule “%(rule)s” had nobody for it: %(why)s") % {
        "rule": rule,
        "why": besides_in_words(besides),
    }


wording.register(
    {
        "lead_by_rule": _by_rule,
        "lead_passed_on": _by_next,
        "lead_nobody_free": _nobody_free,
        "lead_lapsed": _("%(person)s did not accept it in time"),
        "lead_lapsed_last": _("Nobody accepted it in time: %(count)s were asked, %(person)s last"),
        "digest_lapsed_leads": _("%(count)s leads that nobody accepted in time lie in the queue"),
        "rules_unreadable": _("These rules cannot be read: %(wrong)s"),
        "rules_too_many": _("More than %(most)s rules are too many."),
        "rules_changed_since": _("Somebody changed the rules meanwhile. Look at them and try again."),
        "rules_out_of_reach": _("Only who leads the unit changes its rules."),
        "rule_is_gone": _("This rule is no longer there."),
        "rule_name_taken": _("Another rule is called %(rule)s already."),
        "rule_needs_a_name": _("Give the rule a name of at most 60 characters."),
        "rule_conditions_too_many": _("%(rule)s: more than %(most)s conditions are too many."),
        "rule_number_out_of_bounds": _("%(rule)s: %(number)s is not between 1 and %(most)s."),
        "rule_field_unknown": _("%(rule)s: there is no field %(field)s."),
        "rule_operator_unknown": _("%(rule)s: %(field)s cannot be compared by %(operator)s."),
        "rule_value_not_wanted": _("%(rule)s: this comparison of %(field)s takes no value."),
        "rule_value_missing": _("%(rule)s: write what %(field)s is compared with."),
        "rule_values_too_long": _("%(rule)s: %(field)s takes at most %(most)s values of 100 characters."),
        "rule_value_unknown": _("%(rule)s: %(value)s is no value of %(field)s."),
        "rule_queue_unknown": _("%(rule)s: choose an open queue."),
        "rule_unit_unknown": _("%(rule)s: choose a unit that is yours."),
        "rule_needs_people": _("%(rule)s: choose somebody."),
        "rule_people_too_many": _("%(rule)s: name each colleague once, at most %(most)s."),
        "rule_person_unknown": _("%(rule)s: one of the colleagues is not of this unit."),
        "rule_weight_out_of_bounds": _("%(rule)s: the weight of %(person)s is between 1 and %(most)s."),
    }
)

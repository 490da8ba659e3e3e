"""The reasons and refusals of proposals in words."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from genjin.followups.wording import condition_words
from genjin.playbooks.editions.current import word_of
from genjin.playbooks.wording import class_words
from genjin.web import wording
from genjin.web.formats import day_weekday


def _cls(figures: dict[str, Any], name: str = "class_code") -> str:
    return class_words(figures["playbook"], figures[name])


def _choices(figures: dict[str, Any]) -> str:
    """The classes to choose from; what was proposed before there were several names one."""
    codes = figures.get("choices") or [figures["to"]]
    return _(" or ").join(class_words(figures["playbook"], code) for code in codes)


def _low_willingness(**figures: Any) -> str:
    said = {"cls": _cls(figures), "to": _cls(figures, "to")}
    return _("%(cls)s, and lukewarm in the last talk: on to %(to)s and develop it there? You decide.") % said


def _window_passed(**figures: Any) -> str:
    said = {
        "cls": _cls(figures), "to": _choices(figures), "since": day_weekday(figures["since"]),
        "last": day_weekday(figures["last"]), "within": figures["within"],
    }  # fmt: skip
    sentence = _(
        "First entered %(cls)s on %(since)s; its %(within)d days were over on %(last)s: on to %(to)s? You decide."
    )
    return sentence % said


def _reneged(**figures: Any) -> str:
    said = {"day": day_weekday(figures["promised"]), "days": figures["days"], "to": _cls(figures, "to")}
    return _("Said it would pay by %(day)s, and has not for %(days)d working days. Reneged: on to %(to)s?") % said


def _by_standard(**figures: Any) -> str:
    words = word_of(figures["playbook"], "give_up.standards", figures["standard"])
    standard = words.in_language(get_language()) if words else figures["standard"]
    return _("%(standard)s: give up (pool or closed) or keep on? You decide.") % {"standard": standard}


def _confirmation(**figures: Any) -> str:
    said = {"to": _cls(figures, "to"), "missing": condition_words(figures["playbook"], figures["missing"])}
    return _("For %(to)s there is nothing missing but the team lead's word: %(missing)s.") % said


def _somebody_else(**figures: Any) -> str:
    said = {"due": day_weekday(figures["due"]), "days": figures["days"]}
    return _("Was due on %(due)s, overdue for %(days)s working days: give it to somebody else?") % said


wording.register(
    {
        "propose_somebody_else": _somebody_else,
        "propose_low_willingness": _low_willingness,
        "propose_window_passed": _window_passed,
        "propose_reneged": _reneged,
        "propose_by_standard": _by_standard,
        "propose_confirmation": _confirmation,
        "proposal_is_decided": gettext_lazy("%(name)s: this is decided already."),
        "proposal_is_outdated": gettext_lazy("%(name)s was moved or handed on meanwhile; there is nothing to decide."),
        "proposal_waits_for_lead": gettext_lazy("The team lead has been asked; wait for the answer, or take it back."),
        "giving_up_waits_for_lead": gettext_lazy("%(name)s: the team lead is asked; until then it stays with you."),
        "not_here_today": gettext_lazy("Is away today."),
        "as_far_behind": gettext_lazy("Has %(overdue)s overdue customers, the owner has %(owners)s: no help."),
        "has_proposals": gettext_lazy("has been proposed for another class or for giving up"),
    }
)

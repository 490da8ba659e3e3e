"""The reasons and refusals of follow-up in words."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from genjin.playbooks.editions.current import word_of
from genjin.playbooks.wording import class_words
from genjin.web import wording
from genjin.web.formats import clock, day_weekday


def notes(num: int) -> str:
    return ngettext("%(num)s note", "%(num)s notes", num) % {"num": num}


def promises(num: int) -> str:
    return ngettext("%(num)s promise", "%(num)s promises", num) % {"num": num}


def appointments(num: int) -> str:
    return ngettext("%(num)s appointment", "%(num)s appointments", num) % {"num": num}


def condition_words(playbook: str, codes: list[str]) -> str:
    """Entry conditions by their names: 讲过好处、留下好印象."""
    language = get_language()
    found = ((code, word_of(playbook, "conditions", code)) for code in codes)
    return _(", ").join(words.in_language(language) if words else code for code, words in found)


def _class_kept(**figures: Any) -> str:
    said = {
        "kept": class_words(figures["playbook"], figures["class_code"]),
        "wanted": class_words(figures["playbook"], figures["wanted"]),
        "missing": condition_words(figures["playbook"], figures["missing"]),
    }
    return _("Stays in %(kept)s for now; for %(wanted)s there is missing: %(missing)s.") % said


def _closed_by_class(**figures: Any) -> str:
    said = {"name": figures["name"], "cls": class_words(figures["playbook"], figures["class_code"])}
    return _("%(name)s is closed: %(cls)s.") % said


def _planned_for_appointment(**figures: Any) -> str:
    from django.utils.dateparse import parse_datetime

    at = parse_datetime(figures["at"])
    return _("Agreed for %(day)s %(at)s.") % {"day": day_weekday(at), "at": clock(at)}


def _planned_by_person(**figures: Any) -> str:
    if figures.get("text"):
        return _("%(by)s chose this day: %(text)s") % {"by": figures["by"], "text": figures["text"]}
    return _("%(by)s chose this day.") % {"by": figures["by"]}


def _replanned_undone(**figures: Any) -> str:
    said = {"was": day_weekday(figures["was"]), "times": figures["times"]}
    return _("Planned for %(was)s and not done; moved on, %(times)s times by now.") % said


def _replanned_full(**figures: Any) -> str:
    said = {"was": day_weekday(figures["was"]), "times": figures["times"], "full": figures["full"]}
    return _("Planned for %(was)s and not done; %(full)s full days passed over, moved %(times)s times by now.") % said


wording.register(
    {
        "class_kept_conditions_missing": _class_kept,
        "customer_closed_by_class": _closed_by_class,
        "planned_for_appointment": _planned_for_appointment,
        "planned_by_person": _planned_by_person,
        "replanned_undone": _replanned_undone,
        "replanned_full": _replanned_full,
        "payment_is_positive": gettext_lazy("The amount paid must be more than 0."),
        "class_is_unknown": gettext_lazy("This playbook has no class %(wanted)s."),
        "won_needs_a_payment": gettext_lazy("A customer is won by a payment: fill in amount and day."),
        "no_three_misses_yet": gettext_lazy("Missed %(missed)s times in a row so far; there is nothing to decide yet."),
        "decision_not_offered": gettext_lazy("This decision is not open for this customer. Choose another one."),
        "decision_needs_a_reason": gettext_lazy("Say in a few words why; it stays in the record."),
        "promise_says_nothing": gettext_lazy("Write what was promised."),
        "promise_needs_a_day": gettext_lazy("Say by when it was promised."),
        "time_is_past": gettext_lazy("This time has passed already: %(day)s. Choose a later one."),
        "note_belongs_elsewhere": gettext_lazy("This note was saved for another customer. Load the page again."),
        "only_the_author_undoes": gettext_lazy("Only who saved it can take it back."),
        "only_the_author_corrects": gettext_lazy("Only who wrote it can correct it."),
        "imported_contact_stays": gettext_lazy("This contact came with an import and stays as it was told."),
        "note_was_undone": gettext_lazy("This note was taken back; there is nothing to correct."),
        "has_touches": gettext_lazy("has been contacted"),
        "has_promises": gettext_lazy("was promised something"),
        "has_appointments": gettext_lazy("has an appointment"),
        "has_payments": gettext_lazy("has paid"),
    }
)

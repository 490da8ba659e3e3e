"""The playbooks' reasons and refusals in words: short, with the figures that decide."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from genjin.playbooks.editions.current import current, word_of
from genjin.web import wording
from genjin.web.formats import day_weekday, moment, weekday

Figures = Any


def class_words(playbook: str, code: str) -> str:
    """A class inside a sentence: 重3, 普4, 5 类, A 级. An unknown code stands for itself."""
    source = current().get(playbook)
    found = next((entry for entry in source.classes if entry.code == code), None) if source else None
    language = get_language()
    if found is None:
        former = word_of(playbook, "classes", code)
        return former.in_language(language) if former else code
    badge = found.badge.in_language(language)
    is_telling = len(badge) > 1 and not (language or "").startswith("en")
    return badge if is_telling else found.name.in_language(language)


def cycle_words(low: int, high: int) -> str:
    """每 2–5 个工作日."""
    if low == high:
        return _("every working day") if low == 1 else _("every %(n)d working days") % {"n": low}
    return _("every %(low)d–%(high)d working days") % {"low": low, "high": high}


def _rhythm(figures: Figures) -> dict[str, Any]:
    """What most sentences say: the class and its cycle."""
    return {
        "cls": class_words(figures["playbook"], figures["class_code"]),
        "every": cycle_words(figures["min"], figures["max"]) if "min" in figures else "",
    }


def _counted_anew(sentence: str, figures: Figures) -> str:
    """Who changed the cycle by which the day is counted, where it was not so from the beginning."""
    if "edition" not in figures:
        return sentence
    said = {"sentence": sentence, "by": figures["by"], "number": figures["edition"]}
    return _("%(sentence)s Cycle changed by %(by)s (version %(number)s).") % said


def _due_after_effective(**figures: Figures) -> str:
    said = _rhythm(figures) | {"since": day_weekday(figures["since"])}
    return _counted_anew(_("%(cls)s %(every)s, spoken with on %(since)s.") % said, figures)


def _due_after_class_move(**figures: Figures) -> str:
    said = _rhythm(figures) | {"since": day_weekday(figures["since"])}
    return _counted_anew(_("Moved to %(cls)s on %(since)s, %(every)s.") % said, figures)


def _due_after_assigned(**figures: Figures) -> str:
    said = _rhythm(figures) | {"since": day_weekday(figures["since"])}
    return _counted_anew(_("Taken on %(since)s; %(cls)s %(every)s.") % said, figures)


def _due_after_imported(**figures: Figures) -> str:
    said = _rhythm(figures) | {"since": day_weekday(figures["since"])}
    return _counted_anew(_("Imported on %(since)s without a contact; %(cls)s %(every)s.") % said, figures)


def _due_first_contact(**figures: Figures) -> str:
    said = {"since": day_weekday(figures["since"]), "n": figures["max"]}
    sentence = (
        ngettext(
            "Taken on %(since)s, first contact within %(n)d working day.",
            "Taken on %(since)s, first contact within %(n)d working days.",
            figures["max"],
        )
        % said
    )
    return _counted_anew(sentence, figures)


def _due_first_contact_imported(**figures: Figures) -> str:
    said = {"since": day_weekday(figures["since"]), "n": figures["max"]}
    sentence = (
        ngettext(
            "Imported on %(since)s, first contact within %(n)d working day.",
            "Imported on %(since)s, first contact within %(n)d working days.",
            figures["max"],
        )
        % said
    )
    return _counted_anew(sentence, figures)


def _due_by_person(**figures: Figures) -> str:
    said = {"by": figures["by"], "text": figures["text"], "last": day_weekday(figures["last"])} | _rhythm(figures)
    if figures["past_cycle"]:
        return _("%(by)s went past the cycle of %(cls)s (to %(last)s): %(text)s") % said
    return _("Set by %(by)s: %(text)s") % said if figures["text"] else _("Set by %(by)s.") % said


def _planned_first_day(**figures: Figures) -> str:
    said = _rhythm(figures) | {"nth": figures["nth"], "weekday": weekday(figures["day"])}
    return _("%(cls)s %(every)s: day %(nth)d is %(weekday)s, still free.") % said


def _planned_first_free(**figures: Figures) -> str:
    said = _rhythm(figures) | {"nth": figures["nth"], "weekday": weekday(figures["day"]), "full": figures["full"]}
    return (
        ngettext(
            "%(cls)s %(every)s: %(full)d day before is full, day %(nth)d is %(weekday)s.",
            "%(cls)s %(every)s: %(full)d days before are full, day %(nth)d is %(weekday)s.",
            figures["full"],
        )
        % said
    )


def _planned_all_full(**figures: Figures) -> str:
    said = _rhythm(figures) | {"day": day_weekday(figures["day"]), "load": figures["load"]}
    return _("%(cls)s %(every)s, all of these days are full. The last is %(day)s with %(load)d already.") % said


def _planned_after_leave(**figures: Figures) -> str:
    said = _rhythm(figures) | {"nth": figures["nth"], "weekday": weekday(figures["day"]), "away": figures["away"]}
    return (
        ngettext(
            "%(cls)s %(every)s: away for %(away)d day before, day %(nth)d is %(weekday)s.",
            "%(cls)s %(every)s: away for %(away)d days before, day %(nth)d is %(weekday)s.",
            figures["away"],
        )
        % said
    )


def _planned_away(**figures: Figures) -> str:
    said = _rhythm(figures) | {"day": day_weekday(figures["day"]), "last": day_weekday(figures["last"])}
    return _("%(cls)s %(every)s: away until its last day, %(last)s. First day back with a place: %(day)s.") % said


def _planned_overdue(**figures: Figures) -> str:
    said = _rhythm(figures) | {"day": day_weekday(figures["day"]), "last": day_weekday(figures["last"])}
    return _("%(cls)s was to be contacted by %(last)s; next free: %(day)s.") % said


def _date_before_today(**figures: Figures) -> str:
    return _("%(day)s has passed. Choose today or later.") % {"day": day_weekday(figures["day"])}


def _with_next_free(sentence: str, figures: Figures) -> str:
    if not figures.get("next_free_on"):
        return sentence
    return _("%(sentence)s Next free: %(day)s.") % {"sentence": sentence, "day": day_weekday(figures["next_free_on"])}


def _date_not_worked(**figures: Figures) -> str:
    return _with_next_free(_("%(day)s is no working day.") % {"day": day_weekday(figures["day"])}, figures)


def _date_full(**figures: Figures) -> str:
    said = {"day": day_weekday(figures["day"]), "load": figures["load"], "slots": figures["slots"]}
    return _with_next_free(_("%(day)s is full (%(load)d of %(slots)d).") % said, figures)


def _date_on_leave(**figures: Figures) -> str:
    return _with_next_free(_("Away on %(day)s.") % {"day": day_weekday(figures["day"])}, figures)


def _date_past_cycle(**figures: Figures) -> str:
    said = _rhythm(figures) | {"last": day_weekday(figures["last"])}
    return _("Past the cycle of %(cls)s (to %(last)s): say why, the due date goes with it.") % said


def _retry_same_day(**figures: Figures) -> str:
    return _("Not reached: a key customer is tried again the same day, from %(at)s.") % {"at": figures["at"]}


def _retry(figures: Figures, sentence: str) -> str:
    return sentence % {"missed": figures["missed"], "days": figures["days"], "day": day_weekday(figures["day"])}


def _retry_later(**figures: Figures) -> str:
    if figures["days"] == 1:
        return _retry(figures, _("Not reached (%(missed)d in a row): again the next working day, %(day)s."))
    return _retry(figures, _("Not reached (%(missed)d in a row): again after %(days)d working days, %(day)s."))


def _retry_later_full(**figures: Figures) -> str:
    return _retry(figures, _("Not reached (%(missed)d in a row): the day meant is full, so %(day)s."))


def _proposal(figures: Figures, sentence: str) -> str:
    to = class_words(figures["playbook"], figures["to"]) if "to" in figures else ""
    return sentence % {"missed": figures["missed"], "to": to, "cls": _rhythm(figures)["cls"]}


def _propose_class_move(**figures: Figures) -> str:
    return _proposal(figures, _("%(missed)d misses in a row and no KP known: move to %(to)s? You decide."))


def _propose_give_up(**figures: Figures) -> str:
    return _proposal(figures, _("%(missed)d misses in a row: give up (pool or closed) or keep on? You decide."))


def _propose_tell_lead(**figures: Figures) -> str:
    return _proposal(figures, _("%(missed)d misses in a row: %(cls)s stays with you, the team lead sees it."))


def _stock_limit(**figures: Figures) -> str:
    said = {
        "classes": pgettext("between classes", "/").join(
            class_words(figures["playbook"], code) for code in figures["classes"]
        ),
        **{name: figures[name] for name in ("held", "adding", "limit", "room", "over")},
    }
    if figures["room"]:
        return (
            _(
                "%(classes)s: %(held)d held, limit %(limit)d, so %(room)d more and not %(adding)d. "
                "Take fewer, or move on or release %(over)d first."
            )
            % said
        )
    return (
        _("%(classes)s: %(held)d held, limit %(limit)d. Move on or release %(over)d first, then take on %(adding)d.")
        % said
    )


def _today_appointment(**figures: Figures) -> str:
    return _("Agreed for %(at)s.") % {"at": figures["at"]}


def _today_second_try(**figures: Figures) -> str:
    return _("Not reached at %(at)s, second try today.") % {"at": figures["tried_at"]}


def _today_open_question(**figures: Figures) -> str:
    return _("Spoken with at %(at)s and something left open: second contact today.") % {"at": figures["tried_at"]}


def _today_promise(**figures: Figures) -> str:
    return _("Promised by %(at)s: %(what)s.") % {"at": figures["at"], "what": figures["what"]}


def _today_promise_late(**figures: Figures) -> str:
    return _("Promised by %(day)s and late: %(what)s.") % {"day": day_weekday(figures["on"]), "what": figures["what"]}


def _today_overdue(**figures: Figures) -> str:
    said = {"day": day_weekday(figures["due_on"]), "n": figures["days"]}
    return (
        ngettext(
            "Was to be contacted by %(day)s, %(n)d working day late.",
            "Was to be contacted by %(day)s, %(n)d working days late.",
            figures["days"],
        )
        % said
    )


def _today_planned_before(**figures: Figures) -> str:
    return _("Planned for %(day)s and not done.") % {"day": day_weekday(figures["planned_on"])}


def _today_first_contact(**figures: Figures) -> str:
    said = {"day": day_weekday(figures["due_on"]), "n": figures["days"]}
    if not figures["days"]:
        return _("New, today is the last day for the first contact.")
    return (
        ngettext(
            "New, first contact by %(day)s, %(n)d working day left.",
            "New, first contact by %(day)s, %(n)d working days left.",
            figures["days"],
        )
        % said
    )


def _today_cycle(**figures: Figures) -> str:
    said = _rhythm(figures) | {"since": day_weekday(figures["since"]), "nth": figures["nth"]}
    return _("%(cls)s %(every)s, today is day %(nth)d since %(since)s.") % said


def _today_cycle_ends(**figures: Figures) -> str:
    said = _rhythm(figures) | {"nth": figures["nth"]}
    return _("%(cls)s %(every)s, today is day %(nth)d, the last.") % said


def _today_due(**figures: Figures) -> str:
    return _("To be contacted by %(day)s.") % {"day": day_weekday(figures["due_on"])}


def _edition_outdated(**figures: Figures) -> str:
    said = {"number": figures["number"], "by": figures["by"], "at": moment(datetime.fromisoformat(figures["at"]))}
    return _("%(by)s made version %(number)s on %(at)s. Look at it, and make your changes upon that one.") % said


def _draft_clashes(count: int) -> str:
    return ngettext(
        "Choose for %(count)d place which of the two it shall be.",
        "Choose for %(count)d places which of the two it shall be.",
        count,
    ) % {"count": count}


def _class_in_use(**figures: Figures) -> str:
    said = {"cls": class_words(figures["playbook"], figures["class_code"]), "count": figures["count"]}
    return (
        ngettext(
            "%(count)d customer stands in %(cls)s: say which class it becomes.",
            "%(count)d customers stand in %(cls)s: say which class they become.",
            figures["count"],
        )
        % said
    )


wording.register(
    {
        "due_after_effective": _due_after_effective,
        "due_after_class_move": _due_after_class_move,
        "due_after_assigned": _due_after_assigned,
        "due_after_imported": _due_after_imported,
        "due_first_contact": _due_first_contact,
        "due_first_contact_imported": _due_first_contact_imported,
        "due_by_person": _due_by_person,
        "planned_first_day": _planned_first_day,
        "planned_first_free": _planned_first_free,
        "planned_all_full": _planned_all_full,
        "planned_after_leave": _planned_after_leave,
        "planned_away": _planned_away,
        "planned_overdue": _planned_overdue,
        "planned_backlog": gettext_lazy("Overdue when imported: place %(nth)d of %(backlog)d, %(slots)d a day."),
        "date_before_today": _date_before_today,
        "date_not_worked": _date_not_worked,
        "date_full": _date_full,
        "date_on_leave": _date_on_leave,
        "date_past_cycle": _date_past_cycle,
        "reason_needed_past_cycle": _date_past_cycle,
        "retry_same_day": _retry_same_day,
        "retry_later": _retry_later,
        "retry_later_full": _retry_later_full,
        "propose_class_move": _propose_class_move,
        "propose_give_up": _propose_give_up,
        "propose_tell_lead": _propose_tell_lead,
        "stock_limit": _stock_limit,
        "today_appointment": _today_appointment,
        "today_second_try": _today_second_try,
        "today_open_question": _today_open_question,
        "today_promise": _today_promise,
        "today_promise_late": _today_promise_late,
        "today_overdue": _today_overdue,
        "today_planned_before": _today_planned_before,
        "today_first_contact": _today_first_contact,
        "today_never_reached": gettext_lazy("New, not spoken with yet."),
        "today_cycle": _today_cycle,
        "today_cycle_ends": _today_cycle_ends,
        "today_due": _today_due,
        "no_such_edition": gettext_lazy("There is no version %(number)s."),
        "draft_of_another_playbook": gettext_lazy("This is the playbook %(playbook)s and not %(wanted)s."),
        "edition_needs_a_note": gettext_lazy("Say in a few words why the playbook changes."),
        "edition_changes_nothing": gettext_lazy("Nothing differs from the current version."),
        "edition_outdated": _edition_outdated,
        "draft_clashes": _draft_clashes,
        "playbook_contradicts_itself": gettext_lazy("%(place)s: %(what)s"),
        "class_in_use": _class_in_use,
        "number_set_in_use": gettext_lazy("%(unit)s works by %(choice)s. Let it work by another one first."),
        "playbook_unknown": gettext_lazy("There is no playbook %(playbook)s with this number set and rhythm."),
        "topmost_unit_inherits_nothing": gettext_lazy("The topmost unit has nobody above it to take a playbook from."),
    }
)

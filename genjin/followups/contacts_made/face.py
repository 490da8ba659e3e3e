"""Contacts made before on the pages of the import: what is asked, what would be kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genjin.core.transfer.models import ImportRun
from genjin.customers.importing.faces import Face
from genjin.followups.contacts_made.importer import blank_of
from genjin.followups.contacts_made.kind import CHIEF, KIND
from genjin.followups.contacts_made.reading import NO, NOTED
from genjin.followups.models import Touch
from genjin.organization.models import Person
from genjin.web.formats import number


def _options(answers: Mapping[str, str]) -> dict[str, Any]:
    if "blank" not in answers:
        return {}
    return {"blank": NOTED if answers["blank"] == NOTED else NO}


def _seen(run: ImportRun) -> dict[str, Any]:
    found = run.preview
    shown = found.get("contacts", [])
    names = dict(Person.objects.filter(pk__in={one["author"] for one in shown}).values_list("pk", "name"))
    channels = dict(Touch.Channel.choices)
    return {
        "blank": blank_of(run),
        "first_contacts": [
            {
                **one,
                "at": datetime.fromisoformat(one["at"]),
                "who": names.get(one["author"], one["author_words"]),
                "channel": channels[one["channel"]],
            }
            for one in shown
        ],
        "span": [datetime.fromisoformat(found[name]) for name in ("first_at", "last_at") if found.get(name)],
    }


def _made(run: ImportRun) -> str:
    figures = {
        "created": number(run.preview.get("told", run.created)),
        "customers": number(run.preview.get("customers", 0)),
        "skipped": number(run.skipped),
        "failed": number(run.failed),
    }
    return (
        _(
            "Imported: %(created)s contacts with %(customers)s customers. %(skipped)s were on record already,"
            " %(failed)s errors were left out."
        )
        % figures
    )


FACE = Face(
    kind=KIND.name,
    label=gettext_lazy("Contacts made"),
    choices="followups/_import_choices.html",
    first="followups/_import_first.html",
    findings="followups/_import_findings.html",
    undoing="followups/_import_undoing.html",
    chief=CHIEF,
    made=_made,
    options=_options,
    seen=_seen,
)

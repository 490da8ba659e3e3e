"""Leads on the pages of the import: what is asked, what would arrive, what undoing keeps."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genjin.core.audit.models import Entry
from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import Kept
from genjin.core.transfer.models import ImportRun, KeptRecord
from genjin.customers.importing.faces import Face
from genjin.leads.history import tell
from genjin.leads.importing.kind import CHIEF, KIND
from genjin.leads.models import Lead
from genjin.organization.models import Person
from genjin.web.formats import number
from genjin.web.wording import word


def _seen(run: ImportRun) -> dict[str, Any]:
    return {"first_leads": run.preview.get("leads", []), "again": run.preview.get("again", 0)}


def _made(run: ImportRun) -> str:
    new = Lead.objects.filter(import_run=run).count()
    figures = {"new": number(new), "again": number(max(0, run.created - new)), "failed": number(run.failed)}
    return (
        _(
            "Imported: %(new)s new leads. %(again)s rows were one more arrival of a lead,"
            " %(failed)s errors were left out."
        )
        % figures
    )


def _kept(kept: Iterable[Kept | KeptRecord], actor: Person) -> list[dict[str, Any]]:
    """The leads that undoing keeps, in the reader's scope and language."""
    asked = [(one.subject, one.reason if isinstance(one, Kept) else Reason.from_json(one.reason)) for one in kept]
    leads = Lead.objects.visible_to(actor).in_bulk([pk for pk, _reason in asked])
    keys = [reason.figures["entry"] for _pk, reason in asked if reason and "entry" in reason.figures]
    told = {one.entry.pk: one for one in tell(Entry.objects.filter(pk__in=keys).select_related("by"), actor)}
    rows = []
    for pk, reason in asked:
        done = told.get(reason.figures.get("entry", 0)) if reason else None
        rows.append(
            {
                "lead": leads.get(pk),
                "what": _("belongs to a colleague")
                if pk not in leads
                else done.sentence
                if done
                else word(reason)
                if reason
                else "",
                "who": done.who if done and pk in leads else "",
                "at": done.entry.at if done and pk in leads else None,
            }
        )
    return rows


FACE = Face(
    kind=KIND.name,
    label=gettext_lazy("Leads"),
    choices="leads/_import_choices.html",
    first="leads/_import_first.html",
    findings="leads/_import_findings.html",
    undoing="leads/_import_undoing.html",
    chief=CHIEF,
    made=_made,
    seen=_seen,
    kept="leads/_import_kept.html",
    kept_rows=_kept,
    counted={
        "removed": gettext_lazy("Leads removed"),
        "restored": gettext_lazy("Leads that were there, without this arrival"),
        "kept": gettext_lazy("Leads kept, worked since"),
        "all": gettext_lazy("Leads the import told of"),
        "nobody": gettext_lazy("Nobody has worked a lead of this import"),
    },
)

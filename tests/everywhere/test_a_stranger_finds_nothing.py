"""What lies in another region is not there: 404 at every address that names it, whatever is sent."""

from uuid import uuid4

import pytest

from genjin.core.audit.models import Entry
from genjin.core.transfer.models import ExportRun, ImportRun
from genjin.customers.models import Collaboration, ContactPerson, Merge, PeopleMerge, SourceChannel, SuspectedPair
from genjin.customers.services.identity import create_customer
from genjin.followups.models import Appointment, Digest, Promise, Proposal, RecycledCustomer, RecycleRun, Robot, Touch
from genjin.followups.tasks.models import Task
from genjin.leads.capture.models import CaptureForm, Suspect
from genjin.leads.converting.services import Wanted, convert_lead
from genjin.leads.mail.models import Mailbox
from genjin.leads.merging.services import merge_leads
from genjin.leads.models import Reward, SourceCost
from genjin.leads.qualifying.models import Checklist
from genjin.leads.replies.models import ReplyRule
from genjin.leads.services.arriving import Coming, receive
from genjin.leads.services.pushes import Judged, push_lead
from genjin.organization.models import Absence
from tests.conventions.test_doors_are_locked import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# What no region owns: seen by everybody who has the permission.
OF_ALL = {
    "calendar_day_removed": "public holidays are the whole company's",
    "field_change": "custom fields are the whole company's",
    "field_up": "custom fields are the whole company's",
    "field_down": "custom fields are the whole company's",
    "field_retire": "custom fields are the whole company's",
    "field_return": "custom fields are the whole company's",
    "source_rename": "source channels are the whole company's",
    "playbook_seen": "playbooks are the whole company's",
    "playbook_versions": "versions of a playbook are the whole company's",
    "playbook_file": "versions of a playbook are the whole company's",
    "report_day": "one's own report of a day",
    "report_week": "one's own report of a week",
    "report_export_file": "a file is its asker's own",
    "weekend_undone": "a message is its sender's own",
    "weekend_text": "a message is its sender's own",
    "playbook_effects": "a draft is one's own, of a playbook of the whole company",
    "playbook_draft": "a draft is one's own, of a playbook of the whole company",
    "playbook_draft_begun": "a draft is one's own, of a playbook of the whole company",
    "playbook_draft_discarded": "a draft is one's own, of a playbook of the whole company",
    "playbook_draft_carried": "a draft is one's own, of a playbook of the whole company",
    "playbook_draft_file": "a draft is one's own, of a playbook of the whole company",
    "playbook_class_left_out": "a draft is one's own, of a playbook of the whole company",
    "today_figure": "a figure of one's own day",
    "backup_handed_out": "a backup is the whole company's, for its owner",
    "lead_bulk": "names no row: of those that are sent only what one sees is touched",
    "capture_form": "anybody on the internet fills it in",
    "capture_thanks": "what a stranger sees who has filled in a form",
    "reply_unwanted": "is opened by whoever got a reply, with a secret",
    "one_time_link": "is opened by who is not signed in yet, with a secret",
}


@pytest.fixture
def beginnings(customer, lin, han, east_one, at) -> dict[str, dict[str, int]]:
    """For each beginning of an address, the rows of the east that it names; the longest beginning counts."""
    made = {"customer": customer, "by": lin}
    touch = Touch.objects.create(
        customer=customer,
        author=lin,
        at=at,
        is_effective=True,
        proposed_effective=True,
        class_before="0",
        class_after="0",
        key="7f0c9f0e-8a34-4f0b-9d62-0f6a4f4c1b11",
    )
    contact = ContactPerson.objects.create(customer=customer, name="沈总")
    task = Task.objects.create(
        person=lin, given_by=lin, customer=customer, on=at.date(), purpose="报价", batch=uuid4(), given_at=at
    )
    proposal = Proposal.objects.create(
        customer=customer, kind="class", owner=lin, from_code="0", to_codes=["5"], made_at=at, rule={}, fact="a test"
    )
    twin = create_customer(fields={"name": "怡美"}, owner=lin, by=lin, at=at)
    pair = SuspectedPair.objects.create(one=customer, other=twin, percent=90, found_at=at)
    merge = Merge.objects.create(
        kept=customer, absorbed=twin, by=lin, at=at, stood={}, left={}, absorbed_stood={}, moved={}
    )
    people_merge = PeopleMerge.objects.create(
        customer=customer, kept=contact, people=[contact.pk], by=lin, at=at, stood={}, left={}, chosen={}, gone=[],
        phones={}, named={},
    )  # fmt: skip
    lending = Collaboration.objects.create(customer=customer, person=han)
    entry = Entry.objects.about("customer", customer.pk).first()
    away = Absence.objects.create(person=lin, first=at.date(), last=at.date(), made_by=lin, made_at=at)
    night = RecycleRun.objects.create(unit=east_one, on=at.date(), began_at=at, ended_at=at, moved=1)
    taken = RecycledCustomer.objects.create(
        run=night, customer=customer, owner=lin, class_code="0", condition="no_contact", days=16, since=at.date(),
        version=customer.version,
    )  # fmt: skip
    coming = Coming("hand", east_one.pk, {"company": "惠山机械"})
    lead = receive(coming, by=lin, at=at, owner=lin)
    taken_in = [receive(Coming("hand", east_one.pk, {"company": name}), by=lin, at=at, owner=lin) for name in "甲乙丙"]
    merged = merge_leads(kept=lead, absorbed=taken_in[:1], by=lin, at=at)
    conversion = convert_lead(lead=taken_in[2], wanted=Wanted(), by=lin, at=at)
    checklist = Checklist.objects.create(unit=east_one, number=1, content={}, at=at, by=lin)
    owed = {"unit": east_one, "on": at.date(), "by": lin, "at": at}
    spent = owed | {"source": SourceChannel.objects.all()[0]}
    push = push_lead(lead=lead, judged=Judged(uuid4(), "again"), by=lin, at=at)
    form = CaptureForm.objects.create(unit=east_one, slug="f", name="f", title="f", made_by=lin, made_at=at)
    suspect = Suspect.objects.create(form=form, at=at, last_at=at, key=uuid4(), fingerprint="f")
    return {
        "customers/": {
            "pk": customer.pk,
            "contact": contact.pk,
            "lending": lending.pk,
            "entry": entry.pk,
            "column": "industry",
        },
        "customers/pairs/": {"pk": pair.pk, "one": customer.pk, "other": twin.pk},
        "customers/merge/": {"keys": f"{customer.pk}-{twin.pk}"},
        "customers/merges/": {"pk": merge.pk},
        "customers/contacts/merges/": {"pk": people_merge.pk},
        "customers/import/": {"pk": ImportRun.objects.create(kind="customers", by=lin, made_at=at).pk},
        "today/": {"pk": customer.pk},
        "plan/": {"pk": lin.pk},
        "calendar/": {"pk": lin.pk},
        "calendar/customers/": {"pk": customer.pk},
        "proposals/": {"pk": proposal.pk},
        "tasks/": {"pk": task.pk},
        "tasks/batches/": {"batch": task.batch},
        "recycling/": {"pk": night.pk, "listed": taken.pk},
        "touches/": {"pk": touch.pk},
        "reports/": {"pk": lin.reports.create(kind="day", on=at.date(), submitted_at=at).pk},
        "register/": {"pk": lin.pk},
        "register/customers/": {"pk": customer.pk},
        "workday/": {"pk": lin.pk, "on": at.date().isoformat()},
        "promises/": {"pk": Promise.objects.create(**made, what="报价", by_when=at, made_at=at).pk},
        "appointments/": {"pk": Appointment.objects.create(**made, at=at).pk},
        "digests/": {"pk": Digest.objects.create(person=lin, on=at.date(), made_at=at).pk},
        "insights/export/": {"pk": ExportRun.objects.create(kind="insights", by=lin, made_at=at).pk},
        "settings/people/": {"pk": lin.pk},
        "settings/absences/": {"pk": away.pk},
        "settings/units/": {"pk": east_one.pk},
        "settings/robots/": {"pk": Robot.objects.create(unit=east_one, kind="plain", host="robot.example").pk},
        "leads/": {"pk": lead.pk, "customer": customer.pk},
        "leads/merge/": {"keys": f"{lead.pk}-{taken_in[1].pk}"},
        "leads/merges/": {"pk": merged.pk},
        "leads/conversions/": {"pk": conversion.pk},
        "leads/export/": {"pk": ExportRun.objects.create(kind="lead", by=lin, made_at=at).pk},
        "settings/checklists/": {"unit": east_one.pk, "pk": checklist.pk},
        "leads/pushes/": {"pk": push.pk},
        "settings/replies/": {"pk": ReplyRule.objects.create(unit=east_one, name="r", text="r").pk},
        "settings/mailboxes/": {
            "pk": Mailbox.objects.create(unit=east_one, name="m", host="h", user="u", since=at.date()).pk
        },
        "settings/forms/": {"pk": form.pk, "suspect": suspect.pk},
        "leads/costs/": {"pk": SourceCost.objects.create(**spent, amount=5, what_for="x").pk},
        "leads/rewards/": {"pk": Reward.objects.create(**owed, amount=5, informant="x").pk},
        "settings/pools/": {"pk": east_one.pool.pk},
        "settings/queues/": {"pk": east_one.lead_queue.pk},
        "settings/lead-rules/": {"unit": east_one.pk, "key": 1, "version": 1},
    }


def test_every_address_that_names_a_row_is_404_to_a_stranger(client_of, fang, beginnings):
    client, found, unplaced = client_of(fang), {}, []
    client.raise_request_exception = False
    longest_first = sorted(beginnings, key=len, reverse=True)
    for where, entry in addresses():
        if "<" not in where or entry.name in OF_ALL:
            continue
        keys = next((beginnings[begins] for begins in longest_first if where.startswith(begins)), None)
        names = entry.pattern.converters
        if keys is None or not set(names) <= set(keys):
            unplaced.append(where)
            continue
        address = "/" + where
        for name, converter in names.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            address = address.replace(f"<{kind}:{name}>", str(keys[name]))
        for method in (client.get, client.post):
            status = method(address).status_code
            if status not in (404, 405):
                found[f"{method.__name__} {address}"] = status
    assert unplaced == [], "say in `beginnings` what this address names, or in OF_ALL why nobody owns it"
    assert found == {}

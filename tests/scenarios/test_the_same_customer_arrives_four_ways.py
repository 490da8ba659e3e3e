"""徐建国 fills in the form on the website, stands on the list of the exhibition, writes a mail and calls: one lead,
with every word of his four arrivals, one owner, and one customer in the end."""

from datetime import timedelta
from uuid import uuid4

import pytest

from genjin.config.checking import untruths
from genjin.customers.models import Customer
from genjin.customers.tests.importing import finished, judged
from genjin.customers.tests.importing import receive as receive_file
from genjin.leads.converting.services import Wanted, convert_lead
from genjin.leads.models import Arrival, Lead
from genjin.leads.services.ownership import accept_lead
from genjin.leads.services.pushes import Judged, push_lead
from genjin.leads.tests.conftest import fill_in, form, no_limit  # noqa: F401  fixtures
from genjin.leads.tests.test_a_mailbox_is_read import mailbox, read, server  # noqa: F401  fixtures
from genjin.leads.tests.test_letters_are_read import letter

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]
LIST = "公司,联系人,手机,需求描述\n惠山机械,徐建国,138-1234-5678,展会上要了样册\n"


def test_one_lead_one_owner_one_customer(client_of, form, fill_in, mailbox, server, liang, lin, zhou, at):  # noqa: F811
    # Monday night the form, which nobody sees before lin accepts it in the morning.
    fill_in(form(), person_name="徐先生", phone="13812345678", wants="想了解报价")
    lead = accept_lead(lead=Lead.objects.get(), by=lin, at=at)

    # The list of the exhibition has the same number, written another way; it is no second lead, and stays with lin.
    run = finished(
        judged(receive_file(liang, at, LIST, "展会.csv", "lead"), liang, at, None, {"again": True}), liang, at
    )
    assert (run.created, run.failed) == (1, 0)

    # He writes a mail, with the number in its signature.
    box = mailbox()
    server.put(letter(Message_ID="<1@example.com>"))
    assert read(box, at) == 1

    # And he calls: zhou takes it down, and is told that it is there already, no more.
    typed = {"company": "惠山机械", "person_name": "徐建国", "phone": "+86 138 1234 5678", "holder": "own"}
    assert client_of(zhou).post("/leads/new/", typed)["Location"] == "/leads/"

    lead = Lead.objects.get()
    assert (lead.owner, lead.times, lead.phone) == (lin, 4, "13812345678")
    assert [arrival.channel for arrival in Arrival.objects.order_by("pk")] == ["form", "import", "mail", "hand"]
    assert lead.arrivals.earliest("pk").given["person_name"] == "徐先生"
    assert lead.person_name == "徐先生", "what stood first stays; the others' words stand in their arrivals"

    # One push, one customer, with all four in its record.
    push_lead(lead=lead, judged=Judged(uuid4(), "need_now", remarks="下周要货"), by=lin, at=at + timedelta(minutes=9))
    convert_lead(lead=lead, wanted=Wanted(name="惠山机械"), by=lin, at=at + timedelta(minutes=12))
    customer = Customer.objects.get()
    assert (customer.owner, customer.phones.get().number) == (lin, "13812345678")
    told = client_of(lin).get(f"/customers/{customer.pk}/").content.decode()
    assert all(word in told for word in ("想了解报价", "展会上要了样册", "下周要货"))
    assert list(untruths()) == []

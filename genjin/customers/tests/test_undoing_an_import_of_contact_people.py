"""Undoing an import of contact people, or of cards: they go again, unless their customer was touched since."""

import pytest
from django.urls import reverse

from genjin.core.audit.models import Entry
from genjin.core.search import services as search
from genjin.core.transfer import undoing
from genjin.core.transfer.models import ImportRun
from genjin.customers.importing.kept import kept_rows
from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.customers.services.identity import change_customer
from genjin.customers.tests.importing import imported as customers_imported
from genjin.customers.tests.test_importing_contact_people import CARDS, CUSTOMERS, people_imported

pytestmark = pytest.mark.django_db

PEOPLE = "客户编号,姓名,手机,职务\nK1,周建国,13900000001,经理\nK1,吴芳,,\nK2,郑工,13900000003,\n"


@pytest.fixture
def known(liang, lin, at):
    return customers_imported(liang, at, CUSTOMERS)


def undone(run: ImportRun, by, at) -> ImportRun:
    undoing.start_undo(run=run, by=by, at=at)
    undoing.carry_out_undo(run, at=at)
    run.refresh_from_db()
    return run


def test_all_people_go_and_their_customers_stay(liang, at, known):
    run = people_imported(liang, at, PEOPLE)
    found = undoing.forecast(run)
    assert (found.remove, found.restore, found.keep, found.part) == (0, 2, 0, 0)
    run = undone(run, liang, at)
    assert (run.state, run.removed, run.restored, run.kept) == ("undone", 0, 2, 0)
    assert not ContactPerson.objects.exists()
    assert not Phone.objects.filter(number__startswith="1390000").exists()
    assert Customer.objects.count() == 3
    entry = Entry.objects.get(verb="customer.import_taken_back", subject=Customer.objects.get(external_id="K1").pk)
    assert entry.changes["contact_person"] == ["周建国、吴芳", None]
    assert search.check() == []


def test_people_of_a_customer_touched_since_stay_and_are_listed(liang, lin, at, known):
    run = people_imported(liang, at, PEOPLE)
    yimei = Customer.objects.get(external_id="K1")
    change_customer(customer=yimei, fields={"industry": "卫浴"}, by=lin, at=at)
    found = undoing.forecast(run)
    assert (found.restore, found.keep) == (1, 1)
    assert [(row.customer, row.who) for row in kept_rows(found.first_kept, liang)] == [(yimei, "林小满")]
    run = undone(run, liang, at)
    assert (run.restored, run.kept) == (1, 1)
    assert set(ContactPerson.objects.values_list("name", flat=True)) == {"周建国", "吴芳"}
    assert [(row.customer, row.who) for row in kept_rows(run.kept_records.all(), liang)] == [(yimei, "林小满")]


def test_an_import_alone_is_nobody_touching_a_customer(liang, at, known):
    run = people_imported(liang, at, PEOPLE)
    assert undoing.forecast(known).keep == 2
    [first, _second] = kept_rows(undoing.forecast(known).first_kept, liang)
    assert first.who == ""
    undone(run, liang, at)


def test_customers_that_cards_made_go_with_their_people(liang, at, known):
    run = people_imported(liang, at, CARDS, name="名片.vcf", unmatched="make")
    found = undoing.forecast(run)
    assert (found.remove, found.restore, found.keep) == (2, 1, 0)
    run = undone(run, liang, at)
    assert (run.removed, run.restored, run.kept) == (2, 1, 0)
    assert Customer.objects.count() == 3
    assert not ContactPerson.objects.exists()
    assert search.check() == []


def test_a_customer_made_and_joined_by_one_file_in_several_batches_goes_whole(liang, at, known):
    text = "姓名,客户名称\n" + "".join(f"人{place},新公司\n" for place in range(900))
    run = people_imported(liang, at, text, unmatched="make")
    assert run.created == 900
    run = undone(run, liang, at)
    assert (run.removed, run.kept, ContactPerson.objects.count()) == (1, 0, 0)


def test_the_page_says_people_and_undoes_them(client_of, liang, lin, at, known, django_capture_on_commit_callbacks):
    run = people_imported(liang, at, PEOPLE)
    client, address = client_of(liang), reverse("import_undo", args=[run.pk])
    assert address in client.get(reverse("import_run", args=[run.pk])).content.decode()
    asked = client.get(address).content.decode()
    assert "撤掉新联系人的客户" in asked
    assert 'name="keep" value="0"' in asked
    change_customer(customer=Customer.objects.get(external_id="K1"), fields={"industry": "卫浴"}, by=lin, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(address, {"remove": "0", "restore": "2", "keep": "0"})
    page = client.get(sent["Location"]).content.decode()
    assert "比预计多留了 1 个" in page
    assert ContactPerson.objects.count() == 2

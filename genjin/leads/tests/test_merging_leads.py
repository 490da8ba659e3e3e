"""Leads that may be one are hinted at, made one field by field, and taken apart again for a month."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.leads.merging.reading import hints_for
from genjin.leads.merging.services import merge_leads
from genjin.leads.merging.undoing import undo_lead_merge
from genjin.leads.models import Lead, Outcome
from genjin.leads.services.pushes import Judged, end_lead, push_lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(pushed, lin):
    """The same factory by two numbers, both lin's."""
    return pushed(lin, company="惠山机械", phone="13800000001", wants="报价"), pushed(
        lin, company="无锡惠山机械有限公司", phone="13800000002", city="无锡", wants="样册"
    )


def test_all_goes_along_and_the_other_ends_as_a_duplicate(two, lin, at):
    kept, other = two
    push_lead(lead=other, judged=Judged(uuid4(), "again", "电话"), by=lin, at=at)
    merge_leads(kept=kept, absorbed=[other], chosen={"company": other.pk, "wants": "both"}, by=lin, at=at)
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.company, kept.city, kept.wants, kept.phone) == (
        "无锡惠山机械有限公司",
        "无锡",
        "报价\n样册",
        "13800000001",
    )
    assert (kept.pushes, kept.times, kept.judgement) == (1, 2, "again")
    assert (kept.push_rows.count(), kept.arrivals.count(), other.arrivals.count()) == (1, 2, 0)
    assert (other.outcome, other.push_on) == (Outcome.DUPLICATE, None)
    assert set(Entry.objects.filter(verb__startswith="lead.merged").values_list("verb", "subject")) == {
        ("lead.merged", kept.pk),
        ("lead.merged_into", other.pk),
    }


def test_what_comes_in_by_the_others_number_is_one_more_of_the_kept_one(two, waiting, lin, at):
    kept, other = two
    merge_leads(kept=kept, absorbed=[other], by=lin, at=at)
    assert waiting(phone="13800000002").pk == kept.pk


def test_taken_apart_both_stand_as_before_and_later_changes_stay(two, lin, at):
    stood = {row["id"]: row for row in Lead.objects.values()}
    kept, other = two
    merge = merge_leads(kept=kept, absorbed=[other], chosen={"company": other.pk}, by=lin, at=at)
    push_lead(lead=kept, judged=Judged(uuid4(), "again", "后来的电话"), by=lin, at=at + timedelta(hours=1))
    undo_lead_merge(merge=merge, by=lin, at=at + timedelta(days=30))
    now = {row["id"]: row for row in Lead.objects.values()}
    assert now[other.pk] == stood[other.pk] | {"version": now[other.pk]["version"]}
    assert (now[kept.pk]["company"], now[kept.pk]["pushes"], now[kept.pk]["city"]) == ("惠山机械", 1, "")
    assert now[kept.pk]["last_note"] == "后来的电话"


def test_after_thirty_days_they_stay_one(two, lin, at):
    merge = merge_leads(kept=two[0], absorbed=[two[1]], by=lin, at=at)
    with pytest.raises(Refused, match="lead_merge_is_too_old"):
        undo_lead_merge(merge=merge, by=lin, at=at + timedelta(days=31))
    assert Lead.objects.get(pk=two[1].pk).outcome == Outcome.DUPLICATE


def test_refused_means_nothing_changed(two, pushed, lin, zhou, liang, at):
    theirs = pushed(zhou, company="怡美", phone="13800000003")
    before = list(Lead.objects.order_by("pk").values())
    for kept, absorbed, by in ((two[0], [theirs], lin), (theirs, [two[0]], lin)):
        with pytest.raises(NotPermitted):
            merge_leads(kept=kept, absorbed=absorbed, by=by, at=at)
    for kept, absorbed in ((two[0], [two[0]]), (two[0], []), (two[0], [theirs, theirs])):
        with pytest.raises(Refused):
            merge_leads(kept=kept, absorbed=absorbed, by=liang, at=at)
    assert list(Lead.objects.order_by("pk").values()) == before
    end_lead(lead=two[0], outcome="no_lead", reason="广告", by=lin, at=at)
    with pytest.raises(Refused, match="lead_has_ended"):
        merge_leads(kept=two[0], absorbed=[two[1]], by=lin, at=at)


def test_from_the_page_and_back(client_of, two, lin, zhou):
    kept, other = two
    browser = client_of(lin)
    hints = browser.get(reverse("lead_hints_of", args=[kept.pk])).content.decode()
    assert other.company in hints
    address = reverse("lead_merge_new", args=[f"{kept.pk}-{other.pk}"])
    assert address in hints
    assert "样册" in browser.get(address).content.decode()
    sent = browser.post(address, {"take-wants": "both", "take-company": other.pk})
    assert sent["Location"] == reverse("lead", args=[kept.pk])
    page = browser.get(sent["Location"]).content.decode()
    assert "/leads/merges/" in page
    merge = Lead.objects.get(pk=kept.pk)
    assert merge.wants == "报价\n样册"
    undo = page.split('action="/leads/merges/')[1].split('"')[0]
    assert client_of(zhou).post(f"/leads/merges/{undo}").status_code == 404
    assert browser.post(f"/leads/merges/{undo}").status_code == 303
    assert Lead.objects.open().count() == 2
    assert client_of(zhou).get(address).status_code == 404
    for nonsense in ("1", "1-1", "a-b", "1-999999"):
        assert browser.get(reverse("lead_merge_new", args=[nonsense])).status_code == 404


def test_while_typing_a_strangers_lead_is_named_with_its_owner_and_no_more(client_of, two, owned, zhou, fang, lin, at):
    end_lead(lead=two[1], outcome="no_lead", reason="广告", by=lin, at=at)
    owned(lin, "常州怡美", phones=["13800000009"])
    browser = client_of(fang)
    page = browser.get("/leads/hints/?phone=138 0000 0001", headers={"HX-Request": "true"}).content.decode()
    assert "惠山机械" in page
    assert "林小满" in page
    assert "13800000001" not in page
    assert "href" not in page
    assert "无锡惠山" in browser.get("/leads/hints/?phone=13800000002").content.decode()
    assert "常州怡美" in browser.get("/leads/hints/?phone=13800000009").content.decode()
    assert (
        "section" not in browser.get("/leads/hints/?phone=1&company=", headers={"HX-Request": "true"}).content.decode()
    )


def test_hints_cost_a_few_questions(two, lin, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        found = hints_for(lin, phone="13800000001", email="x@example.com")
    assert [twin.reasons for twin in found.leads] == [("phone",)]

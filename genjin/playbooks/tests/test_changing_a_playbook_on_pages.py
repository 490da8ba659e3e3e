"""The owner changes a playbook on the screen; a seller sees it, and may not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from genjin.playbooks.editing.form import SECTIONS
from genjin.playbooks.editions import current
from genjin.playbooks.editions.canonical import as_yaml
from genjin.playbooks.editions.models import Draft, Edition
from genjin.playbooks.schema import load, shipped
from genjin.playbooks.services import variant
from genjin.playbooks.tests.changing import changed, made_current, without_class

BASE = "/settings/playbooks/telesales/"


@pytest.fixture
def owner(client_of, east_one, qian):
    return client_of(qian)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("code", ["telesales", "general"])
def test_every_section_shows_itself_and_kept_as_it_is_changes_nothing(owner, section, code):
    address = f"/settings/playbooks/{code}/draft/{section}/"
    assert owner.get(address).status_code == 200
    assert owner.post(address, {}).status_code == 302
    assert Draft.objects.get().content["code"] == code
    assert current.number_of(code) == 0


def test_from_the_change_to_the_version(owner):
    assert owner.post(BASE + "draft/").status_code == 302
    kept = owner.post(BASE + "draft/classes/", {"classes[3].cycle.max": "10", "on": "effects"})
    assert kept["Location"] == BASE + "effects/"
    shown = text(owner.get(BASE + "effects/"))
    assert "类别 · 普通3 · 周期" in shown
    assert "5–8" in shown
    assert "5–10" in shown
    assert variant("telesales").class_of("3").max_days == 8
    done = owner.post(BASE + "effects/", {"dates": "now", "note": "淡季放慢"})
    assert done["Location"] == BASE + "versions/"
    assert variant("telesales").class_of("3").max_days == 10
    listed = text(owner.get(BASE + "versions/"))
    assert "淡季放慢" in listed
    assert "钱立群" in listed


def test_what_is_wrong_stands_at_its_field(owner):
    response = owner.post(BASE + "draft/classes/", {"classes[3].cycle.max": "0"})
    assert response.status_code == 422
    assert "类别 · 普通3 · 周期 · 最长" in text(response)
    assert "至少是 1" in text(response)
    assert not Draft.objects.exists()


def test_without_a_note_it_does_not_take_effect(owner):
    owner.post(BASE + "draft/classes/", {"classes[3].cycle.max": "10"})
    response = owner.post(BASE + "effects/", {"dates": "now", "note": " "})
    assert response.status_code == 422
    assert "写两句为什么改" in text(response)
    assert not Edition.objects.exists()


def test_a_class_is_left_out_of_the_draft(owner):
    owner.post(BASE + "draft/class-left-out/", {"class": "7", "became": "6"})
    assert Draft.objects.get().content["retired"] == {"7": "6"}
    assert owner.get(BASE + "draft/stock/").status_code == 200


def test_a_draft_is_thrown_away(owner):
    owner.post(BASE + "draft/")
    owner.post(BASE + "draft/discarded/")
    assert not Draft.objects.exists()


def test_back_to_an_older_version_begins_a_draft_of_it(owner, qian, at):
    made_current(changed({"daily_slots": 45}), by=qian, at=at)
    assert owner.post(BASE + "draft/", {"number": "0"})["Location"] == BASE + "effects/"
    owner.post(BASE + "effects/", {"dates": "now", "note": "回去"})
    assert current.number_of("telesales") == 2
    assert current.current()["telesales"] == shipped()["telesales"]


def test_the_current_version_as_a_file_and_back(owner, qian, at):
    made_current(changed({"daily_slots": 45}), by=qian, at=at)
    given = owner.get(BASE + "versions/1/")
    assert given["Content-Disposition"] == 'attachment; filename="telesales-1.yaml"'
    assert load(text(given)) == current.current()["telesales"]
    edited = text(given).replace("daily_slots: 45", "daily_slots: 50")
    response = owner.post(BASE + "draft/file/", {"file": SimpleUploadedFile("t.yaml", edited.encode())})
    assert response["Location"] == BASE + "effects/"
    assert Draft.objects.get().content["daily_slots"] == 50


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        ("daily_slots: 40", "daily_slots: 40\ncolour: blue", "", "这里没有 colour 这一项"),
        ("cycle: {min: 5, max: 8}", "cycle: {min: 5, max: 4}", "classes[3].cycle.max", "最大 4 比最小 5 还小"),
        ("cycle: {min: 5, max: 8}", "cycle: {min: 0, max: 8}", "classes[3].cycle.min", "至少是 1"),
        ("from: '11:00'", "from: '10:30'", "blocks[2].from", "10:30 跟上一段重叠，上一段到 11:00"),
        ("code: telesales", "code: telesales\ncode: telesales", "", "code 写了两次"),
        ("code: telesales", "code: general", "", "这是方案 general，不是 telesales"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(owner, old, new, place, what):
    whole = as_yaml(shipped()["telesales"])
    assert old in whole
    file = SimpleUploadedFile("t.yaml", whole.replace(old, new, 1).encode())
    response = owner.post(BASE + "draft/file/", {"file": file})
    assert response.status_code == 422
    assert place in text(response)
    assert what in text(response)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"a: [", b"", b"x" * 600_000, b"[" * 50_000, b"[a]: b", b"a: 2026-02-99", b"{a: &x [*x]}"],
)
def test_what_is_no_playbook_is_refused(owner, content):
    response = owner.post(BASE + "draft/file/", {"file": SimpleUploadedFile("t.yaml", content)})
    assert response.status_code == 422
    assert not Draft.objects.exists()


def test_a_class_that_is_missing_in_a_file_is_named_before_anything_happens(owner):
    file = SimpleUploadedFile("t.yaml", as_yaml(without_class("7")).encode())
    assert owner.post(BASE + "draft/file/", {"file": file}).status_code == 302
    assert "7 类" in text(owner.get(BASE + "effects/"))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "draft/"),
        ("get", "draft/classes/"),
        ("post", "draft/classes/"),
        ("get", "draft/file/"),
        ("get", "effects/"),
        ("post", "draft/class-left-out/"),
        ("post", "draft/discarded/"),
    ],
)
def test_a_seller_and_a_manager_may_not_change_it(client_of, east_one, lin, liang, method, path):
    for person in (lin, liang):
        fields = {"class": "7", "became": "6"} if method == "post" else {}
        assert getattr(client_of(person), method)(BASE + path, fields).status_code == 403
    assert not Draft.objects.exists()


def test_a_seller_sees_the_versions_and_no_way_to_change_them(client_of, east_one, lin, qian, at):
    made_current(changed({"daily_slots": 45}), by=qian, at=at)
    shown = text(client_of(lin).get(BASE + "versions/"))
    assert "试一周" in shown
    assert "回到这一版" not in shown
    assert "draft/" not in text(client_of(lin).get(BASE))


@pytest.mark.parametrize(
    "path", ["hotel/draft/classes/", "hotel/versions/", "telesales/versions/9/", "telesales/draft/x/"]
)
def test_what_is_not_there_is_404(owner, path):
    assert owner.get("/settings/playbooks/" + path).status_code == 404


def test_the_versions_are_read_in_one_question(owner, qian, at, django_assert_max_num_queries):
    for slots in range(41, 47):
        made_current(changed({"daily_slots": slots}), by=qian, at=at)
    with django_assert_max_num_queries(6):
        assert "每天联系数" in text(owner.get(BASE + "versions/"))


def test_a_page_of_a_draft_asks_few_questions(owner, django_assert_max_num_queries):
    owner.post(BASE + "draft/")
    with django_assert_max_num_queries(8):
        owner.get(BASE + "draft/classes/")


def test_a_draft_that_another_version_overtook_is_carried_over(owner, qian, at):
    owner.post(BASE + "draft/classes/", {"classes[3].cycle.max": "10"})
    draft = Draft.objects.get()
    Draft.objects.all().delete()
    made_current(changed({"pool.claims_a_day": 5}), by=qian, at=at, note="少领点")
    draft.save(force_insert=True)
    page = text(owner.get(BASE + "draft/classes/"))
    assert "少领点" in page
    assert BASE + "draft/carried-over/" in page
    refused = owner.post(BASE + "effects/", {"dates": "now", "note": "淡季放慢"})
    assert refused.status_code == 422
    page = text(owner.get(BASE + "draft/carried-over/"))
    assert "类别 · 普通3 · 周期" in page
    assert "每天领取" in page or "公海" in page
    assert owner.post(BASE + "draft/carried-over/", {"number": "1"})["Location"] == BASE + "effects/"
    owner.post(BASE + "effects/", {"dates": "now", "note": "淡季放慢"})
    now = current.current()["telesales"]
    assert (current.number_of("telesales"), now.pool.claims_a_day, now.classes[3].cycle.max) == (2, 5, 10)


def test_what_both_changed_is_asked_for_and_nothing_typed_is_lost(owner, qian, at):
    owner.post(BASE + "draft/classes/", {"classes[3].cycle.max": "10", "classes[4].cycle.max": "9"})
    draft = Draft.objects.get()
    Draft.objects.all().delete()
    made_current(changed({"classes.3.cycle.max": 12}), by=qian, at=at)
    draft.save(force_insert=True)
    address = BASE + "draft/carried-over/"
    asked = owner.post(address, {"number": "1"})
    assert asked.status_code == 422
    assert "5–10" in text(asked)
    assert "5–12" in text(asked)
    assert Draft.objects.get().made_from == 0
    owner.post(address, {"number": "1", "side classes[3].cycle": "theirs"})
    kept = Draft.objects.get()
    assert (kept.made_from, kept.content["classes"][3]["cycle"]["max"]) == (1, 12)
    assert kept.content["classes"][4]["cycle"]["max"] == 9


def test_one_more_version_while_choosing_is_looked_at_first(owner, qian, at):
    owner.post(BASE + "draft/classes/", {"classes[3].cycle.max": "10"})
    draft = Draft.objects.get()
    Draft.objects.all().delete()
    made_current(changed({"pool.claims_a_day": 5}), by=qian, at=at)
    made_current(changed({"pool.claims_a_day": 6}), by=qian, at=at)
    draft.save(force_insert=True)
    assert owner.post(BASE + "draft/carried-over/", {"number": "1"}).status_code == 422
    assert Draft.objects.get().made_from == 0


def test_a_form_that_was_open_while_somebody_made_a_version_takes_nothing_back(owner, qian, at):
    """Without a draft of one's own: the form was drawn from version 0, and holds what stood there."""
    made_current(changed({"pool.claims_a_day": 5}), by=qian, at=at)
    sent = {"made_from": "0", "pool.claims_a_day": "20", "pool.lock_out_days": "3"}
    owner.post(BASE + "draft/order/", sent)
    assert Draft.objects.get().made_from == 0
    owner.post(BASE + "draft/carried-over/", {"number": "1"})
    kept = Draft.objects.get().content["pool"]
    assert (kept["claims_a_day"], kept["lock_out_days"]) == (5, 3)

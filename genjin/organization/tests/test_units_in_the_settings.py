from django.urls import reverse

from genjin.organization.models import Unit

WEEK = {"week": "six", "shift_from": "09:00", "shift_to": "18:00", "observes_holidays": "on"}


def test_the_tree_is_shown_top_down_with_people_who_work_there(client_of, qian, lin, zhou, liang, fang, han):
    page = client_of(qian).get(reverse("unit_list"))
    rows = [(unit.name, depth, unit.at_work) for unit, depth in page.context["rows"]]
    assert rows == [("梁溪云", 0, 1), ("华东大区", 1, 1), ("华东一组", 2, 2), ("华南大区", 1, 1)]


def test_a_manager_sees_their_subtree_as_a_tree_of_its_own(client_of, liang, east_one, south):
    page = client_of(liang).get(reverse("unit_list"))
    assert [(unit.name, depth) for unit, depth in page.context["rows"]] == [("华东大区", 0), ("华东一组", 1)]


def test_a_new_unit_begins_with_its_parents_week(client_of, liang, east_one, heard):
    browser = client_of(liang)
    form = browser.get(reverse("unit_add"), {"below": east_one.pk}).context["form"]
    assert (form.initial["parent"], form.initial["week"]) == (east_one.pk, "six")
    browser.post(reverse("unit_add"), WEEK | {"name": "华东三组", "parent": east_one.pk})
    unit = Unit.objects.get(name="华东三组")
    assert (unit.parent, unit.week, unit.observes_holidays, unit.observes_makeup_days) == (east_one, "six", True, False)


def test_a_tampered_parent_begins_at_ones_own_unit(client_of, liang, east, south):
    for below in [south.pk, "x", "9" * 40]:
        form = client_of(liang).get(reverse("unit_add"), {"below": below}).context["form"]
        assert form.initial["parent"] == east.pk


def test_a_unit_is_changed(client_of, qian, east_one, south, heard):
    words = WEEK | {"name": "华南一组", "parent": south.pk, "week": "alternating", "six_day_from": "2026-11-23"}
    answer = client_of(qian).post(reverse("unit_change", args=[east_one.pk]), words)
    assert answer.headers["Location"] == reverse("unit_list")
    east_one.refresh_from_db()
    assert (east_one.name, east_one.parent, str(east_one.six_day_from)) == ("华南一组", south, "2026-11-23")


def test_refusals_stand_at_their_fields(client_of, qian, east, east_one, south, heard):
    browser = client_of(qian)
    address = reverse("unit_change", args=[south.pk])
    base = WEEK | {"name": "华南大区", "parent": south.parent_id}

    def wrong(**words):
        page = browser.post(address, base | words)
        assert page.status_code == 422
        return list(page.context["form"].errors)

    assert wrong(name="华东大区") == ["name"]
    assert wrong(week="alternating") == ["six_day_from"]
    assert wrong(week="alternating", six_day_from="2026-11-24") == ["six_day_from"]
    assert wrong(shift_to="08:00") == ["shift_to"]
    assert wrong(parent=south.pk) == ["parent"]


def test_nobody_moves_the_unit_they_stand_on_top_of(client_of, qian, liang, east, headquarters, heard):
    for actor, unit in [(qian, headquarters), (liang, east)]:
        browser = client_of(actor)
        address = reverse("unit_change", args=[unit.pk])
        assert "parent" not in browser.get(address).context["form"].fields
        before = unit.parent_id
        browser.post(address, WEEK | {"name": unit.name, "parent": unit.pk})
        unit.refresh_from_db()
        assert unit.parent_id == before

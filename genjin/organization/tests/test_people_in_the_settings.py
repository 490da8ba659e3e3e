from django.urls import reverse

from genjin.organization import holdings
from genjin.organization.models import Person, SignInLink

NEW = {"name": "许可", "sign_in": "xuke", "role": "seller"}


def names(page):
    return [person.name for person in page.context["page"].rows]


def test_the_list_shows_ones_own_units_top_down(client_of, liang, lin, zhou, fang, qian, han):
    assert names(client_of(liang).get(reverse("person_list"))) == ["梁静", "林小满", "周雨桐"]
    assert names(client_of(qian).get(reverse("person_list"))) == ["钱立群", "梁静", "林小满", "周雨桐", "方志远"]


def test_the_list_is_narrowed_by_unit_role_state_and_name(client_of, qian, liang, lin, zhou, han, east):
    browser = client_of(qian)

    def found(**query):
        return names(browser.get(reverse("person_list"), query))

    assert found(unit=east.pk) == ["梁静", "林小满", "周雨桐"]
    assert found(role="manager") == ["梁静"]
    assert found(state="left") == ["韩越"]
    assert found(state="all", unit=east.pk) == ["梁静", "林小满", "周雨桐", "韩越"]
    assert found(q="雨") == ["周雨桐"]
    assert found(q="LIN") == ["林小满"]
    assert found(q="%") == []


def test_tampered_conditions_narrow_nothing_and_show_nothing_more(client_of, liang, lin, zhou, fang, south):
    page = client_of(liang).get(
        reverse("person_list"), {"unit": south.pk, "role": "king", "state": "?", "cursor": "9" * 30}
    )
    assert names(page) == ["梁静", "林小满", "周雨桐"]


def test_htmx_gets_the_table_alone(client_of, liang, lin):
    page = client_of(liang).get(reverse("person_list"), headers={"HX-Request": "true"})
    assert page.text.lstrip().startswith('<div id="person_table"')
    assert "HX-Request" in page.headers["Vary"]


def test_a_hundred_to_a_page(client_of, qian, east_one):
    Person.objects.bulk_create(
        Person(sign_in=f"p{n}", name=f"人{n}", unit=east_one, role="seller", password="!") for n in range(120)
    )
    browser = client_of(qian)
    first = browser.get(reverse("person_list"))
    assert len(names(first)) == 100
    second = browser.get(reverse("person_list"), {"cursor": first.context["page"].next_cursor})
    assert len(names(second)) == 21
    assert set(names(first)).isdisjoint(names(second))


def test_a_new_colleagues_link_is_shown_once_and_works(client_of, client, liang, east_one):
    page = client_of(liang).post(reverse("person_add"), NEW | {"unit": east_one.pk})
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert page.context["link"] in page.text
    assert client.get(page.context["link"]).status_code == 200
    assert SignInLink.objects.get().person.sign_in == "xuke"


def test_a_taken_sign_in_is_said_at_its_field_with_nothing_typed_lost(client_of, liang, lin, east_one):
    page = client_of(liang).post(reverse("person_add"), NEW | {"sign_in": "LIN", "unit": east_one.pk})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["sign_in"]
    assert 'value="许可"' in page.text


def test_a_manager_is_offered_neither_other_units_nor_the_owners_role(client_of, liang, lin, south):
    browser = client_of(liang)
    form = browser.get(reverse("person_add")).context["form"]
    assert "owner" not in dict(form.fields["role"].choices)
    assert south.pk not in dict(form.fields["unit"].choices)
    tampered = browser.post(reverse("person_add"), NEW | {"unit": south.pk, "role": "owner"})
    assert set(tampered.context["form"].errors) == {"unit", "role"}
    assert not Person.objects.filter(sign_in="xuke").exists()


def test_a_colleague_is_changed(client_of, liang, lin, east, heard):
    words = {"name": "林小曼", "sign_in": "lin", "role": "service", "unit": east.pk, "daily_slots": "30"}
    answer = client_of(liang).post(reverse("person_change", args=[lin.pk]), words)
    assert answer.headers["Location"] == reverse("person_list")
    lin.refresh_from_db()
    assert (lin.name, lin.role, lin.unit, lin.daily_slots) == ("林小曼", "service", east, 30)


def test_resetting_shows_a_link(client_of, client, liang, lin):
    page = client_of(liang).post(reverse("person_reset", args=[lin.pk]))
    assert client.get(page.context["link"]).status_code == 200
    lin.refresh_from_db()
    assert not lin.has_usable_password()


def test_leaving_shows_what_is_held_and_hands_it_over(client_of, liang, lin, zhou, heard, monkeypatch):
    seven = holdings.Holding("customers", "在跟客户", lambda person: 7)
    monkeypatch.setattr(holdings, "_holdings", {"customers": seven})
    browser = client_of(liang)
    address = reverse("person_leave", args=[lin.pk])
    page = browser.get(address)
    assert [(held.title, held.count) for held in page.context["held"]] == [("在跟客户", 7)]
    answer = browser.post(address, {"kind": "share_out", "people": [zhou.pk, liang.pk]})
    assert answer.headers["Location"] == reverse("person_list")
    lin.refresh_from_db()
    assert not lin.is_active
    assert {person.pk for person in heard[0].hand_over.receivers} == {zhou.pk, liang.pk}


def test_before_anything_happens_the_form_shows_how_many_go_where(client_of, liang, lin, zhou, east_one, monkeypatch):
    kinds = {
        "customers": holdings.Holding("customers", "在跟客户", lambda person: 7),
        "promises": holdings.Holding("promises", "承诺", lambda person: 3, follows=True),
    }
    monkeypatch.setattr(holdings, "_holdings", kinds)
    browser = client_of(liang)

    def outcome(**query):
        address = reverse("person_leave", args=[lin.pk])
        page = browser.get(address, query, headers={"HX-Request": "true"})
        assert page.text.lstrip().startswith('<div id="hand_over_outcome"')
        return page.context["outcome"]

    assert outcome(kind="successor") == []
    assert outcome(kind="successor", successor=zhou.pk) == [("周雨桐", [7, 3])]
    assert outcome(kind="share_out", people=[zhou.pk, liang.pk]) == [("梁静", [4, None]), ("周雨桐", [3, None])]
    assert [figures for _name, figures in outcome(kind="pool", unit=east_one.pk)] == [[7, 3]]
    assert lin.is_active


def test_colleagues_nearby_are_offered_first_and_everybody_on_demand(client_of, qian, lin, zhou, liang, fang):
    browser = client_of(qian)
    address = reverse("person_leave", args=[lin.pk])

    def offered(query):
        form = browser.get(address + query).context["form"]
        return {key for key, _name in form.fields["people"].choices}

    assert offered("") == {zhou.pk, liang.pk}
    assert offered("?from=everybody") == {zhou.pk, liang.pk, fang.pk, qian.pk}


def test_leaving_without_a_successor_is_refused_in_place(client_of, liang, lin, heard):
    page = client_of(liang).post(reverse("person_leave", args=[lin.pk]), {"kind": "successor"})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["kind"]
    lin.refresh_from_db()
    assert lin.is_active
    assert heard == []


def test_who_takes_over_is_offered_from_ones_own_units_without_leaver_and_left_and_readers(
    client_of, liang, lin, zhou, han, fang
):
    form = client_of(liang).get(reverse("person_leave", args=[lin.pk])).context["form"]
    assert {key for key, _name in form.fields["people"].choices} == {zhou.pk, liang.pk}


def test_who_left_comes_back_with_a_link(client_of, client, liang, han):
    page = client_of(liang).post(reverse("person_return", args=[han.pk]))
    assert client.get(page.context["link"]).status_code == 200
    han.refresh_from_db()
    assert han.is_active

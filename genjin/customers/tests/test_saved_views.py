"""Kept lists: who may make, share, see, change, pin and delete them, and that a link shows everybody what is theirs."""

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.saved.models import ListLayout, SavedView
from genjin.customers.services import saved_views as services

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(at):
    def made(person, name="无锡的", query="view=all&where=city:is:无锡", share="private", pinned=False) -> SavedView:
        return services.save_view(name=name, query=query, share=share, pinned=pinned, by=person, at=at)

    return made


def names(person) -> list[str]:
    return [view.name for view in SavedView.objects.visible_to(person)]


def shown(response) -> list[str]:
    return [line.customer.name for line in response.shown["lines"]]


def test_what_is_private_is_seen_by_its_owner_alone(save, lin, zhou, liang, qian):
    save(lin)
    assert [names(person) for person in (lin, zhou, liang, qian)] == [["无锡的"], [], [], []]


def test_what_is_shared_with_the_team_is_seen_in_the_unit_and_below(save, lin, zhou, liang, fang, qian):
    save(liang, share="team")
    assert [names(person) for person in (lin, zhou, liang, qian)] == [["无锡的"]] * 4
    assert names(fang) == []


def test_what_is_for_everybody_is_seen_by_everybody(save, lin, fang, qian):
    save(qian, share="all")
    assert names(lin) == names(fang) == ["无锡的"]


@pytest.mark.parametrize(("who", "share"), [("lin", "team"), ("lin", "all"), ("liang", "all")])
def test_sharing_takes_the_permission(save, request, who, share):
    with pytest.raises(NotPermitted):
        save(request.getfixturevalue(who), share=share)
    assert not SavedView.objects.exists()
    assert not Entry.objects.filter(kind="saved_view").exists()


def test_a_name_is_given_once_a_person(save, lin, zhou):
    save(lin)
    save(zhou)
    with pytest.raises(Refused) as refused:
        save(lin)
    assert refused.value.reason.code == "view_name_taken"


def test_nobody_keeps_more_than_can_be_found_again(save, lin, monkeypatch):
    monkeypatch.setattr(services, "MOST", 1)
    save(lin)
    with pytest.raises(Refused) as refused:
        save(lin, "又一个")
    assert refused.value.reason.code == "too_many_views"


def test_a_change_is_on_record_and_only_its_owners(save, lin, liang, zhou, qian, at):
    view = save(liang, share="team")
    services.change_view(view=view, name="苏州的", query="view=all&where=city:is:苏州", by=liang, at=at)
    entry = Entry.objects.filter(kind="saved_view", verb="view.changed").get()
    assert entry.changes["name"] == ["无锡的", "苏州的"]
    for stranger in (lin, zhou):
        with pytest.raises(NotPermitted):
            services.change_view(view=view, name="我的", by=stranger, at=at)
        with pytest.raises(NotPermitted):
            services.delete_view(view=view, by=stranger, at=at)
    services.delete_view(view=view, by=qian, at=at)  # who sees everything tidies up what others shared
    assert not SavedView.objects.exists()
    assert Entry.objects.get(verb="view.deleted").changes["query"] == ["view=all&where=city:is:苏州", None]


def test_everybody_pins_for_themselves(save, client_of, lin, liang, at):
    view = save(liang, share="team", pinned=True)
    labels = lambda person: [tab["label"] for tab in client_of(person).get("/customers/").shown["tabs"]]  # noqa: E731
    assert "无锡的" in labels(liang)
    assert "无锡的" not in labels(lin)
    assert client_of(lin).post(f"/customers/views/{view.pk}/pin/", {"pinned": "1"}).status_code == 303
    assert "无锡的" in labels(lin)
    client_of(liang).post(f"/customers/views/{view.pk}/pin/", {"pinned": ""})
    assert "无锡的" not in labels(liang)
    assert "无锡的" in labels(lin)


def test_a_list_is_named_and_opens_as_it_was(client_of, owned, lin):
    owned(lin, "甲", class_code="5")
    owned(lin, "乙", class_code="4")
    client = client_of(lin)
    response = client.post(
        "/customers/views/new/",
        {"name": "五类", "share": "private", "list": "view=mine&class=5&columns=name,city&sort=-name"},
    )
    view = SavedView.objects.get()
    assert response["Location"] == f"/customers/?saved={view.pk}&{view.query}"
    assert view.query == "view=mine&class=5&columns=name,city&sort=-name"
    opened = client.get(client.get(f"/customers/views/{view.pk}/")["Location"])
    assert shown(opened) == ["甲"]
    assert [tab["label"] for tab in opened.shown["tabs"] if tab["current"]] == ["五类"]
    assert [column.name for column in opened.shown["columns"]] == ["name", "city"]


def test_a_view_keeps_the_columns_one_sees_even_if_the_address_names_none(client_of, lin):
    client_of(lin).post("/customers/views/new/", {"name": "我的", "share": "private", "list": "view=mine"})
    assert "columns=class,name,region" in SavedView.objects.get().query


def test_a_link_to_a_view_shows_a_colleague_what_is_theirs(client_of, owned, save, lin, zhou, fang, liang):
    owned(lin, "林的")
    owned(zhou, "周的")
    view = save(liang, query="view=all", share="team")
    assert [shown(client_of(person).get(f"/customers/?saved={view.pk}&{view.query}")) for person in (lin, zhou)] == [
        ["林的"], ["周的"]
    ]  # fmt: skip
    assert client_of(fang).get(f"/customers/views/{view.pk}/").status_code == 404
    assert shown(client_of(fang).get(f"/customers/?saved={view.pk}&{view.query}")) == []


def test_a_changed_list_can_be_kept_in_its_view(client_of, save, lin, liang):
    view = save(liang, query="view=team&class=5", share="team")
    same = client_of(liang).get(f"/customers/?saved={view.pk}&view=team&class=5")
    assert not same.shown["views_menu"]["may_save_changes"]
    address = f"/customers/?saved={view.pk}&view=team&class=4"
    assert client_of(liang).get(address).shown["views_menu"]["may_save_changes"]
    assert not client_of(lin).get(address).shown["views_menu"]["may_save_changes"]
    client_of(liang).post(f"/customers/views/{view.pk}/query/", {"list": f"saved={view.pk}&view=team&class=4"})
    view.refresh_from_db()
    assert view.query.startswith("view=team&class=4&columns=")
    assert client_of(lin).post(f"/customers/views/{view.pk}/query/", {"list": "view=team"}).status_code == 403


def test_the_widths_one_has_drawn_go_with_the_view(client_of, lin, liang):
    liangs = client_of(liang)
    liangs.post("/customers/widths/", {"list": "view=team", "widths": "name:320"})
    liangs.post("/customers/views/new/", {"name": "全组", "share": "team", "list": "view=team"})
    view = SavedView.objects.get()
    lins = client_of(lin)
    assert lins.get(f"/customers/?saved={view.pk}&{view.query}").shown["widths"] == {"name": 320}
    lins.post("/customers/widths/", {"list": f"saved={view.pk}&{view.query}", "widths": "name:200"})
    assert lins.get(f"/customers/?saved={view.pk}&{view.query}").shown["widths"] == {"name": 200}
    assert liangs.get(f"/customers/?saved={view.pk}&{view.query}").shown["widths"] == {"name": 320}


def test_a_name_that_is_taken_is_said_in_place(client_of, save, lin):
    save(lin)
    response = client_of(lin).post("/customers/views/new/", {"name": "无锡的", "share": "private", "list": "view=mine"})
    assert response.status_code == 422
    assert "已经有一个叫“无锡的”的视图" in response.content.decode()


def test_who_may_not_share_is_not_asked_with_whom(client_of, lin, liang, qian):
    offered = lambda person: [  # noqa: E731
        value
        for value, _label in client_of(person)
        .get("/customers/views/new/?list=view%3Dmine")
        .shown["form"]["share"]
        .field.choices
    ]
    assert (offered(lin), offered(liang), offered(qian)) == (
        ["private"],
        ["private", "team"],
        ["private", "team", "all"],
    )


def test_a_view_of_the_pool_opens_the_pool(client_of, pooled, save, lin, east_one):
    pooled(east_one, "公海的")
    view = save(lin, query=f"unit={east_one.pk}&pool=any&where=city:empty")
    address = client_of(lin).get(f"/customers/views/{view.pk}/")["Location"]
    assert address.startswith("/pool/?saved=")
    response = client_of(lin).get(address)
    assert shown(response) == ["公海的"]
    assert [tab["label"] for tab in response.shown["tabs"] if tab["current"]] == ["无锡的"]


def test_the_page_of_views_says_what_they_hold(client_of, save, liang):
    save(liang, share="team")
    response = client_of(liang).get("/customers/views/")
    assert "城市：无锡" in response.content.decode()
    assert client_of(liang).get(f"/customers/views/{SavedView.objects.get().pk}/change/").status_code == 200


def test_the_neighbours_are_those_of_the_groups_and_the_order(client_of, owned, lin):
    rows = {name: owned(lin, name) for name in ("甲", "乙", "丙", "丁")}
    for name, city in (("甲", "无锡"), ("乙", "苏州"), ("丙", "常州"), ("丁", "无锡")):
        type(rows[name]).objects.filter(pk=rows[name].pk).update(city=city)
    query = "view=mine&where=any(city:is:无锡;city:is:常州)&sort=created"
    place = client_of(lin).get(f"/customers/{rows['丙'].pk}/?{query}").shown["place_in_list"]
    assert place["position"] == 2
    assert place["previous"].startswith(f"/customers/{rows['丁'].pk}/")
    assert place["next"].startswith(f"/customers/{rows['甲'].pk}/")


def test_the_way_back_from_a_record_leads_to_the_view(client_of, owned, save, lin):
    row = owned(lin, "甲")
    owned(lin, "乙")
    view = save(lin, query="view=mine&sort=created")
    place = client_of(lin).get(f"/customers/{row.pk}/?saved={view.pk}&{view.query}").shown["place_in_list"]
    assert place["back"] == f"/customers/?saved={view.pk}&view=mine&sort=created"
    assert place["previous"]


def test_a_deleted_view_is_given_back_whole_and_under_its_link(save, lin, zhou, at, client_of):
    view = save(lin, pinned=True)
    services.change_view(view=view, widths={"name": 200}, by=lin, at=at)
    services.choose_columns(of=f"saved-{view.pk}", columns=["name", "city"], by=lin, at=at)
    client = client_of(lin)
    client.post(f"/customers/views/{view.pk}/delete/")
    page = client.get("/customers/views/").content.decode()
    assert client.get(f"/customers/views/{view.pk}/").status_code == 404
    entry = Entry.objects.get(verb="view.deleted")
    assert f'action="/customers/views/undo/{entry.pk}/"' in page
    assert client_of(zhou).post(f"/customers/views/undo/{entry.pk}/").status_code == 404
    client.post(f"/customers/views/undo/{entry.pk}/")
    client.post(f"/customers/views/undo/{entry.pk}/")
    back = SavedView.objects.get()
    assert (back.pk, back.name, back.query, back.widths, back.owner) == (
        view.pk, view.name, view.query, {"name": 200}, lin,
    )  # fmt: skip
    assert list(back.pinned_by.all()) == [lin]
    assert ListLayout.objects.get(of=f"saved-{back.pk}").columns == ["name", "city"]
    assert Entry.objects.filter(verb="view.given_back").count() == 1


def test_a_view_whose_name_was_given_again_stays_deleted_and_says_so(save, lin, at):
    entry = services.delete_view(view=save(lin), by=lin, at=at)
    save(lin)
    with pytest.raises(Refused) as refused:
        services.give_view_back(entry=entry, by=lin, at=at)
    assert refused.value.reason.code == "view_name_taken"
    assert SavedView.objects.count() == 1

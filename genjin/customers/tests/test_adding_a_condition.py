"""Adding a condition by hand: field, operator, value; the answer is the list's address with one condition more."""

from urllib.parse import parse_qs, urlsplit

import pytest

from genjin.customers.models import Customer, Tag

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def where(response) -> list[str]:
    assert response.status_code == 303, text(response)
    return parse_qs(urlsplit(response["Location"]).query)["where"]


@pytest.fixture
def add(client_of, lin):
    client = client_of(lin)

    def send(field, /, headers=None, **given):
        return client.get("/customers/conditions/add/", {"field": field, "add": "1", **given}, headers=headers)

    return send


def test_every_field_is_offered_and_has_its_form(client_of, owned, lin):
    client = client_of(lin)
    offered = client.get("/customers/conditions/?view=mine&class=5")
    for _words, fields in offered.shown["offered"]:
        for field in fields:
            assert client.get(f"/customers/conditions/add/?field={field.name}&list=view%3Dmine").status_code == 200


@pytest.mark.parametrize(
    ("field", "given", "added"),
    [
        ("city", {"operator": "is", "value": "无锡、 苏州"}, "city:is:无锡,苏州"),
        ("note", {"operator": "has", "value": "方案、报价"}, "note:has:方案、报价"),
        ("missed", {"operator": "min", "min": "3"}, "missed:min:3"),
        ("missed", {"operator": "between", "between": ["5", "2"]}, "missed:between:2,5"),
        ("planned", {"operator": "last", "last": "", "next": "7"}, "planned:next:7"),
        ("due", {"operator": "between", "between": ["2026-11-01", ""]}, "due:between:2026-11-01,"),
        ("won", {"operator": "filled", "last": ""}, "won:filled"),
        ("class", {"operator": "is", "value": ["5", "6"]}, "class:is:5,6"),
        ("key_person", {"operator": "no"}, "key_person:no"),
        ("owner", {"operator": "is", "value": "me"}, "owner:is:me"),
    ],
)
def test_what_is_filled_in_stands_in_the_address(add, field, given, added):
    assert where(add(field, **given)) == [added]


def test_the_list_it_is_added_to_stays(add):
    response = add("missed", operator="min", min="3", list="view=all&class=5&sort=-class&columns=name,city")
    assert response["Location"] == "/customers/?view=all&class=5&where=missed:min:3&columns=name,city&sort=-class"
    assert add("city", operator="empty", of="pool", list="pool=any")["Location"] == "/pool/?pool=any&where=city:empty"


def test_it_stands_beside_another_or_instead_of_it(add):
    one = "view=mine&where=city:is:无锡"
    assert where(add("missed", operator="min", min="3", list=one)) == ["city:is:无锡;missed:min:3"]
    assert where(add("missed", operator="min", min="3", list=one, place="0-any")) == ["any(city:is:无锡;missed:min:3)"]
    apart = add("missed", operator="min", min="3", list=one, place="new", join="any")
    assert where(apart) == ["city:is:无锡", "missed:min:3"]
    assert apart["Location"].endswith("join=any")


@pytest.mark.parametrize(
    "given", [{"operator": "min", "min": ""}, {"operator": "min", "min": "many"}, {"operator": "x"}]
)
def test_what_makes_no_sense_is_said_in_place(add, given):
    response = add("missed", **given)
    assert response.status_code == 422
    assert "还没填和什么比" in text(response)


def test_the_fifty_first_is_refused(add):
    fifty = "&".join(["view=mine"] + [f"where=city:is:{number}" for number in range(50)])
    response = add("missed", operator="min", min="3", list=fifty)
    assert response.status_code == 422
    assert "最多 50 个条件" in text(response)


def test_htmx_is_led_there_by_its_header(add):
    response = add("missed", operator="min", min="3", headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == "/customers/?view=mine&where=missed:min:3"


def test_a_field_that_is_not_there_is_404(add):
    assert add("password", operator="is", value="x").status_code == 404


def test_long_tables_are_searched_never_loaded(client_of, lin):
    Tag.objects.bulk_create(Tag(name=f"标签 {number:03}") for number in range(100))
    client = client_of(lin)
    assert len(client.get("/customers/conditions/add/?field=tag").shown["form"].choices) == 20
    found = client.get("/customers/conditions/add/?field=tag&find=077").shown["form"].choices
    assert [label for _value, label in found] == ["标签 077"]
    kept = client.get(f"/customers/conditions/add/?field=tag&find=077&value={Tag.objects.first().pk}").shown["form"]
    assert [label for _value, label in kept.choices] == ["标签 000", "标签 077"]


def test_a_list_says_what_it_left_out(client_of, owned, lin):
    owned(lin)
    response = client_of(lin).get("/customers/?where=city:hates:x&where=nonsense")
    assert "没有用上：nonsense、city:hates:x" in text(response)
    assert len(response.shown["lines"]) == 1


def test_a_list_of_fifty_one_conditions_holds_nobody_and_says_why(client_of, owned, lin):
    owned(lin)
    response = client_of(lin).get("/customers/?" + "&".join(f"where=city:not:{number}" for number in range(51)))
    assert response.shown["lines"] == []
    assert "这个链接里有 51 个" in text(response)


def test_each_condition_can_be_taken_away_by_itself(client_of, owned, lin):
    owned(lin)
    Customer.objects.update(city="无锡")
    response = client_of(lin).get("/customers/?where=any(city:is:无锡;missed:min:3)&where=won:empty")
    first, second = response.shown["chips"]
    assert [chip.value for chip in first.chips] == ["无锡", "3 及以上"]
    assert (first.either, second.either, second.instead) == (True, False, False)
    left = client_of(lin).get(first.chips[1].without)
    assert [[chip.value for chip in group.chips] for group in left.shown["chips"]] == [["无锡"], ["没填"]]


@pytest.mark.parametrize("text", ["%00", "a%00b", "%25_", "%27", "😀", "啊" * 500, "%5C", "%2C%3B%3A)"])
def test_no_text_whatever_breaks_a_list(client_of, owned, lin, text):
    owned(lin)
    client = client_of(lin)
    for address in (
        f"/customers/?where=note:has:{text}&q={text}", f"/customers/?where=any({text};contact:is:{text})&city={text}",
        f"/customers/conditions/add/?field=tag&find={text}",
        f"/customers/conditions/add/?field=city&add=1&operator=is&value={text}",
        f"/customers/columns/?list={text}&column={text}&move={text}", f"/customers/?saved={text}&columns={text}",
    ):  # fmt: skip
        assert client.get(address).status_code in (200, 302, 303, 422)

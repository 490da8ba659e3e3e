"""Looking through notes and remarks: in scope, one's own customers first, a bounded part at a time."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from genjin.core.search.queries import parse
from genjin.customers.models import Customer, Remark
from genjin.followups import search
from genjin.followups.models import Touch

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def customer(at, lin):
    def make(name, owner=None, pool=None, **more):
        return Customer.objects.create(
            name=name, name_key=name, owner=owner, pool=pool, unit=(owner or pool).unit, playbook="telesales",
            class_code="4", class_since=date(2026, 11, 2), created_at=at, created_by=lin,
            **{**({"due_on": date(2026, 11, 30)} if owner else {}), **more},
        )  # fmt: skip

    return make


@pytest.fixture
def note(at, lin):
    def make(customer, text, *, days_ago=0, author=None, undone=False):
        return Touch.objects.create(
            customer=customer, author=author or lin, at=at - timedelta(days=days_ago), is_effective=True,
            proposed_effective=True, remarks=text, class_before="4", class_after="4", key=uuid4(),
            undone_at=at if undone else None,
        )  # fmt: skip

    return make


def found(actor, text, today, step=0, limit=10):
    return search.answer(actor, parse(text), limit, step, today)


def names(actor, text, today, **more):
    return [row.label for row in found(actor, text, today, **more).rows]


def test_a_note_a_dated_remark_and_the_remarks_are_found(lin, today, customer, note):
    note(customer("朗悦", lin), "老板说价格高，下周再谈")
    Remark.objects.create(customer=customer("隆源", lin), on=today, text="嫌价格高")
    customer("恒通", lin, remarks="价格敏感")
    assert set(names(lin, "价格", today)) == {"朗悦", "隆源", "恒通"}
    assert names(lin, "价格 下周", today) == ["朗悦"]
    assert names(lin, "没有", today) == []


def test_what_stands_around_is_shown(lin, today, customer, note):
    note(customer("朗悦", lin), "开头很长" * 20 + "说价格\n高" + "后面也长" * 40)
    [row] = found(lin, "价格", today).rows
    before, words, after = row.words
    assert words == "价格"
    assert before.startswith("…")
    assert len(before) < 12
    assert after.startswith(" 高")
    assert after.endswith("…")
    assert (row.author, row.day) == (lin.name, today)


def test_traditional_characters_find_a_simplified_note(lin, today, customer, note):
    note(customer("朗悦", lin), "老板说价格高")
    assert names(lin, "價格", today) == ["朗悦"]
    assert found(lin, "價格", today).rows[0].words[1] == "价格"


def test_a_colleagues_note_is_not_found_and_those_above_find_it(lin, zhou, liang, fang, qian, today, customer, note):
    note(customer("朗悦", lin), "老板说价格高")
    assert [names(one, "价格", today) for one in (zhou, fang)] == [[], []]
    assert [names(one, "价格", today) for one in (lin, liang, qian)] == [["朗悦"]] * 3


def test_a_note_that_was_taken_back_is_not_found(lin, today, customer, note):
    note(customer("朗悦", lin), "老板说价格高", undone=True)
    assert names(lin, "价格", today) == []


def test_ones_own_come_first_then_the_newest(lin, east_one, today, customer, note):
    note(customer("公海的", pool=east_one.pool), "价格高")
    mine = customer("朗悦", lin)
    note(mine, "价格高", days_ago=5)
    note(customer("隆源", lin), "价格高", days_ago=2)
    assert names(lin, "价格", today) == ["隆源", "朗悦", "公海的"]


def test_it_looks_a_part_at_a_time_and_says_how_far(liang, lin, today, customer, note, monkeypatch):
    monkeypatch.setattr(search, "STEP", 2)
    old = customer("旧的", lin)
    note(old, "价格高", days_ago=9)
    for number in range(3):
        note(old, f"别的 {number}", days_ago=3)
    first = found(liang, "价格", today)
    assert (first.rows, first.further) == ([], 1)
    assert "2" in first.reach
    second = found(liang, "价格", today, step=1)
    assert [row.label for row in second.rows] == ["旧的"]
    assert second.further is None
    assert names(lin, "价格", today) == ["旧的"]


@pytest.mark.parametrize("typed", ["%%", "__", "'", '"', "\\", "🙂🙂", "长" * 500, "  ", "\x00\x00", "a%_b"])
def test_whatever_is_typed_is_answered(client_of, lin, customer, typed):
    customer("朗悦", lin, remarks="价格")
    answer = client_of(lin).get("/search/", {"q": typed, "tab": "note"}, headers=HTMX)
    assert answer.status_code == 200
    assert "朗悦" not in answer.content.decode()


def test_the_tab_shows_notes_and_links_to_the_record(client_of, lin, customer, note):
    made = customer("朗<悦>", lin)
    note(made, "老板说<b>价格</b>高")
    body = client_of(lin).get("/search/", {"q": "价格", "tab": "note"}, headers=HTMX).content.decode()
    assert f'href="/customers/{made.pk}/?text=%E4%BB%B7%E6%A0%BC"' in body
    assert "&lt;b&gt;<mark>价格</mark>&lt;/b&gt;" in body
    assert 'data-tab="note" aria-current="true"' in body


@pytest.mark.parametrize("step", ["-1", "x", "9" * 30, "１"])
def test_a_made_up_step_is_answered(client_of, lin, step):
    assert client_of(lin).get("/search/", {"q": "价格", "tab": "note", "step": step}).status_code == 200


def test_what_can_be_done_with_who_was_found_is_offered_to_who_may(client_of, lin, zhou, east_one, customer):
    from genjin.customers.search import reindex_customer

    mine = customer("朗悦搬家", lin, short_name="朗悦")
    pooled = customer("隆源五金", pool=east_one.pool)
    for one in (mine, pooled):
        reindex_customer(one)
    own = client_of(lin).get("/search/", {"q": "朗悦"}, headers=HTMX).content.decode()
    assert f'href="/customers/{mine.pk}/note/"' in own
    assert f'href="/customers/{mine.pk}/promises/"' in own
    assert "给 朗悦 写小记" in own
    pool = client_of(lin).get("/search/", {"q": "隆源"}, headers=HTMX).content.decode()
    assert f'href="/customers/{pooled.pk}/"' in pool
    assert f'href="/customers/{pooled.pk}/note/"' not in pool

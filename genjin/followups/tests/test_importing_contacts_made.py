"""A list of contacts made before: each stands at its customer with its own day and author; nobody's day counts it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.customers.models import Customer
from genjin.customers.services.identity import ContactFile, create_customer
from genjin.customers.services.ownership import release_customer
from genjin.customers.tests.importing import counts, reasons
from genjin.customers.tests.importing import imported as customers_imported
from genjin.followups.day import day_of
from genjin.followups.models import Touch
from genjin.followups.team import boards
from genjin.followups.tests.importing import checked, imported

pytestmark = pytest.mark.django_db

HEAD = "客户名称,跟进时间,跟进人,跟进方式,有效联系,跟进内容\n"


@pytest.fixture
def yimei(liang, lin, at) -> Customer:
    """A customer of lin who came with an import five days ago, no contact known."""
    text = "客户,电话,负责人,类别,城市\n怡美卫浴,13812345678,lin,4,常州\n"
    customers_imported(liang, at - timedelta(days=5), text)
    return Customer.objects.get(name="怡美卫浴")


def now(customer: Customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def test_it_stands_with_its_own_day_author_and_words(liang, zhou, yimei, at):
    run = imported(liang, at, HEAD + "怡美卫浴,2026-11-18 15:20,周雨桐,微信,是,要样册\n")
    assert counts(run) == (1, 1, 0, 0)
    touch = Touch.objects.get()
    assert (touch.customer, touch.author, touch.channel, touch.is_effective) == (yimei, zhou, "wechat", True)
    assert (touch.at, touch.has_time, touch.remarks) == (datetime(2026, 11, 18, 7, 20, tzinfo=UTC), True, "要样册")
    row = now(yimei)
    assert (row.attempts, row.effective_contacts, row.last_effective_on) == (1, 1, date(2026, 11, 18))
    assert (row.last_note, row.last_touch_at) == ("要样册", touch.at)


def test_the_due_date_counts_from_the_last_effective_contact(liang, yimei, at):
    before = yimei.due_on
    imported(liang, at, HEAD + "怡美卫浴,2026-11-10,lin,电话,是,谈过\n怡美卫浴,2026-11-16,lin,电话,否,没接\n")
    row = now(yimei)
    assert row.due_why["code"] == "due_after_effective"
    assert (row.due_why["since"], row.due_on < before) == ("2026-11-10", True)


def test_an_older_contact_than_the_known_one_moves_nothing(liang, lin, yimei, at):
    imported(liang, at, HEAD + "怡美卫浴,2026-11-16,lin,电话,是,谈过\n")
    before = now(yimei)
    imported(liang, at, HEAD + "怡美卫浴,2026-03-02,lin,电话,是,很早\n")
    row = now(yimei)
    assert (row.due_on, row.due_why, row.last_effective_on) == (before.due_on, before.due_why, before.last_effective_on)
    assert (row.attempts, row.last_note) == (2, "谈过")


def test_nobodys_day_counts_it(liang, lin, yimei, at, today):
    imported(liang, at, HEAD + "怡美卫浴,2026-11-24 09:00,lin,电话,是,今早\n")
    day = day_of(lin, at=at)
    assert (day.done, day.effective) == ([], 0)
    [board] = boards(units=[lin.unit], today=today)
    assert [line.done for line in board.lines] == [0] * len(board.lines)
    assert [standard.done for standard in day.standards] == [0] * len(day.standards)


@pytest.mark.parametrize(
    ("author", "whose", "words"),
    [
        ("林小满", "lin", ""),
        ("LIN", "lin", ""),
        ("韩越", "han", ""),
        ("王强", None, "王强"),
        ("方志远", None, "方志远"),
        ("", None, ""),
    ],
    ids=["a name", "a sign-in", "who left", "nobody here", "somebody of another region", "nobody said"],
)
def test_an_author_is_a_colleague_or_stays_as_written(author, whose, words, liang, lin, han, fang, yimei, at):
    imported(liang, at, HEAD + f"怡美卫浴,2026-11-18,{author},电话,是,谈过\n")
    touch = Touch.objects.get()
    assert (touch.author.sign_in if touch.author else None, touch.author_words) == (whose, words)


def test_two_of_one_name_are_not_guessed_between(liang, lin, zhou, yimei, at):
    zhou.name = "林小满"
    zhou.save()
    run = imported(liang, at, HEAD + "怡美卫浴,2026-11-18,林小满,电话,是,谈过\n")
    assert (Touch.objects.get().author, Touch.objects.get().author_words) == (None, "林小满")
    assert run.preview["ambiguous_authors"] == [["林小满", 1]]


def test_without_a_word_it_counts_as_not_effective_and_moves_no_date(liang, yimei, at):
    run = imported(liang, at, HEAD + "怡美卫浴,2026-11-18,lin,电话,,要样册\n")
    row = now(yimei)
    assert (row.attempts, row.effective_contacts, row.due_on) == (1, 0, yimei.due_on)
    assert run.preview["blank"] == 1


def test_where_so_chosen_it_counts_as_effective_if_something_is_written(liang, yimei, at):
    text = HEAD + "怡美卫浴,2026-11-18,lin,电话,,要样册\n怡美卫浴,2026-11-19,lin,电话,,\n"
    text += "怡美卫浴,2026-11-20,lin,电话,否,没谈成\n"
    imported(liang, at, text, blank="noted")
    assert list(Touch.objects.order_by("at").values_list("is_effective", flat=True)) == [True, False, False]
    assert now(yimei).last_effective_on == date(2026, 11, 18)


def test_an_outcome_that_is_a_missed_call_says_not_effective(liang, yimei, at):
    text = "客户名称,跟进时间,跟进结果,跟进内容\n怡美卫浴,2026-11-18,无人接听,响了很久\n"
    text += "怡美卫浴,2026-11-19,有意向,谈了样册\n"
    imported(liang, at, text, blank="noted")
    missed, talked = Touch.objects.order_by("at")
    assert (missed.is_effective, missed.miss_reason, missed.remarks) == (False, "no_answer", "响了很久")
    assert (talked.is_effective, talked.miss_reason, talked.remarks) == (True, "", "谈了样册\n有意向")


@pytest.mark.parametrize(
    ("head", "cells"),
    [("编号", "KH-7"), ("客户电话", "138 1234 5678"), ("客户名称,城市", "怡美卫浴,常州")],
    ids=["id", "phone", "name and city"],
)
def test_the_customer_is_told_by(head, cells, liang, yimei, at):
    create_customer(
        fields={"name": "怡美卫浴", "city": "无锡"}, contact=ContactFile({"name": "王"}, []), owner=yimei.owner,
        by=yimei.owner, at=at,
    )  # fmt: skip
    Customer.objects.filter(pk=yimei.pk).update(external_id="KH-7")
    imported(liang, at, f"{head},跟进时间,跟进内容\n{cells},2026-11-18,谈过\n")
    assert Touch.objects.get().customer == yimei


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("没有的公司,2026-11-18,lin,电话,是,x", "客户名称", "customer_unknown"),
        (",2026-11-18,lin,电话,是,x", "客户名称", "customer_not_named"),
        ("怡美卫浴,,lin,电话,是,x", "跟进时间", "contact_day_missing"),
        ("怡美卫浴,2026-02-30,lin,电话,是,x", "跟进时间", "date_impossible"),
        ("怡美卫浴,2026-11-25,lin,电话,是,x", "跟进时间", "date_in_future"),
        ("怡美卫浴,2026-11-24 10:01,lin,电话,是,x", "跟进时间", "date_in_future"),
        ("怡美卫浴,2026-11-18 25:70,lin,电话,是,x", "跟进时间", "time_impossible"),
        ("怡美卫浴,上周三,lin,电话,是,x", "跟进时间", "date_unreadable"),
        ("怡美卫浴,46000,lin,电话,是,x", "跟进时间", "date_is_serial"),
        ("怡美卫浴,2026-11-18,lin,电话,也许,x", "有效联系", "effective_unknown"),
        ("怡美卫浴,2026-11-18,lin,电话,是," + "长" * 10_001, "跟进内容", "text_too_long"),
    ],
)
def test_a_wrong_cell_leaves_its_row_out_and_says_why(row, column, code, liang, yimei, at):
    run = imported(liang, at, HEAD + row + "\n怡美卫浴,2026-11-18,lin,电话,是,好的\n")
    assert counts(run) == (2, 1, 0, 1)
    assert reasons(run) == {2: (column, code)}


def test_ten_thousand_characters_are_kept_whole(liang, yimei, at):
    imported(liang, at, HEAD + "怡美卫浴,2026-11-18,lin,电话,是," + "长" * 10_000 + "\n")
    assert len(Touch.objects.get().remarks) == 10_000


def test_the_same_contact_is_kept_once(liang, yimei, at):
    line = "怡美卫浴,2026-11-18 10:00,lin,电话,是,谈过\n"
    run = imported(liang, at, HEAD + line + line)
    assert (counts(run), reasons(run)) == ((2, 1, 1, 0), {3: ("跟进时间", "same_contact_in_row")})
    again = imported(liang, at, HEAD + line + "怡美卫浴,2026-11-18 10:00,zhou,电话,是,谈过\n")
    assert (counts(again), reasons(again)) == ((2, 1, 1, 0), {2: ("跟进时间", "same_contact")})
    assert now(yimei).attempts == 2


def test_a_note_that_was_saved_here_is_not_brought_in_again(liang, lin, yimei, at, save):
    save(lin, yimei, remarks="要样册", effective=True)
    run = checked(liang, at + timedelta(hours=1), HEAD + "怡美卫浴,2026-11-24 10:00,林小满,电话,是,要样册\n")
    assert run.preview["counts"]["skip"] == 1


def test_days_that_mean_two_things_are_asked(liang, yimei, at):
    run = checked(liang, at, HEAD + "怡美卫浴,03/04/2026 09:00,lin,电话,是,x\n怡美卫浴,05/04/2026,lin,电话,是,y\n")
    assert (run.preview["counts"]["error"], run.preview["days"][0]["rows"]) == (2, 2)
    imported(liang, at, HEAD + "怡美卫浴,03/04/2026 09:00,lin,电话,是,x\n", day_orders={"跟进时间": "dmy"})
    assert Touch.objects.get().at == datetime(2026, 4, 3, 1, tzinfo=UTC)


def test_a_day_of_the_column_settles_the_others(liang, yimei, at):
    imported(liang, at, HEAD + "怡美卫浴,03/04/2026,lin,电话,是,x\n怡美卫浴,25/04/2026,lin,电话,是,y\n")
    assert [touch.at.astimezone(at.tzinfo).date() for touch in Touch.objects.order_by("at")] == [
        date(2026, 4, 3),
        date(2026, 4, 25),
    ]


def test_a_customer_in_a_pool_keeps_its_history_and_gets_no_date(liang, yimei, at, lin):
    release_customer(customer=yimei, reason="放下", by=lin, at=at)
    imported(liang, at, HEAD + "怡美卫浴,2026-11-18,lin,电话,是,谈过\n")
    row = now(yimei)
    assert (row.attempts, row.last_effective_on, row.due_on) == (1, date(2026, 11, 18), None)


def test_customers_of_other_regions_are_not_there(fang, yimei, at):
    run = imported(fang, at, HEAD + "怡美卫浴,2026-11-18,lin,电话,是,谈过\n")
    assert reasons(run) == {2: ("客户名称", "customer_unknown")}
    assert not Touch.objects.exists()


def test_the_record_says_how_many_came_with_which_import(liang, yimei, at):
    run = imported(liang, at, HEAD + "怡美卫浴,2026-11-18,lin,电话,是,a\n怡美卫浴,2026-11-19,lin,电话,是,b\n")
    entry = Entry.objects.get(verb="touch.imported", kind="customer")
    assert (entry.by, entry.changes["contacts"], entry.changes["import_run"]) == (liang, [None, 2], [None, run.pk])
    assert entry.changes["version"] == [yimei.version, now(yimei).version]


def test_a_column_of_dated_lines_is_a_contact_for_each_line(liang, lin, yimei, at):
    log = '"2026-10-12 王强：要样册\n2026-11-16 15:20 林小满：发了样册，考虑中"'
    text = f"客户名称,负责人,创建时间,跟进情况\n怡美卫浴,lin,2020-01-01,{log}\n怡美卫浴,lin,2020-01-01,\n"
    run = imported(liang, at, text, blank="noted")
    assert run.mapping["跟进情况"] == "contact_log"
    assert (counts(run), reasons(run)) == ((2, 1, 1, 0), {3: ("跟进情况", "no_contact_told")})
    first, second = Touch.objects.order_by("at")
    assert (first.author_words, first.has_time, first.remarks) == ("王强", False, "要样册")
    assert (second.author, second.remarks) == (lin, "发了样册，考虑中")
    assert (now(yimei).attempts, now(yimei).last_effective_on) == (2, date(2026, 11, 16))


def test_of_a_log_imported_twice_only_the_new_lines_are_kept(liang, yimei, at):
    head, old = "客户名称,跟进情况\n怡美卫浴,", "2026-10-12 王强：要样册"
    imported(liang, at, f"{head}{old}\n")
    run = imported(liang, at, f'{head}"{old}\n2026-11-02 王强：报价\n2026-11-02 王强：报价"\n')
    assert (run.created, now(yimei).attempts) == (1, 2)
    assert imported(liang, at, f"{head}{old}\n").skipped == 1


def test_a_log_with_a_line_that_cannot_be_is_left_out_whole(liang, yimei, at):
    run = imported(liang, at, '客户名称,跟进情况\n怡美卫浴,"2026-10-12 王强：要样册\n2026-02-30 王强：报价"\n')
    assert reasons(run) == {2: ("跟进情况", "date_impossible")}
    assert not Touch.objects.exists()

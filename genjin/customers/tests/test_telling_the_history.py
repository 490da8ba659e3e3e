"""The audit record in words: every verb, and no code of the machine."""

import ast
import re

import pytest

from genjin.core.audit.models import Entry
from genjin.core.audit.services import record
from genjin.customers.history import tell
from genjin.customers.history_words import VERBS
from genjin.customers.services.identity import change_customer
from genjin.customers.services.ownership import assign_customer, release_customer
from genjin.customers.services.restoring import undo
from genjin.customers.timeline import Asked, page_of
from tests.conventions.source import nodes, python_files, text

pytestmark = pytest.mark.django_db


def test_every_verb_that_is_recorded_about_a_customer_has_its_words():
    ours = re.compile(r"(customer|contact_person|touch|promise|appointment)\.[a-z_]+")
    said = {
        value
        for path in python_files()
        if {"customers", "followups"} & set(path.parts)
        for node in nodes(path, ast.Constant)
        if (value := text(node)) and ours.fullmatch(value)
    }
    recorded = {value for value in said if not value.endswith(".html")}
    assert recorded - set(VERBS) == set()


def told(row):
    return tell(list(Entry.objects.about("customer", row.pk).select_related("by")), row, row.created_by)


def test_a_change_of_the_file_names_fields_and_values(owned, lin, at):
    row = owned(lin)
    change_customer(customer=row, fields={"kind": "household", "city": "无锡"}, phones=["13812345521"], by=lin, at=at)
    first = told(row)[0]
    assert first.who == "林小满"
    assert {(str(change.label), change.before, change.after) for change in first.changes} == {
        ("类型", "公司", "家庭"), ("城市", "", "无锡"), ("电话", "", "138 1234 5521"),
    }  # fmt: skip


def test_ownership_names_people_and_pools(owned, lin, zhou, liang, at):
    row = owned(lin)
    assign_customer(customer=row, to=zhou, by=liang, at=at, reason="林小满请假")
    release_customer(customer=row, reason="三次再考虑", by=zhou, at=at)
    undo(entry=Entry.objects.about("customer", row.pk).first(), by=zhou, at=at)
    sentences = [(one.sentence, one.note) for one in told(row)[:3]]
    assert sentences[2] == ("从林小满转给周雨桐", "林小满请假")
    assert sentences[1] == ("从周雨桐放入华东一组公海", "三次再考虑")
    assert sentences[0][0].startswith("撤销")


def test_no_raw_code_shows_whatever_was_recorded(owned, lin, at):
    row = owned(lin)
    moment = "2026-11-25T02:00:00+00:00"
    changes = {
        "owner_id": [lin.pk, 999], "pool_id": [None, 999], "class_code": ["3k", "4"], "closed_kind": ["", "dead"],
        "due_on": ["2026-11-24", "2026-12-01"], "planned_on": [None, "2026-11-25"], "unit_id": [999, None],
        "conditions": [[], ["lead_confirmed", "no_longer_known"]], "what": [None, "发案例"], "person": [None, 999],
        "by_when": [None, moment], "at": [moment, moment],
        "outcome": ["open", "kept_late"], "result": [None, "held"], "may_work": [None, True], "row": [None, 7],
        "on": ["2026-11-20", "2026-11-20"], "contact_person": [None, "高建平"], "due_why": [{}, {"code": "due_x"}],
        "version": [1, 2],
    }  # fmt: skip
    for verb in VERBS:
        record(by=lin, at=at, verb=verb, kind="customer", subject=row.pk, changes=changes)
    for one in told(row):
        shown = " ".join([one.sentence, *(f"{change.label} {change.before} {change.after}" for change in one.changes)])
        assert not re.search(
            r"[a-z]+_[a-z]+|\bdead\b|\bheld\b|\bkept\b|2026-\d\d-\d\dT|%\(|999|None|lead_confirmed", shown
        )


def test_a_page_of_the_timeline_begins_where_the_last_one_ended(owned, lin, at):
    from datetime import timedelta

    row = owned(lin)
    for number in range(75):
        record(
            by=lin, at=at + timedelta(minutes=number // 3), verb="customer.changed", kind="customer", subject=row.pk,
            changes={"city": ["", f"第 {number} 次"]},
        )  # fmt: skip
    seen, before = [], None
    while True:
        page = page_of(Asked(row, lin, before=before, limit=10))
        seen += [item.context["told"].entry.pk for item in page.items]
        before = page.before
        if before is None:
            break
    assert sorted(seen) == sorted(Entry.objects.about("customer", row.pk).values_list("pk", flat=True))
    assert len(seen) == len(set(seen))

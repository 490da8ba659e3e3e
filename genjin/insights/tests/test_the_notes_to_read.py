"""The page of the notes to read: yesterday's, one after the other, in scope."""

from datetime import timedelta

import pytest
from django.urls import reverse

from genjin.followups.models import NoteReading

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes(lin, zhou, customer_of, save, at):
    """Three notes of yesterday, one of today."""
    day = at - timedelta(days=1)
    written = [
        save(lin, customer_of(lin, "4"), interests=["peers"], remarks="说再考虑", moment=day),
        save(lin, customer_of(lin, "3"), interests=["peers"], remarks="周四下午带案例过去谈半年", moment=day),
        save(zhou, customer_of(zhou, "4"), interests=["price"], remarks="老板娘管账，月底前给答复", moment=day),
    ]
    save(lin, customer_of(lin, "4"), interests=["peers"], remarks="今天写的", moment=at)
    return [saved.touch for saved in written]


def page(client, **query):
    return client.get(reverse("insights_notes"), query).content.decode()


def test_yesterdays_notes_are_read_today(notes, liang, client_of):
    found = page(client_of(liang))
    assert "说再考虑" in found
    assert "今天写的" not in found


def test_a_word_leads_on_to_the_next_note(notes, liang, client_of):
    client = client_of(liang)
    first = notes[0]
    answer = client.post(
        reverse("touch_reading", args=[first.pk]),
        {"thumb": "down", "comment": "问清顾虑", "next": f"{reverse('insights_notes')}?note={notes[1].pk}"},
    )
    assert answer["Location"].endswith(f"?note={notes[1].pk}")
    assert NoteReading.objects.get().comment == "问清顾虑"
    assert "问清顾虑" in page(client, note=first.pk)


def test_the_first_unread_note_is_open(notes, liang, client_of):
    client = client_of(liang)
    before = page(client)
    lowest = notes[0]
    assert f'action="{reverse("touch_reading", args=[lowest.pk])}"' in before
    client.post(reverse("touch_reading", args=[lowest.pk]), {"thumb": "down"})
    assert f'action="{reverse("touch_reading", args=[lowest.pk])}"' not in page(client)


def test_another_region_has_nothing_to_read(notes, fang, client_of):
    assert "说再考虑" not in page(client_of(fang))


def test_a_seller_reads_nobodys_notes(notes, lin, client_of):
    assert client_of(lin).get(reverse("insights_notes")).status_code == 403


def test_a_day_without_notes_says_so(liang, client_of):
    assert "没有要看的小记" in page(client_of(liang))


def test_the_list_of_a_day_stays_as_notes_of_the_next_are_written(notes, lin, liang, customer_of, save, client_of, at):
    client = client_of(liang)
    before = page(client)
    save(lin, customer_of(lin, "3"), interests=["peers"], remarks="又写了一条", moment=at)
    assert page(client).count('class="row"') == before.count('class="row"')


def test_a_copied_note_leads_to_the_others_of_its_week(lin, liang, customer_of, save, client_of, at):
    day = at - timedelta(days=1)
    for _nth in range(3):
        save(lin, customer_of(lin, "4"), interests=["peers"], remarks="客户很感兴趣，资料发过去了，等回话", moment=day)
    assert f"?person={lin.pk}&what=copied&from=2026-11-17&to=2026-11-23" in page(client_of(liang))

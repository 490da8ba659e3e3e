"""Whoever leads says something about a note; its author hears of it; refused means nothing changed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.models import NoteReading
from genjin.followups.note_reading.services import read_note, see_readings
from genjin.followups.services.corrections import undo_touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def touch(lin, customer_of, save):
    return save(lin, customer_of(lin, "4", name="城东装饰"), interests=["peers"], remarks="客户说再考虑").touch


@pytest.fixture
def say(touch, liang, at):
    def said(thumb="down", comment="没写异议点，下次问清楚", *, by=liang, after=0):
        return read_note(touch=touch, thumb=thumb, comment=comment, by=by, at=at + timedelta(hours=1 + after))

    return said


def trail():
    return list(Entry.objects.filter(verb__startswith="note.").order_by("pk").values_list("verb", "kind"))


def test_what_is_said_stands_with_its_author_and_on_the_trail(say, touch, lin, liang):
    said = say()
    assert (said.author, said.by, said.thumb, said.seen_at) == (lin, liang, "down", None)
    assert trail() == [("note.read", "customer")]


def test_said_again_it_replaces_the_first_word_and_is_new(say, lin, at):
    say()
    see_readings(by=lin, at=at + timedelta(hours=2))
    again = say("up", "补上了，好", after=3)
    assert NoteReading.objects.get() == again
    assert (again.thumb, again.seen_at) == ("up", None)


def test_the_same_word_twice_is_said_once(say):
    say()
    say()
    assert trail() == [("note.read", "customer")]


def test_neither_thumb_nor_words_take_it_back(say):
    say()
    assert say("", "  ") is None
    assert not NoteReading.objects.exists()
    assert [verb for verb, _kind in trail()] == ["note.read", "note.reading_taken_back"]


@pytest.mark.parametrize(
    ("thumb", "comment", "code"),
    [("", " ", "reading_says_nothing"), ("sideways", "", "thumb_unknown"), ("up", "好" * 501, "comment_too_long")],
)
def test_what_says_nothing_or_too_much_is_refused(say, thumb, comment, code):
    with pytest.raises(Refused) as refusal:
        say(thumb, comment)
    assert refusal.value.reason.code == code
    assert not NoteReading.objects.exists()
    assert trail() == []


def test_a_note_that_was_taken_back_is_not_read(say, touch, lin, at):
    undo_touch(touch=touch, by=lin, at=at)
    with pytest.raises(Refused):
        say()
    assert not NoteReading.objects.exists()


def test_nobody_reads_their_own_note(liang, customer_of, save, at):
    own = save(liang, customer_of(liang, "C"), interests=["peers"]).touch
    with pytest.raises(NotPermitted):
        read_note(touch=own, thumb="up", comment="", by=liang, at=at)


def test_a_colleague_may_not_read_notes(say, zhou):
    with pytest.raises(NotPermitted):
        say(by=zhou)
    assert not NoteReading.objects.exists()


def test_what_came_after_the_page_was_loaded_is_not_seen(say, lin, zhou, at):
    said = say()
    assert see_readings(by=zhou, at=at + timedelta(hours=9)) == 0
    assert see_readings(by=lin, at=at + timedelta(hours=9), until=at) == 0
    assert see_readings(by=lin, at=at + timedelta(hours=9), until=said.at) == 1


def test_the_author_sees_it_on_today_until_it_is_seen(say, lin, clock, client_of):
    said = say()
    clock.shift(timedelta(hours=2))
    client = client_of(lin)
    page = client.get(reverse("today")).content.decode()
    assert "没写异议点，下次问清楚" in page
    client.post(reverse("readings_seen"), {"until": said.at.isoformat()})
    assert "没写异议点，下次问清楚" not in client.get(reverse("today")).content.decode()


def test_it_stands_at_the_note_in_the_timeline(say, touch, lin, zhou, client_of):
    say()
    address = reverse("customer", args=[touch.customer_id])
    assert "没写异议点，下次问清楚" in client_of(lin).get(address).content.decode()
    assert client_of(zhou).get(address).status_code == 404


def test_another_regions_manager_does_not_find_the_note(touch, fang, client_of):
    answer = client_of(fang).post(reverse("touch_reading", args=[touch.pk]), {"thumb": "up"})
    assert answer.status_code == 404
    assert not NoteReading.objects.exists()


def test_a_seller_is_refused_on_the_page(touch, lin, client_of):
    assert client_of(lin).post(reverse("touch_reading", args=[touch.pk]), {"thumb": "up"}).status_code == 403


def test_an_address_elsewhere_is_not_followed(touch, liang, client_of):
    answer = client_of(liang).post(
        reverse("touch_reading", args=[touch.pk]),
        {"thumb": "up", "next": "https://example.org/", "back": "//example.org"},
    )
    assert answer["Location"] == reverse("customer", args=[touch.customer_id])


def test_a_refusal_on_the_page_goes_back_and_changes_nothing(touch, liang, client_of):
    answer = client_of(liang).post(reverse("touch_reading", args=[touch.pk]), {"back": "/insights/notes/"})
    assert answer["Location"] == "/insights/notes/"
    assert not NoteReading.objects.exists()

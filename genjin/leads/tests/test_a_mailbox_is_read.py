"""Letters become leads, once each; what cannot be read is kept, and what programs write is none."""

import pytest

from genjin.core.reasons import NotPermitted, Refused
from genjin.leads.mail.collecting import collect
from genjin.leads.mail.models import Mailbox
from genjin.leads.mail.services import Entered, save_mailbox
from genjin.leads.models import Arrival, Lead
from genjin.leads.replies.models import OptOut, Reply
from genjin.leads.replies.sending import message_id
from genjin.leads.replies.services import Ruled, save_rule
from genjin.leads.services.arriving import settle_arrivals
from genjin.leads.tests.imap_server import FakeMailbox
from genjin.leads.tests.test_letters_are_read import RAW, letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    made = FakeMailbox()
    settings.INSIDE_HOSTS = frozenset({f"127.0.0.1:{made.port}"})
    settings.MAIL = "smtp://mail.example"
    yield made
    made.end()


@pytest.fixture
def mailbox(server, east_one, liang, at):
    def made(**how):
        given = {"unit": east_one, "name": "销售邮箱", "host": "127.0.0.1", "port": server.port, "user": "sales",
                 "security": "plain", "password": "secret-code"}  # fmt: skip
        return save_mailbox(None, Entered(**{**given, **how}), by=liang, at=at)

    return made


def read(mailbox, at):
    arrived = collect(Mailbox.objects.get(pk=mailbox.pk), at=at)
    settle_arrivals(clock=lambda: at)
    return arrived


def test_a_letter_becomes_a_lead_once(server, mailbox, at, east_one):
    box = mailbox()
    server.put(letter(Message_ID="<1@example.com>"))
    assert read(box, at) == 1
    assert read(box, at) == 0
    lead = Lead.objects.get()
    assert (lead.person_name, lead.phone, lead.unit, lead.channel) == ("徐建国", "13812345678", east_one, "mail")
    assert Mailbox.objects.get().taken == 1
    assert not any("STORE" in line or "SELECT" in line for line in server.heard)


def test_numbered_anew_nothing_comes_twice(server, mailbox, at):
    box = mailbox()
    server.put(letter(Message_ID="<1@example.com>"))
    read(box, at)
    server.uid_validity = 8
    read(box, at)
    assert Arrival.objects.count() == 1
    assert Lead.objects.get().times == 1


def test_malformed_ones_are_kept_and_the_next_is_read(server, mailbox, at):
    box = mailbox()
    for raw in RAW:
        server.put(raw)
    server.withheld.add(server.put(letter()))
    server.put(letter(Message_ID="<last@example.com>"))
    assert read(box, at) == len(RAW) + 2
    assert Arrival.objects.count() == len(RAW) + 2
    assert Arrival.objects.unsettled().count() == 0


def test_a_large_letter_is_read_as_far_as_its_words_go(server, mailbox, at):
    box = mailbox()
    server.put(letter("报价\n13812345678\n" + "x" * 2_000_000))
    assert read(box, at) == 1
    assert len(Lead.objects.get().wants) <= 5000


def test_what_programs_write_is_no_lead(server, mailbox, at):
    box = mailbox()
    server.put(letter(Auto_Submitted="auto-replied"))
    assert read(box, at) == 0
    assert not Arrival.objects.exists()
    assert Mailbox.objects.get().skipped == 1


@pytest.fixture
def answered(server, mailbox, at, liang, east_one):
    """A lead by letter whose automatic reply was written."""
    save_rule(None, Ruled(unit=east_one, name="回信", subject="收到", text="您好"), by=liang, at=at)
    box = mailbox()
    server.put(letter(Message_ID="<1@example.com>"))
    read(box, at)
    return box, Reply.objects.get()


def test_a_bounce_is_shown_at_the_reply(server, answered, at):
    box, reply = answered
    server.put(letter(f"Message-ID: {message_id(reply)}", From="MAILER-DAEMON@example.com", Subject="Undelivered"))
    assert read(box, at) == 0
    reply.refresh_from_db()
    assert (reply.state, reply.answer["code"]) == ("failed", "mail_came_back")
    assert Lead.objects.count() == 1


def test_an_answer_to_the_reply_comes_to_its_lead(server, answered, at):
    box, reply = answered
    server.put(letter("明天打给我", From="someone@else.example", In_Reply_To=message_id(reply)))
    read(box, at)
    assert Lead.objects.get().arrivals.count() == 2


def test_whoever_answers_unsubscribe_gets_no_more(server, answered, at):
    box, reply = answered
    server.put(letter("退订", In_Reply_To=message_id(reply)))
    read(box, at)
    assert OptOut.objects.filter(contact="xu@example.com", how="mail").exists()


def test_a_wrong_password_is_told_and_nothing_else(server, mailbox, at):
    box = mailbox(password="not this one")
    assert read(box, at) == 0
    assert Mailbox.objects.get().trouble["code"] == "mailbox_wrong_password"
    assert "not this one" not in str(Mailbox.objects.values().get())


def test_a_server_that_is_away_is_told(mailbox, server, at):
    box = mailbox()
    server.end()
    assert read(box, at) == 0
    assert Mailbox.objects.get().trouble["code"] == "outside_unreachable"


def test_an_inner_server_is_not_asked(mailbox, settings, at):
    box = mailbox()
    settings.INSIDE_HOSTS = frozenset()
    read(box, at)
    assert Mailbox.objects.get().trouble["code"] == "outside_private"


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"password": ""}, "mailbox_needs_password"),
        ({"host": "http://127.0.0.1/"}, "mailbox_no_host"),
        ({"host": "imap.example.com"}, "mailbox_not_plain"),
    ],
)
def test_what_cannot_be_is_refused(mailbox, how, code):
    with pytest.raises(Refused, match=code):
        mailbox(**how)
    assert not Mailbox.objects.exists()


def test_the_password_goes_to_no_other_server(mailbox, east_one, liang, at, settings):
    box = mailbox()
    other = Entered(unit=east_one, name="x", host="imap.example.com", user="sales")
    with pytest.raises(Refused, match="mailbox_needs_password"):
        save_mailbox(box, other, by=liang, at=at, version=1)


def test_who_may_see_and_change_them(client_of, mailbox, liang, fang, lin, east_one, at):
    box = mailbox()
    client = client_of(liang)
    assert "销售邮箱" in client.get("/settings/mailboxes/").content.decode()
    page = client.get(f"/settings/mailboxes/{box.pk}/").content.decode()
    assert "secret-code" not in page
    assert client_of(fang).get(f"/settings/mailboxes/{box.pk}/").status_code == 404
    assert client_of(lin).get("/settings/mailboxes/").status_code == 403
    with pytest.raises(NotPermitted):
        save_mailbox(None, Entered(unit=east_one, name="x", host="h", user="u", password="p"), by=fang, at=at)

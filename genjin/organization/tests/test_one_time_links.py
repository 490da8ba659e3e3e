from datetime import timedelta

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.organization.models import SignInLink
from genjin.organization.services import make_sign_in_link, reset_password, use_sign_in_link
from genjin.organization.services.sign_in_links import person_behind

NEW = "seven swans swim 77"


def test_a_link_lets_one_set_a_password_once(liang, lin, at):
    secret = make_sign_in_link(lin, by=liang, at=at)
    assert use_sign_in_link(secret, password=NEW, at=at) == lin
    lin.refresh_from_db()
    assert lin.check_password(NEW)
    with pytest.raises(Refused, match="link_used"):
        use_sign_in_link(secret, password="another 2026 word", at=at)
    lin.refresh_from_db()
    assert lin.check_password(NEW)


def test_looking_at_a_link_does_not_use_it(liang, lin, at):
    secret = make_sign_in_link(lin, by=liang, at=at)
    assert person_behind(secret, at=at) == lin
    assert person_behind(secret, at=at) == lin
    assert SignInLink.objects.get().used_at is None


def test_a_link_lives_for_72_hours(liang, lin, at):
    secret = make_sign_in_link(lin, by=liang, at=at)
    assert person_behind(secret, at=at + timedelta(hours=71, minutes=59)) == lin
    with pytest.raises(Refused, match="link_expired"):
        use_sign_in_link(secret, password=NEW, at=at + timedelta(hours=72))


def test_a_new_link_ends_the_one_before(liang, lin, at):
    first = make_sign_in_link(lin, by=liang, at=at)
    second = make_sign_in_link(lin, by=liang, at=at + timedelta(hours=1))
    with pytest.raises(Refused, match="link_expired"):
        use_sign_in_link(first, password=NEW, at=at + timedelta(hours=1))
    use_sign_in_link(second, password=NEW, at=at + timedelta(hours=1))


def test_the_secret_itself_is_kept_nowhere(liang, lin, at):
    secret = make_sign_in_link(lin, by=liang, at=at)
    link = SignInLink.objects.get()
    kept = [str(getattr(link, field.attname)) for field in SignInLink._meta.concrete_fields]
    kept += [str(entry.changes) + entry.note for entry in Entry.objects.all()]
    assert not any(secret in value for value in kept)


def test_an_unknown_secret_is_refused(db, at):
    assert person_behind("x" * 43, at=at) is None
    with pytest.raises(Refused, match="link_unknown"):
        use_sign_in_link("x" * 43, password=NEW, at=at)


def test_resetting_ends_the_old_password_and_every_session(client_of, liang, lin, at):
    browser = client_of(lin)
    secret = reset_password(lin, by=liang, at=at)
    lin.refresh_from_db()
    assert not lin.has_usable_password()
    assert "_auth_user_id" not in browser.session
    assert use_sign_in_link(secret, password=NEW, at=at) == lin


def test_nobody_resets_their_own_password(qian, at):
    with pytest.raises(Refused, match="own_password_in_own_settings"):
        reset_password(qian, by=qian, at=at)
    qian.refresh_from_db()
    assert qian.has_usable_password()


@pytest.mark.parametrize("verb", [make_sign_in_link, reset_password])
def test_nobody_makes_a_way_in_for_strangers_or_higher_ranks(verb, fang, zhou, lin, qian, at):
    for by, person in [(fang, lin), (zhou, lin), (fang, qian)]:
        with pytest.raises(NotPermitted):
            verb(person, by=by, at=at)
    assert not SignInLink.objects.exists()
    lin.refresh_from_db()
    assert lin.has_usable_password()


def test_who_left_gets_no_link(liang, han, at):
    with pytest.raises(Refused, match="person_has_left"):
        make_sign_in_link(han, by=liang, at=at)
    assert not SignInLink.objects.exists()

"""`genjin messages`: gathers what the code says, keeps what is translated, and names everything that is amiss."""

import pytest

from genjin.config import messages


@pytest.fixture
def apps(tmp_path, monkeypatch):
    """Two small apps in a folder of their own."""
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    monkeypatch.setattr(messages, "APPS", ("first", "second"))
    for app in messages.APPS:
        (tmp_path / app).mkdir()
    return tmp_path


def say(apps, app: str, code: str) -> None:
    (apps / app / "words.py").write_text(code)
    messages.update(app)


def translate(app: str, msgid: str, words: str) -> None:
    catalogue = messages.joined(app)
    message = messages.by_key(catalogue)[(None, msgid)]
    message.string = words if isinstance(message.id, str) else (words,)
    messages.po_path(app).write_bytes(messages.written(catalogue))


def amiss() -> list[str]:
    return [fault.what.partition(",")[0].partition(" (")[0] for fault in messages.faults()]


def test_a_new_word_is_untranslated_until_somebody_translates_it(apps):
    say(apps, "first", '_("Claim")')
    assert amiss() == ["untranslated"]
    translate("first", "Claim", "领取")
    assert amiss() == []


def test_gathering_again_keeps_the_words_and_changes_no_byte(apps):
    say(apps, "first", '_("Claim")\n_("Assign")')
    translate("first", "Claim", "领取")
    before = messages.po_path("first").read_bytes()
    messages.update("first")
    assert messages.po_path("first").read_bytes() == before


def test_a_word_that_the_code_no_longer_says_is_dropped(apps):
    say(apps, "first", '_("Claim")')
    (apps / "first" / "words.py").write_text("")
    assert amiss() == ["obsolete"]
    messages.update("first")
    assert not messages.po_path("first").exists()


def test_a_word_that_was_not_gathered_is_missing(apps):
    (apps / "first" / "words.py").write_text('_("Claim")')
    assert amiss() == ["missing"]


@pytest.mark.parametrize("words", ["共 %(total)s 个", "共 %(count)d 个", "一个也没有"])
def test_a_translation_with_other_places_for_figures_is_amiss(apps, words):
    say(apps, "first", '_("%(count)s customers")')
    translate("first", "%(count)s customers", words)
    assert amiss() == ["placeholders differ"]


def test_a_plural_is_one_sentence_in_chinese(apps):
    say(apps, "first", 'ngettext("%(n)d day", "%(n)d days", 3)')
    translate("first", "%(n)d day", "%(n)d 天")
    assert amiss() == []


def test_one_word_said_in_two_ways_by_two_apps_is_amiss(apps):
    for app, words in (("first", "领取"), ("second", "认领")):
        say(apps, app, '_("Claim")')
        translate(app, "Claim", words)
    assert amiss() == ["worded in two ways"]


def test_templates_are_read_too(apps):
    page = apps / "first" / "templates" / "first"
    page.mkdir(parents=True)
    (page / "list.html").write_text('<h1>{{ _("Pool") }}</h1>{% trans %}Nobody{% endtrans %}')
    assert [fault.msgid for fault in messages.faults()] == ["Nobody", "Pool"]


def test_what_is_compiled_is_what_is_written(apps):
    say(apps, "first", '_("Claim")')
    translate("first", "Claim", "领取")
    messages.compile_catalogues()
    assert "领取".encode() in messages.po_path("first").with_suffix(".mo").read_bytes()

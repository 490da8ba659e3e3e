"""What a template became as code is kept for the next start, as long as no file it came from changes."""

import pytest
from django.template import engines

from genjin.web import jinja, kept_code

NAME = "web/components.html"


def environment(language):
    """A fresh one that reads our own templates."""
    return jinja.environment(language, loader=next(iter(engines.all())).env.loader)


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path / kept_code.FOLDER


def test_a_second_start_takes_the_code_of_the_first(folder, monkeypatch):
    before = str(environment("en").get_template(NAME).module.cancel("/"))
    assert list((folder / kept_code.edition() / "en").iterdir())
    again = environment("en")
    monkeypatch.setattr(again, "_generate", None)  # what writes code
    assert str(again.get_template(NAME).module.cancel("/")) == before


def test_each_language_has_its_own(folder):
    words = {
        language: str(environment(language).get_template(NAME).module.cancel("/")) for language in ("zh-hans", "en")
    }
    assert "取消" in words["zh-hans"]
    assert "Cancel" in words["en"]


def test_code_of_another_edition_is_removed_and_not_read(folder, monkeypatch):
    environment("en").get_template(NAME)
    old = kept_code.edition()
    monkeypatch.setattr(kept_code, "edition", lambda: "another")
    environment("en").get_template(NAME)
    assert [each.name for each in folder.iterdir()] == ["another"] != [old]


def test_a_changed_file_is_another_edition(monkeypatch, tmp_path):
    (tmp_path / "__init__.py").write_text("")
    (tmp_path / "page.html").write_text("one")
    monkeypatch.setattr(kept_code.genjin, "__file__", str(tmp_path / "__init__.py"))
    first = kept_code.edition.__wrapped__()
    assert kept_code.edition.__wrapped__() == first
    (tmp_path / "page.html").write_text("another")
    assert kept_code.edition.__wrapped__() != first


def test_damaged_code_is_written_anew(folder):
    environment("en").get_template(NAME)
    for code in (folder / kept_code.edition() / "en").iterdir():
        code.write_bytes(b"damaged")
    assert "Cancel" in str(environment("en").get_template(NAME).module.cancel("/"))


def test_a_folder_that_cannot_be_written_only_costs_time(settings, tmp_path):
    settings.DATA = tmp_path / "file"
    settings.DATA.write_text("no folder")
    assert "Cancel" in str(environment("en").get_template(NAME).module.cancel("/"))


def test_who_changes_templates_sees_the_change(settings, folder):
    settings.DEBUG = True
    environment("en").get_template(NAME)
    assert not folder.exists()

"""What key customers are written at the weekend is part of the playbook: file, checks and screen (B4)."""

import pytest

from genjin.playbooks.editions.canonical import as_yaml, faults_of
from genjin.playbooks.editions.models import Draft
from genjin.playbooks.schema import PlaybookError, load, shipped
from genjin.playbooks.tests.changing import changed

TEXT = {"zh": "{name}，周末好。", "en": "{name}, a good weekend."}


@pytest.mark.parametrize("playbook", shipped().values(), ids=lambda each: each.code)
def test_every_key_class_ships_with_one_that_names_whom_it_is_said_to(playbook):
    key = [entry for entry in playbook.classes if entry.key and entry.code != playbook.won_class]
    assert key
    for entry in key:
        assert "{name}" in entry.weekend.zh
        assert "{name}" in entry.weekend.en


def test_it_goes_through_a_file_exactly():
    playbook = changed({"classes.0.weekend": {"zh": "{name}：款到就上线 # 好", "en": "{name}: 'live' \"soon\"\nyes"}})
    assert load(as_yaml(playbook)) == playbook


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("{nmae}，周末好", "nothing is put in for"),
        ("{name}，{周末好", "nothing is put in for"),
        ("  ", "says nothing"),
        ("好" * 501, "too many"),
    ],
    ids=["a slip in the name", "a brace alone", "nothing", "too long"],
)
def test_what_would_go_out_wrong_is_named_with_its_place(said, what):
    [wrong] = faults_of(changed({"classes.0.weekend": {**TEXT, "zh": said}}))
    assert wrong.place == "classes[0].weekend.zh"
    assert what in str(wrong.what)


def test_in_a_file_an_unknown_language_is_refused():
    text = as_yaml(changed({"classes.0.weekend": TEXT})).replace("a good weekend.", "a good weekend.", 1)
    broken = text.replace("en: '{name}, a good weekend.'", "fr: '{name}'", 1)
    assert broken != text
    with pytest.raises(PlaybookError):
        load(broken)


@pytest.mark.django_db
def test_on_the_screen_it_is_written_read_as_it_goes_out_and_taken_out(client_of, qian, east_one):
    client, address = client_of(qian), "/settings/playbooks/telesales/draft/talk/"
    wrong = client.post(address, {"classes[0].weekend.zh": "{名字}，周末好", "classes[0].weekend.en": ""})
    assert wrong.status_code == 422
    assert "{名字}，周末好" in wrong.content.decode()
    assert client.post(address, {"classes[0].weekend.zh": "{name}，歇歇"}).status_code == 302
    assert "张总，歇歇" in client.get(address).content.decode()
    assert "Weekend" not in client.get("/settings/playbooks/telesales/effects/").content.decode()
    client.post(address, {"classes[0].weekend.zh": "", "classes[0].weekend.en": ""})
    assert "weekend" not in Draft.objects.get().content["classes"][0]

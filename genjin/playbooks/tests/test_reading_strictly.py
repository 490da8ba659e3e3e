"""A wrong playbook is refused with the place and what is wrong."""

from pathlib import Path

import pytest
import yaml

from genjin.playbooks import schema
from genjin.playbooks.schema import PlaybookError, load, shipped

FOLDER = Path(schema.__file__).parent
TELESALES = yaml.safe_load((FOLDER / "telesales.yaml").read_text(encoding="utf-8"))


def changed(path, value):
    """The text of telesales with one value exchanged; `path` as in `classes.3.cycle.max`."""
    raw = yaml.safe_load(yaml.safe_dump(TELESALES, allow_unicode=True))
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    part = raw
    for step in steps:
        part = part[step]
    part[last] = value
    return yaml.safe_dump(raw, allow_unicode=True)


@pytest.mark.parametrize(
    ("path", "value", "place", "reason"),
    [
        ("classes.3.cycle.max", 4, "classes[3].cycle.max", "4 is less than the minimum 5"),
        ("classes.3.cycle.max", "8", "classes[3].cycle.max", "Expected `int`, got `str`"),
        ("classes.3.cycle.min", 0, "classes[3].cycle.min", "Expected `int` >= 1"),
        ("classes.3.cycle", None, "classes[3].cycle", "a class that is no queue needs a cycle"),
        ("classes.3.colour", "blue", "classes[3]", "unknown field `colour`"),
        ("classes.3.code", "4", "classes[5].code", "4 stands twice"),
        ("classes.3.look", "blue", "classes[3].look", "Invalid enum value 'blue'"),
        ("classes.3.enter", ["rich"], "classes[3].enter[0]", "there is no condition rich"),
        ("classes.2.warn_from_day", 11, "classes[2].warn_from_day", "within the close window"),
        (
            "classes.10.first_contact_within",
            None,
            "classes[10].first_contact_within",
            "latest day of the first contact",
        ),
        ("entry_class", "8", "entry_class", "there is no class 8"),
        ("won_class", "8", "won_class", "there is no class 8"),
        ("blocks.2.classes", ["3k", "x"], "blocks[2].classes[1]", "there is no class x"),
        ("blocks.2.then", ["x"], "blocks[2].then[0]", "there is no class x"),
        ("blocks.2.from", "10:30", "blocks[2].from", "overlaps the block before, which ends at 11:00"),
        ("blocks.2.to", "10:59", "blocks[2].to", "10:59 is not after 11:00"),
        ("blocks.2.from", "25:00", "blocks[2].from", "Expected `str` matching"),
        ("blocks.2.target", -1, "blocks[2].target", "Expected `int` >= 0"),
        ("blocks.2.target", 12, "blocks", "add up to 41, more than the 40 contacts of a day"),
        ("sizes.0.stock.1.target.max", 11, "sizes[0].stock[1].target.max", "11 is less than the minimum 12"),
        ("sizes.0.stock.1.classes", ["2"], "sizes[0].stock[1].classes", "class 2 is counted twice"),
        ("sizes.1.code", "standard", "sizes[1].code", "standard stands twice"),
        ("rhythms.1.cycles.1.cycle", {"min": 3, "max": 2}, "rhythms[1].cycles[1].cycle.max", "less than the minimum"),
        ("mix", "loud", "mix", "there is no mix loud"),
        ("mixes.1.parts.2.key", 21, "mixes[1].parts[2].key", "more than the 20"),
        ("week.booked", [1] * 8, "week.booked", "8 days are no week"),
        ("retry.steps", [], "retry.steps", "length >= 1"),
        ("retry.proposals.0.give_up", True, "retry.proposals[0]", "either moves to a class or gives up"),
        ("conditions.0.code", "smells_good", "conditions[0].code", "cannot be derived"),
        ("chips.interests.1.code", "customer_group", "chips.interests[1].code", "customer_group stands twice"),
        ("chips.interests.1.de", "Kunden", "chips.interests[1]", "unknown field `de`"),
        ("name.en", None, "name.en", "Expected `str`, got `null`"),
        ("comes_from.0.classes.A", "x", "comes_from[0].classes[0]", "there is no class x"),
    ],
)
def test_a_fault_names_its_place(path, value, place, reason):
    with pytest.raises(PlaybookError) as error:
        load(changed(path, value), "telesales.yaml")
    assert error.value.place == f"telesales.yaml: {place}"
    assert reason in error.value.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Expected `object`, got `null`"),
        ("- 1", "got `array`"),
        ("a: [", "expected"),
        ("code: x\ncode: y", "code stands twice, line 2"),
    ],
)
def test_a_file_that_is_no_playbook(text, reason):
    with pytest.raises(PlaybookError) as error:
        load(text, "hotel.yaml")
    assert error.value.place == "hotel.yaml"
    assert reason in error.value.reason


def test_the_shipped_ones_are_read_once():
    assert shipped() is shipped()
    assert set(shipped()) == {"telesales", "general"}


def test_a_variant_that_does_not_exist_is_a_key_error():
    with pytest.raises(KeyError, match="huge"):
        shipped()["telesales"].resolved("huge")


def test_every_class_has_a_talk_track_in_both_languages():
    for playbook in shipped().values():
        for cls in playbook.classes:
            assert cls.talk_track
            for step in cls.talk_track:
                assert all([step.title.zh, step.title.en, step.say.zh, step.say.en])

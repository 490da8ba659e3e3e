"""Cards of phones old and new are read; what is written is read back the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genjin.core.reasons import Refused
from genjin.core.transfer import vcards
from genjin.core.transfer.reading import read_table
from genjin.core.transfer.vcards import Card, card_text, cards_in

NEW = """BEGIN:VCARD\r
VERSION:4.0\r
N:周;建国;;;\r
FN:周建国\r
ORG:常州怡美卫浴有限公司;采购部\r
TITLE:采购经理\r
item1.TEL;VALUE=uri;TYPE="voice,cell":tel:+86-138-1234-5678\r
TEL;TYPE=fax:0519-88888888\r
EMAIL:zhou@example.com\r
IMPP;X-SERVICE-TYPE=WeChat:x-apple:zhou_cz\r
ADR;TYPE=work:;;鸣新中路 1 号\\, 2 楼;常州;江苏;213000;中国\r
NOTE:第一行\\n第二\r
 行\r
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ\r
 AAAQABAAD/2wBDAAgGBgcGBQgHBwcJ\r
END:VCARD\r
"""


def quoted(text: str, charset: str) -> bytes:
    return b"".join(b"=%02X" % byte for byte in text.encode(charset))


def read(tmp_path, content: bytes) -> list[Card]:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return list(cards_in(path))


def test_a_card_of_today(tmp_path):
    (card,) = read(tmp_path, NEW.encode())
    assert card == Card(
        "周建国", "周", "建国", "常州怡美卫浴有限公司", "采购经理", ["+86-138-1234-5678"],
        ["zhou@example.com"], "zhou_cz", "江苏常州鸣新中路 1 号, 2 楼", "第一行\n第二行",
    )  # fmt: skip


@pytest.mark.parametrize(("charset", "named"), [("gbk", "GBK"), ("gbk", "GB2312"), ("utf-8", "UTF-8")])
def test_a_card_of_an_old_phone(tmp_path, charset, named):
    name = quoted("周建国", charset)
    lines = [
        b"BEGIN:VCARD", b"VERSION:2.1",
        b"N;CHARSET=%s;ENCODING=QUOTED-PRINTABLE:%s;;;;" % (named.encode(), name[:6] + b"=\r\n" + name[6:]),
        b"TEL;CELL;PREF:13812345678", b"TEL;WORK:0519-88888888",
        b"PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ", b" SkZJRg==", b"", b"END:VCARD",
    ]  # fmt: skip
    (card,) = read(tmp_path, b"\r\n".join(lines))
    assert (card.surname, card.phones) == ("周建国", ["13812345678", "0519-88888888"])


def test_a_card_in_gbk_that_says_nothing_of_it(tmp_path):
    (card,) = read(tmp_path, "BEGIN:VCARD\nVERSION:2.1\nFN:周建国\nORG:怡美\nEND:VCARD\n".encode("gbk"))
    assert (card.name, card.organisation) == ("周建国", "怡美")


def test_a_card_in_utf_16(tmp_path):
    (card,) = read(tmp_path, "BEGIN:VCARD\r\nFN:周建国\r\nEND:VCARD\r\n".encode("utf-16"))
    assert card.name == "周建国"


def test_a_card_that_is_cut_off_counts_as_far_as_it_goes(tmp_path):
    cards = read(tmp_path, b"BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nTEL:1")
    assert [card.name for card in cards] == ["A", "B"]


def test_a_file_of_cards_is_a_table(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(NEW.encode() + b"BEGIN:VCARD\nN:Smith;Anna\nTEL:1\nTEL:2\nEND:VCARD\n")
    table = read_table(path)
    assert table.header == list(vcards.TITLES)
    rows = [cells for _number, cells in table.rows()]
    assert [row[0] for row in rows] == ["周建国", "Anna Smith"]
    assert rows[1][3] == "1、2"


@pytest.mark.parametrize("content", [b"BEGIN:VCARD", b"BEGIN:VCARDS\n", b"BEGIN:VCARD\nPHOTO:x\nEND:VCARD\n"])
def test_a_file_without_a_card_is_refused(tmp_path, content):
    path = tmp_path / "upload"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_table(path)
    assert refused.value.reason.code == "file_has_no_card"
    assert [file.name for file in tmp_path.iterdir()] == ["upload"]


texts = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=60).map(str.strip)


@settings(deadline=None, max_examples=100)
@given(
    texts.filter(bool), texts, texts, st.lists(st.from_regex(r"1[0-9]{10}", fullmatch=True), unique=True, max_size=3)
)
def test_what_is_written_is_read_back(tmp_path_factory, name, organisation, note, phones):
    card = Card(name, name, "", organisation, "", phones, [], "", "", note)
    text = card_text(card)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (found,) = read(tmp_path_factory.mktemp("any"), text.encode())
    assert (found.name, found.organisation, found.note, found.phones) == (name, organisation, note, phones)


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=400))
def test_any_bytes_are_cards_or_none(tmp_path_factory, content):
    cards = read(tmp_path_factory.mktemp("any"), b"BEGIN:VCARD\n" + content)
    assert all(isinstance(card.name, str) for card in cards)

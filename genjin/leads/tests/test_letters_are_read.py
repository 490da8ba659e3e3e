"""What stands in a letter: by tables of letters, well formed and not."""

from email.message import EmailMessage

import pytest

from genjin.leads.mail.imap import folder_name
from genjin.leads.mail.parsing import fields_in, read_letter, unquoted, words_of

PLAIN = "姓名：徐建国\n公司：无锡惠山机械有限公司\n手机号: 138-1234-5678\n想了解报价\n"


def letter(text=PLAIN, subtype="plain", charset="utf-8", **headers):
    made = EmailMessage()
    for name, value in {"From": "老徐 <xu@example.com>", "Subject": "询价", **headers}.items():
        made[name.replace("_", "-")] = value
    made.set_content(text, subtype=subtype, charset=charset)
    return bytes(made)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_name_company_phone_and_text_are_found(charset, subtype):
    text = PLAIN if subtype == "plain" else "<p>" + PLAIN.replace("\n", "<br>") + "</p><script>alert(1)</script>"
    given = read_letter(letter(text, subtype, charset)).given
    assert (given["person_name"], given["company"]) == ("徐建国", "无锡惠山机械有限公司")
    assert (given["phone"], given["email"]) == ("138-1234-5678", "xu@example.com")
    assert "想了解报价" in given["wants"]
    assert "alert" not in given["wants"]


def test_without_labels_the_sender_is_the_person_and_the_phone_is_found():
    given = read_letter(letter("你好，请打 13812345678 找我")).given
    assert (given["person_name"], given["phone"]) == ("老徐", "13812345678")


RAW = [
    b"",
    b"\xff\xfe\x00garbage\x80",
    "姓名：徐建国\n".encode("gb18030"),
    b"From: =?utf-8?B?broken?= <x\r\nSubject: =?no-such?Q?=FF?=\r\n\r\nhello",
    b"Content-Type: text/plain; charset=no-such-charset\r\n\r\n\xd0\xec\xbd\xa8\xb9\xfa",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain",
    b"Content-Transfer-Encoding: base64\r\n\r\n!!!not base64!!!",
    b"From: "
    + "徐建国".encode("gb18030")
    + b" <xu@example.com>\r\nSubject: "
    + "询价".encode("gb18030")
    + b"\r\n\r\nx",
    b"Message-ID: " + b"<x>" * 500 + b"\r\n\r\nx\x00y",
]


@pytest.mark.parametrize("raw", RAW)
def test_whatever_comes_it_is_read_as_far_as_it_can_be(raw):
    found = read_letter(raw)
    assert "\0" not in str(found)
    assert len(found.message_id) <= 300


def test_chinese_that_says_nothing_of_its_encoding_is_read():
    found = read_letter(RAW[7])
    assert (found.subject, found.given["person_name"]) == ("询价", "徐建国")
    assert read_letter(RAW[4]).text == "徐建国"


@pytest.mark.parametrize(
    ("headers", "is_machine"),
    [
        ({}, False),
        ({"Auto_Submitted": "no"}, False),
        ({"Auto_Submitted": "auto-replied; owner-email=x"}, True),
        ({"Return_Path": "<>"}, True),
        ({"From": "MAILER-DAEMON@example.com"}, True),
        ({"From": "noreply@forms.example"}, False),
        ({"Precedence": "auto_reply"}, True),
    ],
)
def test_what_programs_write(headers, is_machine):
    assert read_letter(letter(**headers)).is_machine is is_machine


def test_an_answer_names_our_letter():
    token = "0123456789abcdef0123456789abcdef"
    assert read_letter(letter(In_Reply_To=f"<reply-{token}@example.com>")).answers.hex == token


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("好的\n> 原文\n", "好的"),
        ("好的\n------------------ 原始邮件 ------------------\n徐", "好的"),
        ("ok\nOn Mon, Nov 23, 2026 at 10:00 Xu wrote:\nold", "ok"),
        ("在家也可以", "在家也可以"),
    ],
)
def test_what_is_quoted_is_left_out(text, kept):
    assert unquoted(text) == kept


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("电话：0510-82345678-12", "0510-82345678-12"),
        ("call +86 138 1234 5678 now", "+86 138 1234 5678"),
        ("订单 2026112413812345678", None),
        ("020-88886666 转 8", "020-88886666"),
    ],
)
def test_phones_are_found(text, phone):
    assert fields_in(text).get("phone") == phone


def test_a_page_that_is_not_closed_is_read():
    assert words_of("<div>报价<br>多少<script>x(") == "报价\n多少"


@pytest.mark.parametrize(
    ("name", "written"), [("INBOX", "INBOX"), ("线索", "&fr99Ig-"), ("A&B", "A&-B"), ('a"b', 'a\\"b')]
)
def test_a_folder_is_named_as_imap_writes_it(name, written):
    assert folder_name(name) == written

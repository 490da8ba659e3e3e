"""Reading phone numbers and names: what makes two of them the same. Plain values in, answer out."""

import re
import unicodedata

from genjin.core.reasons import Reason
from genjin.customers.places import LEADING_PLACE, PLACES_BEGIN_WITH

HOME = "CN"

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})[1-9]\d{6,7}")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_SERVICE = re.compile(r"[48]00\d{7}|9[56]\d{3,4}|1[0-2]\d{3}")
# Written so only in North America: a Chinese area code in brackets has its zero, and no group of three follows.
_AMERICAN = re.compile(r"(?:\+?1[\s.-]*)?\(([2-9]\d{2})\)\s*([2-9]\d{2})[\s.-](\d{4})")
_EXTENSION = re.compile(r"(?i)(?<=\d)(?:转|分机|ext\.?|x|#|--)(\d{1,6})$|(?<=\d{7})-(\d{1,6})$")
_PUNCTUATION = re.compile(r"[\s\-‐‑‒–—―().·　]+")
_HOME_CODE = re.compile(r"^(?:\+?0*86|86)(?=1[3-9]\d{9}$|0?(?:10|2\d|[3-9]\d{2})[1-9]\d{6,7}$|[48]00\d{7}$)")
_BETWEEN_PHONES = re.compile(r"[、,，;；/|\n\r]+|或")
_SPREADSHEET_FLOAT = re.compile(r"(\d{5,})\.0+")
_SCIENTIFIC = re.compile(r"(?i)\d(?:\.\d+)?e\+?\d+")
_MASK = re.compile(r"[*＊×xX•]{2,}|[*＊…]$|\.{2,}$")


def normalised_phone(text: str) -> str | Reason:
    """The number as it is stored and compared, or why it is none.

    A Chinese mobile is its 11 digits, a landline its digits with area code, an extension follows after a hyphen; a
    foreign number is in E.164 with its plus. Codes: phone_too_short and phone_too_long (`digits`), phone_has_text,
    phone_is_masked, phone_lost_digits (a spreadsheet rounded it), phone_unknown.
    """
    if len(text) == 11 and _MOBILE.fullmatch(text):
        return str(int(text)) if not text.isascii() else text
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("'").removeprefix("tel:").strip()
    if whole := _SPREADSHEET_FLOAT.fullmatch(plain):
        plain = whole[1]
    if _SCIENTIFIC.fullmatch(plain):
        return Reason("phone_lost_digits")
    if _MASK.search(plain):
        return Reason("phone_is_masked")
    extension = ""
    if found := _EXTENSION.search(plain):
        extension = found[1] or found[2]
        plain = plain[: found.start()]
    if american := _AMERICAN.fullmatch(plain.rstrip()):
        return "".join(("+1", *american.groups(), f"-{extension}" if extension else ""))
    digits = _PUNCTUATION.sub("", plain)
    if not digits.removeprefix("+").isdecimal():
        return Reason("phone_has_text")
    number = _national(digits)
    if isinstance(number, Reason) or not extension:
        return number
    return f"{number}-{extension}"


def _national(digits: str) -> str | Reason:
    """A run of digits, with or without a country code, as one number."""
    home = _HOME_CODE.sub("", digits)
    if _MOBILE.fullmatch(home) or _LANDLINE.fullmatch(home):
        return home
    if home != digits and _LANDLINE.fullmatch("0" + home):
        return "0" + home
    if _LOCAL.fullmatch(home) or _SERVICE.fullmatch(home):
        return home
    if digits.startswith(("+", "00")):
        return _foreign("+" + digits.lstrip("+0"))
    if home.startswith("1") and 5 <= len(home) != 11:
        return Reason("phone_too_short" if len(home) < 11 else "phone_too_long", {"digits": len(home)})
    if len(home) < 7:
        return Reason("phone_too_short", {"digits": len(home)})
    if len(home) > 12:
        return Reason("phone_too_long", {"digits": len(home)})
    return _foreign(home)


def _foreign(digits: str) -> str | Reason:
    """What the fast path does not know, by the numbering plans of the world (28 µs a number)."""
    import phonenumbers

    try:
        number = phonenumbers.parse(digits, HOME)
    except phonenumbers.NumberParseException:
        return Reason("phone_unknown")
    if phonenumbers.is_possible_number(number) and phonenumbers.is_valid_number(number):
        if number.country_code == 86:
            national = str(number.national_number)
            return national if national.startswith(("1", "4", "8")) else f"0{national}"
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    short = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.TOO_SHORT
    return Reason("phone_too_short", {"digits": len(digits.lstrip("+"))}) if short else Reason("phone_unknown")


def phones_in(cell: str) -> list[str] | Reason:
    """Every number of a cell that may hold several, in order and without repeats; the first that is none decides.

    They are divided by 、 , ; / | 或 and line breaks, and by a space when what stands between is a number of its own.
    """
    found: dict[str, None] = {}
    for piece in _BETWEEN_PHONES.split(cell) if not (cell.isdecimal() and cell.isascii()) else (cell,):
        if not piece.strip():
            continue
        number = normalised_phone(piece)
        if isinstance(number, str):
            found[number] = None
            continue
        apart = [normalised_phone(part) for part in piece.split()]
        if len(apart) < 2 or any(isinstance(part, Reason) or len(part) < 7 for part in apart):
            return number
        found.update((str(part), None) for part in apart)
    return list(found)


def with_area_code(number: str, area: str) -> str:
    """A local landline with the area code that stands in a column of its own, its zero given back (519: 0519)."""
    code = re.sub(r"\D", "", area).lstrip("0")
    return f"0{code}{number}" if code and len(code) <= 3 and _LOCAL.fullmatch(number) else number


def zero_was_lost(number: str, text: str) -> bool:
    """Whether a landline stood in the cell without the zero of its area code: 51988888888 for 051988888888."""
    return number[:1] == "0" and number[:3] not in text and not text.lstrip("( （").startswith(("+", "86", "0086"))


def full_name(surname: str, given: str) -> str:
    """A person's name of its two parts, in the order of its language."""
    if not surname or not given:
        return surname or given
    chinese = ord(surname[0]) > 0x2E80
    return f"{surname}{given}" if chinese else f"{given} {surname}"


_LEGAL_FORM = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|有限合伙|有限公司|股份公司|总公司|分公司|子公司|集团公司|公司|集团|股份|个体工商户|个体户|经营部|"
    r"(?<=[\s,.])(?:co|ltd|inc|llc|corp|gmbh|limited|company|corporation)\.?)+$"
)
_BRACKETED = re.compile(r"[(\[{<【〔《「]([^)\]}>】〕》」]*)[)\]}>】〕》」]")
_BRACKET = re.compile(r"[(\[{<【〔《「]")
_NOT_IN_KEY = re.compile(r"[\s\W_]+")
_ENGLISH_FORM = re.compile(r"(?:[\s,.]+(?:co|ltd|inc|llc|corp|gmbh|limited|company|corporation)\b\.?)+\s*$")


def name_key(name: str) -> str:
    """What two spellings of one company's name share: the name without place, brackets, legal form, case and width.

    江苏常州怡美卫浴有限公司 and 怡美卫浴（常州）公司 both give 怡美卫浴. Never empty for a name that is not; a name of
    four characters or fewer keeps its place, since it may be a person's (高雄伟).
    """
    if name.isascii():
        plain = name.casefold().strip()
        return (_NOT_IN_KEY.sub("", _ENGLISH_FORM.sub("", plain)) or _NOT_IN_KEY.sub("", plain) or plain)[:200]
    plain = unicodedata.normalize("NFKC", name).casefold().strip()
    bare = _BRACKETED.sub(_without_place, plain) if _BRACKET.search(plain) else plain
    bare = _NOT_IN_KEY.sub("", bare)
    key = _LEGAL_FORM.sub("", bare)
    if (len(key) > 4 or key != bare) and key[:1] in PLACES_BEGIN_WITH:
        rest = LEADING_PLACE.sub("", key, count=1)
        if len(rest) >= 2:
            key = rest
    return (key or bare or plain)[:200]


def _without_place(bracket: re.Match[str]) -> str:
    """Nothing for a bracket that holds a place or a legal form, else what it holds."""
    inside = bracket[1].strip()
    return "" if LEADING_PLACE.fullmatch(inside) or _LEGAL_FORM.fullmatch(inside) else inside


def refusal_to_work(
    *,
    person: int,
    may_write: bool,
    everything: bool,
    units: frozenset[int],
    owner: int | None,
    unit: int,
    lent: bool,
) -> str | None:
    """Why this person may not work this customer, as a code; None when they may.

    Its owner works it, a colleague it is lent to for work, whoever sees the whole unit, and who sees everything. Out of
    a pool it must be claimed first, by anybody.
    """
    if not may_write:
        return "role_only_reads"
    if owner is None:
        return "claim_it_first"
    if owner == person or lent or everything or unit in units:
        return None
    return "belongs_to_another"

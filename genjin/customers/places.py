"""Names of Chinese provinces and prefecture-level cities, as they stand in front of a company's name or in one cell."""

import json
import re
from pathlib import Path

_NAMES = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
PROVINCES, CITIES = tuple(_NAMES["provinces"]), tuple(_NAMES["cities"])
MUNICIPALITIES = frozenset({"北京", "天津", "上海", "重庆"})
_PROVINCE_ENDS = "省|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|市"
_CITY_ENDS = "市|地区|盟|(?:[一-鿿]{1,4}族)?自治州"


def _one_of(names: list[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_PROVINCE = rf"(?:{_one_of(_NAMES['provinces'])})(?:{_PROVINCE_ENDS})?"
_CITY = rf"(?:{_one_of(_NAMES['cities'])})(?:{_CITY_ENDS})?"
LEADING_PLACE = re.compile(rf"(?:中国)?(?:{_PROVINCE})?(?:{_CITY})?")
PLACES_BEGIN_WITH = frozenset("中") | {name[0] for name in (*_NAMES["provinces"], *_NAMES["cities"])}
_PARTS = re.compile(rf"(?P<province>{_PROVINCE})?\s*(?P<city>{_CITY})?\s*(?P<district>.*)", re.DOTALL)
_ENDS = re.compile(rf"(?:{_PROVINCE_ENDS}|{_CITY_ENDS})$")


def split_region(text: str) -> tuple[str, str, str]:
    """Province, city and district out of one cell such as 江苏常州武进区; what is not known stays in the district.

    Province and city come back without 省 and 市, as the filters show them. A municipality is its own city.
    """
    found = _PARTS.fullmatch(" ".join(re.split(r"[\s/,，·\-]+", text)).strip())
    if found is None:
        return "", "", text
    province = _ENDS.sub("", found["province"] or "")
    city = _ENDS.sub("", found["city"] or "")
    if province in MUNICIPALITIES and not city:
        city = province
    return province, city, found["district"].strip()

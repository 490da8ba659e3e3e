"""Invented customers of the demo: who they are. What happened with them is `followups/demo.py`."""

from dataclasses import dataclass
from random import Random
from typing import Any

from genjin.customers.demo_names import BRANDS, GIVEN, OTHERS, PLACES, SUFFIXES, SURNAMES, TAGS, TITLES, TRADES

# No Chinese carrier has 154: nobody's telephone rings when somebody tries the demo's links.
UNUSED_PREFIX = "154"
ROADS = "人民 建设 中山 解放 湖滨 工农 学府 园区 沿江 新华 和平 文昌".split()  # noqa: SIM905  reads as a list of roads


@dataclass(slots=True)
class Invented:
    """One customer's file: fields of Customer, its people (first the one in charge), its tags."""

    fields: dict[str, Any]
    people: list[dict[str, Any]]
    phones: list[str]
    tags: list[str]


class Inventor:
    """Makes customers of a region, no two of one name or number, the same ones for the same seed."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._names: set[str] = set()
        self._numbers: set[str] = set()

    def customer(self, region: str) -> Invented:
        province, city, district = self._place(region)
        name, short, industry, kind = self._name(city)
        people = self._people()
        phones = [self._number() for _ in people]
        fields = {"kind": kind, "name": name, "short_name": short, "industry": industry}
        fields |= {"province": province, "city": city, "district": district, "address": self._address(district)}
        tags = self.random.sample(TAGS, self.random.choices([0, 1, 2], [5, 3, 1])[0])
        return Invented(fields, people, phones, tags)

    def person_name(self) -> str:
        return self.random.choice(SURNAMES) + self.random.choice(GIVEN)

    def _place(self, region: str) -> tuple[str, str, str]:
        provinces = PLACES[region]
        province = self.random.choices(list(provinces), [len(cities) for cities in provinces.values()])[0]
        city = self.random.choice(list(provinces[province]))
        return province, city, self.random.choice(provinces[province][city].split())

    def _name(self, city: str) -> tuple[str, str, str, str]:
        while True:
            industry = self.random.choice(list(TRADES))
            trade = self.random.choice(TRADES[industry])
            brand = self.random.choice(BRANDS)
            if self.random.random() < 0.04:
                name, short, kind = self.person_name(), "", "person"
            else:
                name = f"{city if self.random.random() < 0.7 else ''}{brand}{trade}{self.random.choice(SUFFIXES)}"
                short, kind = brand + trade[:2], "org"
            if name not in self._names:
                self._names.add(name)
                return name, short, industry, kind

    def _people(self) -> list[dict[str, Any]]:
        people = [{"name": self.person_name(), "title": self.random.choice(TITLES), "is_key_person": True}]
        if self.random.random() < 0.35:
            people.append({"name": self.person_name(), "title": self.random.choice(OTHERS), "is_key_person": False})
        return people

    def _number(self) -> str:
        while True:
            number = f"{UNUSED_PREFIX}{self.random.randrange(10**8):08d}"
            if number not in self._numbers:
                self._numbers.add(number)
                return number

    def _address(self, district: str) -> str:
        road = self.random.choice(ROADS)
        return f"{district}{road}路 {self.random.randint(2, 688)} 号"

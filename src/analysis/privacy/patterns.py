"""What in a text looks like personal data: few rules, each with what tells it from other things."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from analysis.language.terms import plain, terms


class Found(NamedTuple):
    """Something that looks personal: ``nik``, ``nip``, ``phone``, ``email`` or ``name``, and its text."""

    kind: str
    text: str

    @property
    def shown(self) -> str:
        """The text as messages have it: the middle of a number is left out."""
        return self.text if self.kind in ("email", "name") else f"{self.text[:4]}…{self.text[-2:]}"


EDGE = r"(?:(?<=NI[KP]\.)|(?<![\w.,/-])){}(?![\w/-]|[.,]\d)"
"""A number that is no part of a longer one, of a decimal, a code or an address."""
DIGIT = re.compile(r"\d")
NIK = re.compile(EDGE.format(r"(?:\d{16}|\d{4}([ .-])\d{4}\1\d{4}\1\d{4}|\d{6}([ .-])\d{6}\2\d{4})"))
NIP = re.compile(EDGE.format(r"\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}"))
PHONE = re.compile(
    r"(?<![\w.,/+-])(?:(?:\+62|62|0)[ .-]?8\d{1,2}(?:[ .-]?\d{3,4}){2,3}|\(0\d{2,3}\) ?\d{3,4}[ -]?\d{3,4})"
    r"(?![\w/]|[.,-]\d)"
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
NAME = r"[A-Z][\w'’-]+(?: (?:[A-Z][\w'’.-]*|bin|binti)){0,4}"
TITLE = r"(?:Prof|PROF|Drs?|DRS?|Dra|DRA|dr|drg|Ir|IR|Hj?|HJ|KH|Sdri?|Bpk?|a\.n)\."
ADDRESS = r"(?:Bapak|Ibu|Pak|Bpk|Bu)(?! (?:Hamil|Kota|Menyusui|Rumah|Negara|Pertiwi|Asuh|Bersalin|Nifas)\b)"
_DEGREES = (
    r"S\. ?(?:Kom|H|E|T|Sos|IP|Pd|Si|Psi|STP|Ked|Kep|AP|Ak|Hut|P|Farm|Stat|Tr)"
    r"|M\. ?(?:Si|M|H|Kom|T|AP|Pd|Sc|Eng|IP|Kes|Ak|TI|P)|A\. ?Md|SKM|SSTP|S\.STP|MT|MM|Ph\. ?D"
)
DEGREE = f"(?:{_DEGREES}|{_DEGREES.upper()})"
BEFORE = re.compile(rf"(?<![\w.])(?:{TITLE}|{ADDRESS}) (?:\w+\. )*{NAME}(?:, ?{DEGREE}\b\.?)*")
"""A name behind a title or form of address, with the degrees behind it."""
BEHIND = re.compile(rf"{NAME}(?:, ?{DEGREE}\b\.?)+")
"""A name before a degree."""
LED = re.compile(
    r"\b(?:PIC|CP|[Cc]ontact [Pp]erson|[Nn]arahubung|[Pp]enanggung [Jj]awab|[Kk]ontak) ?: ?"
    rf"({NAME.replace('{0,4}', '{1,4}')})"
)
"""A name behind the word for whom to ask."""
NAMED_FOR = re.compile(
    r"\b(?:RS\w{0,3}|Rumah Sakit(?: \w+)?|Jl\.?|Jalan|Jln\.?|Gedung|Stadion|Taman|Bandara|Universitas) "
    r"(?:[A-Z][\w.]*\s)?$"
)
"""What is named for a person without being about one: hospitals, streets, schools."""
PROVINCES = range(11, 97)


def find(text: str) -> Iterator[Found]:
    """Yield what in a text looks like personal data, each once."""
    yield from dict.fromkeys(_find(text))


def _find(text: str) -> Iterator[Found]:
    if DIGIT.search(text):
        for kind, pattern, is_one in (("nik", NIK, _is_nik), ("nip", NIP, _is_nip)):
            found = (match[0] for match in pattern.finditer(text))
            yield from (Found(kind, one) for one in found if is_one(re.sub(r"\D", "", one)))
        yield from (Found("phone", match[0]) for match in PHONE.finditer(text) if not _is_id(match[0]))
    if "@" in text:
        yield from (Found("email", one) for one in EMAIL.findall(text))
    titled = list(BEFORE.finditer(text))
    names = [
        one for one in BEHIND.finditer(text) if not any(t.start() <= one.start() < t.end() for t in titled)
    ]
    for match in (*titled, *names):
        if not NAMED_FOR.search(text[max(0, match.start() - 40) : match.start()]):
            yield Found("name", match[0].strip())
    yield from (Found("name", match[1]) for match in LED.finditer(text) if not _is_office(match[1]))


def _is_office(name: str) -> bool:
    """Return whether a name has a word of agencies or offices in it: *Kepala Bidang*, *Call Center*."""
    kinds = ("row.agency", "row.subunit", "row.person", "row.personal", "row.role")
    return any(word in terms()[kind] for word in plain(name).split() for kind in kinds)


def _is_nik(digits: str) -> bool:
    """Return whether 16 digits are an identity number: province, day (+40: a woman) and month of birth."""
    day, month = int(digits[6:8]), int(digits[8:10])
    is_day = 1 <= day <= 31 or 41 <= day <= 71
    return int(digits[:2]) in PROVINCES and is_day and 1 <= month <= 12 and digits[12:] != "0000"


def _is_nip(digits: str) -> bool:
    """Return whether 18 digits are a civil servant's number: birth, appointment, sex, serial number."""
    try:
        born, appointed = date.fromisoformat(_iso(digits[:8])), date.fromisoformat(_iso(digits[8:14] + "01"))
    except ValueError:
        return False
    return born.year >= 1930 and appointed.year - born.year in range(15, 61) and digits[14] in "12"


def _iso(digits: str) -> str:
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _is_id(text: str) -> bool:
    """Return whether what looks like a telephone number has too many or too few digits for one."""
    return not 9 <= sum(char.isdigit() for char in text) <= 14

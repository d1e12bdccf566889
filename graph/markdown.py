"""Text of strangers in Markdown: names, sentences and addresses that stay what they are."""

from __future__ import annotations

import re
from urllib.parse import quote

from .labels import printable

# Angle brackets and ampersands as references: Markdown programs differ in which backslashes they heed, and one that
# passes "\<script>" on would run it.
_ESCAPES = {character: f"\\{character}" for character in "\\`*_[]{}|~$#"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_ADDRESS = re.compile(r"(?i)(?<=http):|(?<=https):|(?<=ftp):|(?<=www)\.|@")  # where programs begin to see an address
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-2][0-9]|3[01]))?)?")


def escape(text: str, longest: int = 400) -> str:
    """Return `text` so that Markdown shows it as it is, within a line, cut after `longest` characters.

    Not for the beginning of a line, where "1." or "-" would make a list.
    Control characters and marks that turn the direction of writing are taken out, and an address becomes no link.

    >>> print(escape("*Say* <b>no</b>\\nto [this](https://x.org)"))
    \\*Say\\* &lt;b&gt;no&lt;/b&gt; to \\[this\\](https&#58;//x.org)
    """
    text = printable(text)
    if len(text) > longest:
        text = f"{text[: longest - 1].rstrip()}…"
    return _ADDRESS.sub(_reference, "".join(_ESCAPES.get(character, character) for character in text))


def link(text: str, url: str | None) -> str:
    """Return escaped `text` as a link to `url`, an address that is known to be safe; the text alone where it is None."""
    return f"[{text}]({quote(url, safe=chr(37) + '/:?#@!$&+,;=~')})" if url else text


def written_date(date: str | None) -> str | None:
    """Return a date or a range as one writes it; what is no date stays as it is, escaped.

    >>> written_date("2024-05-20"), written_date("2024-05/2024-06-02"), written_date("2024")
    ('20 May 2024', 'May 2024 – 2 June 2024', '2024')
    """
    if not date:
        return None
    return " – ".join(dict.fromkeys(_one_date(part) for part in date.split("/", 1)))


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "article"), count(1200, "article"), count(2, "country", "countries")
    ('1 article', '1,200 articles', '2 countries')
    """
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def listed(parts: list[str]) -> str:
    """Return parts as an enumeration.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
    ('a, b and c', 'a', '')
    """
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def _one_date(date: str) -> str:
    found = _DATE.fullmatch(date)
    if not found:
        return escape(date, 40)
    year, month, day = found.groups()
    return " ".join(filter(None, [day and str(int(day)), month and _MONTHS[int(month) - 1], year]))


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"

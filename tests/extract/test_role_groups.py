"""Role nouns with their country, on hand-made parses; the table of collectives."""

from __future__ import annotations

import pytest

from actorgraph.extract.actors import find_mentions
from actorgraph.extract.clean import clean
from actorgraph.extract.collectives import Collectives, plural
from actorgraph.extract.records import ActorKind, Document

from .mentioned import gazetteer, mentions, told


class TestRoleNouns:
    def test_an_adjective_gives_the_country(self) -> None:
        found = mentions("""
            The =/DT 4 det
            North =/JJ 3 amod
            Korean =/JJ 4 amod
            troops troop/NNS 5 nsubj
            left leave/VBD 0 root""")
        [(text, mention)] = found.items()
        assert text == "North Korean troops"
        assert (mention.actor.id, mention.actor.kind, mention.sector, mention.form) == ("PRK", ActorKind.COUNTRY, "MIL", "collective")
        assert (mention.start, mention.end, mention.head) == (1, 4, 3)

    def test_words_between_adjective_and_noun_belong_to_the_mention(self) -> None:
        assert told("""
            Russian =/JJ 3 amod
            airborne =/JJ 3 amod
            troops troop/NNS 4 nsubj
            landed land/VBD 0 root""") == {"Russian airborne troops": ("RUS", "collective", "MIL")}

    def test_numbers_and_determiners_do_not(self) -> None:
        assert set(
            told("""
            Some =/DT 4 det
            900 =/CD 4 nummod
            Russian =/JJ 4 amod
            soldiers soldier/NNS 5 nsubj
            landed land/VBD 0 root""")
        ) == {"Russian soldiers"}

    def test_a_possessor_gives_the_country(self) -> None:
        assert told("""
            Russia =/NNP 3 nmod:poss
            's =/POS 1 case
            army =/NN 4 nsubj
            left leave/VBD 0 root""") == {"Russia's army": ("RUS", "collective", "MIL")}

    def test_so_does_of(self) -> None:
        assert told("""
            the =/DT 2 det
            army =/NN 5 nsubj
            of =/IN 4 case
            Chad =/NNP 2 nmod
            left leave/VBD 0 root""") == {"army of Chad": ("TCD", "collective", "MIL")}

    def test_a_government_is_named_by_its_capital(self) -> None:
        assert told("""
            the =/DT 2 det
            government =/NN 5 nsubj
            in =/IN 4 case
            Khartoum =/NNP 2 nmod
            fell fall/VBD 0 root""") == {"government in Khartoum": ("SDN", "collective", "GOV")}

    def test_a_group_in_a_country_leaves_the_place_a_mention_of_its_own(self) -> None:
        assert told("""
            rebels rebel/NNS 4 nsubj
            in =/IN 3 case
            Sudan =/NNP 1 nmod
            fled flee/VBD 0 root""") == {"rebels": ("SDN.rebels", "collective", "REB"), "Sudan": ("SDN", "place", None)}

    def test_synonyms_share_the_group(self) -> None:
        for noun, lemma in (("guerrillas", "guerrilla"), ("insurgents", "insurgent"), ("rebels", "rebel")):
            found = mentions(f"Colombian =/JJ 2 amod\n{noun} {lemma}/NNS 3 nsubj\nfled flee/VBD 0 root")
            actor = found[f"Colombian {noun}"].actor
            assert (actor.id, actor.name, actor.kind, actor.country) == ("COL.rebels", "Colombian rebels", ActorKind.GROUP, "COL")

    def test_the_fighters_of_an_organisation_are_the_organisation(self) -> None:
        assert told("""
            Hamas =/NNP 2 compound
            fighters fighter/NNS 3 nsubj
            fled flee/VBD 0 root""") == {"Hamas fighters": ("hamas", "collective", "REB")}

    def test_its_critics_are_not(self) -> None:
        found = told("""
            NATO =/NNP 2 compound
            protesters protester/NNS 3 nsubj
            fled flee/VBD 0 root""")
        assert found["NATO"][0] == "nato" and found["protesters"][0] == "protesters@d"

    def test_a_group_noun_wins_over_the_part_of_the_state_that_it_modifies(self) -> None:
        assert told("""
            Malian =/JJ 3 amod
            rebel =/NN 3 compound
            commandos commando/NNS 4 nsubj
            fled flee/VBD 0 root""") == {"Malian rebel commandos": ("MLI.rebels", "collective", "REB")}

    def test_of_two_group_nouns_the_head_counts(self) -> None:
        found = told("""
            Kenyan =/JJ 3 amod
            college =/NN 3 compound
            students student/NNS 4 nsubj
            marched march/VBD 0 root""")
        assert found == {"Kenyan college students": ("KEN.students", "collective", "EDU")}

    def test_a_regime_is_its_ruler_where_the_country_is_not_told(self) -> None:
        found = told(
            """
            the =/DT 3 det
            Baran =/NNP 3 compound
            regime =/NN 4 nsubj
            fell fall/VBD 0 root""",
            ("Baran", "PERSON"),
        )
        assert found == {"Baran": ("baran@d", "person", None)}

    def test_forces_abroad_are_not_those_of_the_place(self) -> None:
        found = told("""
            troops troop/NNS 4 nsubj
            in =/IN 3 case
            Lebanon =/NNP 1 nmod
            fled flee/VBD 0 root""")
        assert found == {"troops": ("forces@d", "collective", "MIL"), "Lebanon": ("LBN", "place", None)}

    def test_what_describes_the_name_behind_it_is_no_actor_of_its_own(self) -> None:
        found = told("""
            the =/DT 3 det
            militant =/JJ 3 amod
            group =/NN 5 nsubj
            Hamas =/NNP 3 appos
            agreed agree/VBD 0 root""")
        assert found == {"Hamas": ("hamas", "name", "REB")}

    def test_opposition_to_a_plan_is_no_actor(self) -> None:
        assert told("opposition =/NN 4 nsubj\nto =/IN 3 case\nplans plan/NNS 1 nmod\ngrew grow/VBD 0 root") == {}

    def test_a_conjunct_shares_the_owner(self) -> None:
        assert told("""
            Ukrainian =/JJ 2 amod
            soldiers soldier/NNS 5 nsubj
            and =/CC 4 cc
            civilians civilian/NNS 2 conj
            fled flee/VBD 0 root""") == {
            "Ukrainian soldiers": ("UKR", "collective", "MIL"),
            "civilians": ("UKR.civilians", "collective", "CVL"),
        }

    def test_a_title_before_a_name_is_no_mention(self) -> None:
        assert told(
            """
            Russian =/JJ 3 amod
            President =/NNP 3 nmod:desc
            Oleg =/NNP 5 nsubj
            Baran =/NNP 3 flat
            spoke speak/VBD 0 root""",
            ("Oleg Baran", "PERSON"),
        ) == {"Russian": ("RUS", "adjective", None), "Oleg Baran": ("oleg-baran", "person", None)}  # fmt: skip

    def test_nor_is_an_office_with_its_holder_in_apposition(self) -> None:
        found = told(
            """
            The =/DT 3 det
            Chadian =/JJ 3 amod
            president =/NN 8 nsubj
            , =/PUNCT 5 punct
            Ali =/NNP 3 appos
            Sow =/NNP 5 flat
            , =/PUNCT 5 punct
            spoke speak/VBD 0 root""",
            ("Ali Sow", "PERSON"),
        )
        assert found == {"Chadian": ("TCD", "adjective", None), "Ali Sow": ("ali-sow", "person", None)}

    def test_an_office_without_a_holder_is_its_country(self) -> None:
        assert told("""
            The =/DT 3 det
            Chadian =/JJ 3 amod
            president =/NN 4 nsubj
            spoke speak/VBD 0 root""") == {"Chadian president": ("TCD", "collective", "GOV")}

    @pytest.mark.parametrize("word", ["former", "ousted", "late"])
    def test_former_officials_are_not_their_country(self, word: str) -> None:
        found = told(f"The =/DT 4 det\n{word} =/JJ 4 amod\nChadian =/JJ 4 amod\npresident =/NN 5 nsubj\nspoke speak/VBD 0 root")
        assert "collective" not in {form for _, form, _ in found.values()}

    def test_what_possesses_by_a_pronoun_is_left_to_coreference(self) -> None:
        assert (
            told("""
            Its its/PRP$ 2 nmod:poss
            troops troop/NNS 3 nsubj
            fled flee/VBD 0 root""")
            == {}
        )

    def test_an_adjective_of_the_same_spelling_is_no_actor(self) -> None:
        assert (
            told("""
            The =/DT 3 det
            military =/JJ 3 amod
            cooperation =/NN 4 nsubj
            ended end/VBD 0 root""")
            == {}
        )

    def test_equipment_needs_an_owner(self) -> None:
        assert told("Drones drone/NNS 2 nsubj\nflew fly/VBD 0 root") == {}
        assert told("Turkish =/JJ 2 amod\ndrones drone/NNS 3 nsubj\nflew fly/VBD 0 root") == {
            "Turkish drones": ("TUR", "collective", "MIL")
        }

    def test_backed_by_is_not_belonging_to(self) -> None:
        found = told("""
            Iran =/NNP 3 compound
            - =/PUNCT 3 punct
            backed back/VBN 4 amod
            rebels rebel/NNS 5 nsubj
            fled flee/VBD 0 root""")
        assert found["Iran"][0] == "IRN" and found["rebels"][0] == "iran-backed-rebels"

    def test_the_dateline_tells_the_country(self) -> None:
        from spacy.lang.en import English

        text = "KHARTOUM, Sudan (AP) — Police shot at protesters."
        doc = English().make_doc(clean(text).text)
        for token in doc:
            token.pos_ = "NOUN" if token.text in ("Police", "protesters") else "VERB"
        found = find_mentions(doc, Document("d", text), gazetteer())
        assert [(doc[m.start : m.end].text, m.actor.id) for m in found] == [("Police", "SDN"), ("protesters", "SDN.protesters")]

    def test_without_any_country_it_is_a_group_of_the_document(self) -> None:
        [mention] = mentions("The =/DT 2 det\ngovernment =/NN 3 nsubj\nfell fall/VBD 0 root", document="news/7.txt").values()
        assert (mention.actor.id, mention.actor.name, mention.actor.kind) == ("government@news/7.txt", "government", ActorKind.GROUP)

    def test_the_place_of_the_predicate_tells_the_country(self) -> None:
        found = told("""
            Police =/NNS 2 nsubj
            shot shoot/VBD 0 root
            students student/NNS 2 obj
            in =/IN 5 case
            Togo =/NNP 2 obl""")
        assert (found["Police"][0], found["students"][0], found["Togo"][1]) == ("TGO", "TGO.students", "place")

    def test_two_places_tell_nothing(self) -> None:
        found = told("""
            Police =/NNS 2 nsubj
            shot shoot/VBD 0 root
            students student/NNS 2 obj
            in =/IN 5 case
            Togo =/NNP 2 obl
            and =/CC 7 cc
            Benin =/NNP 5 conj""")
        assert found["Police"][0] == "police@d"


class TestCollectives:
    @pytest.mark.parametrize(
        ("noun", "expected"),
        [
            ("gunman", "gunmen"),
            ("spy", "spies"),
            ("ministry of finance", "ministries of finance"),
            ("forces", "forces"),
            ("church", "churches"),
            ("boss", "bosses"),
        ],
    )
    def test_plurals(self, noun: str, expected: str) -> None:
        assert plural(noun) == expected

    def test_sectors_are_those_of_the_record(self) -> None:
        from actorgraph.extract.gazetteer import DATA, read_table

        known = {
            "GOV",
            "MIL",
            "COP",
            "JUD",
            "LEG",
            "SPY",
            "OPP",
            "REB",
            "CVL",
            "BUS",
            "MED",
            "EDU",
            "CRM",
            "UAF",
            "IGO",
            "NGO",
            "REL",
            "LAB",
            "PTY",
            "HLH",
        }
        for number, row in read_table(DATA / "collectives.tsv", ("noun", "sector")):
            assert row["sector"] in known, number
            assert Collectives.load().lookup(row["noun"].lower()) is not None

"""Who says what, on hand-made parses; labelled sentences are measured with the flags in test_factuality.py."""

from __future__ import annotations

import pytest

from actorgraph.extract.attribution import attribution_of
from actorgraph.extract.quotes import paragraph_around, quote_at, quotes_in


def source(parse, table: str, word: str) -> str | None:
    """The words of the source of a predicate."""
    doc = parse(table)
    found = attribution_of(next(token for token in doc if token.text == word))
    return doc[found.start : found.end].text if found else None


SAID = """
South =/JJ 3 amod
Korean =/JJ 3 amod
intelligence =/NN 4 nsubj
says say/VBZ 0 root
that =/IN 7 mark
Mali =/NNP 7 nsubj
attacked attack/VBD 4 ccomp
Chad =/NNP 7 obj
"""
FINAL = """
Mali =/NNP 2 nsubj
attacked attack/VBD 0 root
Chad =/NNP 2 obj
, =/, 2 punct
officials official/NNS 6 nsubj
said say/VBD 2 parataxis
. =/. 2 punct
"""
MISDRAWN = """
Mali =/NNP 2 nsubj
attacked attack/VBD 0 root
Chad =/NNP 2 obj
, =/, 6 punct
a =/DT 6 det
panel =/NN 2 nsubj
of =/IN 8 case
experts expert/NNS 6 nmod
wrote write/VBD 6 acl:relcl
. =/. 2 punct
"""
ACCORDING = """
According accord/VBG 3 case
to =/IN 1 fixed
analysts analyst/NNS 6 obl
, =/, 3 punct
Mali =/NNP 6 nsubj
attacked attack/VBD 0 root
Chad =/NNP 6 obj
"""
REPORTEDLY = """
Mali =/NNP 3 nsubj
reportedly =/RB 3 advmod
attacked attack/VBD 0 root
Chad =/NNP 3 obj
"""
ACCUSED = """
Mali =/NNP 2 nsubj
accused accuse/VBD 0 root
Chad =/NNP 2 obj
of =/IN 5 mark
attacking attack/VBG 2 advcl
Togo =/NNP 5 obj
"""
CLAIM = """
Chad =/NNP 3 nmod:poss
's 's/POS 1 case
claim =/NN 8 nsubj
that =/IN 6 mark
Mali =/NNP 6 nsubj
attacked attack/VBD 3 acl
it =/PRP 6 obj
angered anger/VBD 0 root
Togo =/NNP 8 obj
"""
REPORTS = """
Reports report/NNS 2 nsubj
suggest =/VBP 0 root
a =/DT 4 det
collaboration =/NN 2 obj
"""
PASSIVE = """
Mali =/NNP 3 nsubj:pass
is be/VBZ 3 aux:pass
said say/VBN 0 root
to =/TO 6 mark
have =/VB 6 aux
attacked attack/VBN 3 xcomp
Chad =/NNP 6 obj
"""
NESTED = """
Kim =/NNP 2 nsubj
said say/VBD 0 root
officials official/NNS 4 nsubj
reported report/VBD 2 ccomp
that =/IN 7 mark
Mali =/NNP 7 nsubj
attacked attack/VBD 4 ccomp
"""
ASIDE = """
Mali =/NNP 2 nsubj
said say/VBD 0 root
it =/PRP 5 nsubj
had have/VBD 5 aux
banned ban/VBN 2 ccomp
leaders leader/NNS 5 obj
, =/, 9 punct
who =/WP 9 nsubj
live =/VBP 6 acl:relcl
abroad =/RB 9 advmod
"""
DEMAND = """
Mali =/NNP 2 nsubj
insisted insist/VBD 0 root
that =/IN 5 mark
Chad =/NNP 5 nsubj
close =/VB 2 ccomp
it =/PRP 5 obj
, =/, 10 punct
and =/CC 10 cc
Chad =/NNP 10 nsubj
refused refuse/VBD 5 conj
"""
NOBODY = """
Nothing =/PRON 2 nsubj
shows show/VBZ 0 root
that =/IN 5 mark
Mali =/NNP 5 nsubj
attacked attack/VBD 2 ccomp
"""


@pytest.mark.parametrize(
    ("table", "word", "expected"),
    [
        (SAID, "attacked", "South Korean intelligence"),
        (SAID, "says", None),
        (FINAL, "attacked", "officials"),
        (FINAL, "said", None),
        (MISDRAWN, "attacked", "a panel of experts"),
        (ACCORDING, "attacked", "analysts"),
        (REPORTEDLY, "attacked", "reportedly"),
        (ACCUSED, "attacking", "Mali"),
        (ACCUSED, "accused", None),
        (CLAIM, "attacked", "Chad"),
        (CLAIM, "angered", None),
        (REPORTS, "collaboration", "Reports"),
        (PASSIVE, "attacked", "said"),
        (NESTED, "attacked", "officials"),
        (NESTED, "reported", "Kim"),
        (ASIDE, "banned", "Mali"),
        (ASIDE, "live", None),
        (DEMAND, "close", None),
        (DEMAND, "refused", None),
        (NOBODY, "attacked", None),
    ],
)
def test_sources(parse, table, word, expected):
    assert source(parse, table, word) == expected


QUOTED = """
"  "/`` 3 punct
They =/PRP 3 nsubj
robbed rob/VBD 9 ccomp
our =/PRP$ 5 nmod:poss
boats boat/NNS 3 obj
, =/, 3 punct
" "/`` 3 punct
Kim =/NNP 9 nsubj
said say/VBD 0 root
. =/. 9 punct

" "/`` 3 punct
They =/PRP 3 nsubj
burned burn/VBD 0 root
our =/PRP$ 5 nmod:poss
nets net/NNS 3 obj
. =/. 3 punct
" "/`` 3 punct

They =/PRP 2 nsubj
left leave/VBD 0 root
. =/. 2 punct
"""


def test_a_quotation_that_goes_on_keeps_its_speaker(parse):
    doc = parse(QUOTED)
    words = {token.text: token for token in doc}
    found = attribution_of(words["burned"])
    assert found is not None
    assert (doc[found.start : found.end].text, found.kind) == ("Kim", "quotation")
    assert attribution_of(words["left"]) is None


def test_quotations_end_with_their_paragraph():
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    doc = Doc(Vocab(), words=['"', "Go", "home", "right", "now", "\n\n", "They", "left", "."])
    assert [(span.start, span.end) for span in quotes_in(doc, *paragraph_around(doc, 1))] == [(1, 6)]
    assert quote_at(doc, 7) is None


def test_names_in_quotation_marks_are_no_quotations(parse):
    doc = parse('the =/DT 3 det\n" "/`` 3 punct\nallies ally/NNS 0 root\n" "/`` 3 punct')
    assert quotes_in(doc, 0, len(doc)) == []


def test_heads_name_the_actor_and_words_without_one_have_none(parse):
    doc = parse(SAID)
    found = attribution_of(doc[6])
    assert found is not None and found.head == 2
    doc = parse(REPORTEDLY)
    found = attribution_of(doc[2])
    assert found is not None and found.head is None

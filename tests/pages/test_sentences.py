"""The sentence with which a record's page begins."""

import re

import pytest

from cooperation import ledger
from tests import factories
from tests.pages.conftest import add_development


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [
        ("", "Supplier 1 supplies Recipient 1 with Jet 1; preparing since 9 February 2026, says Minister 1"),
        ("/fr", "Fourniture: Jet 1 (fournisseur: Supplier 1; destinataire: Recipient 1 )"),
        ("/uk", "Постачання: Jet 1 (постачальник: Supplier 1; отримувач: Recipient 1 )"),
    ],
)
def test_sentence_speaks_the_language_of_the_page(prefix, sentence, scene, client, read):
    assert sentence in read(f"{prefix}/programs/jets-1/")[1]
    description = re.search(
        r'<meta name="description" content="([^"]*)"', client.get("/programs/jets-1/").content.decode()
    )
    assert description[1].startswith("Supplier 1 supplies Recipient 1 with Jet 1; preparing since 9 February 2026")


def test_sentence_joins_names_and_stops_at_three(scene, read):
    parties = [factories.make_party(slug=f"giver-{n}", name=f"Giver {n}") for n in range(5)]
    roles = {"supplier": parties, "recipient": [scene["recipient"]]}
    program = factories.make_program(scene["partnership"], [scene["system"], scene["variant"]], roles, slug="many")
    ledger.publish(parties)
    add_development(scene, program, stage="delivered")
    words = read("/programs/many/")[1]
    assert (
        "Giver 0, Giver 1, Giver 2 and 2 others supply Recipient 1 with Jet 1 and Variant 1; "
        "delivered on 9 February 2026" in words
    )

"""What is found for a word that stands nowhere: in the other script, with a slip, in parts; never through drafts."""

import pytest

from cooperation import ledger
from cooperation.search import search, suggest
from cooperation.search.forgiving import find_nearest
from cooperation.search.scripts import write_otherwise
from tests import factories as make


def publish_systems(**names):
    systems = [make.make_system(slug=slug.replace("_", "-"), **fields) for slug, fields in names.items()]
    ledger.publish(systems)
    return systems


@pytest.fixture
def arsenal(db):
    return publish_systems(
        crotale={"name": "Crotale"},
        caesar={"name": "CAESAR"},
        samp_t={"name": "SAMP/T", "aliases": ["MAMBA"]},
        f_16={"name": "F-16"},
        bohdana={"name": "2S22", "names": {"uk": "Богдана"}},
        mirage={"name": "Mirage 2000", "names": {"uk": "Міраж 2000"}},
        kyiv={"name": "Kyiv class", "names": {"uk": "Тип «Київ»"}},
    )


def find(query, **options):
    results = search(query, **options)
    return [record.slug for group in results.groups for record in group.records], results.meant


@pytest.mark.parametrize(
    ("query", "slug", "meant"),
    [
        ("crotale", "crotale", ""),
        ("crotle", "crotale", "Crotale"),
        ("cortale", "crotale", "Crotale"),
        ("Crottalle", "crotale", "Crotale"),
        ("cesar", "caesar", "CAESAR"),
        ("mamab", "samp-t", "MAMBA"),
        ("f16", "f-16", "F 16"),
        ("mirage2000", "mirage", "Mirage 2000"),
        ("2000 mirrage", "mirage", "2000 Mirage"),
        ("мамба", "samp-t", "MAMBA"),
        ("кроталь", "crotale", "Crotale"),
        ("bogdana", "bohdana", "Богдана"),
        ("мираж", "mirage", "Міраж"),
        ("kyjv", "kyiv", "Kyiv"),
    ],
)
def test_word_that_stands_nowhere_is_corrected(arsenal, query, slug, meant):
    assert find(query) == ([slug], meant)


@pytest.mark.parametrize("query", ["crxxle", "caexxx", "mq", "f17", "mirage 2001", "2s23", "xq", "zzzzzzzz", "мф"])
def test_too_much_of_a_slip_finds_nothing(arsenal, query):
    assert find(query)[0] == []


def test_words_are_searched_as_written_if_asked(arsenal):
    assert find("crotle", is_forgiving=False) == ([], "")


def test_known_words_stay_beside_a_corrected_one(arsenal):
    assert find("mirrage 2000") == (["mirage"], "Mirage 2000")
    assert find("caesar crotle") == ([], "caesar crotale")


def test_correction_is_spelt_as_the_name_is(arsenal):
    assert find("Кіїв") == (["kyiv"], "Київ")


def test_correction_is_spelt_with_the_apostrophe_of_the_name(db):
    publish_systems(detour={"name": "Обʼїзний шлях"})
    assert find("їзнний") == (["detour"], "їзний")


def test_nearest_word_begins_alike_then_stands_in_names_then_in_most_records(db):
    publish_systems(a={"name": "Raster"}, b={"name": "Faster"}, c={"name": "Pasteu faster"}, d={"name": "Pastex"})
    assert find_nearest(["paster"]) == "pasteu"
    assert find_nearest(["xaster"]) == "faster"
    assert find_nearest(["qqqqqq"]) is None


def test_numbers_and_short_words_are_not_guessed(arsenal):
    assert [find_nearest([word]) for word in ("2001", "f", "sa", "2s2")] == [None] * 4


def test_words_of_drafts_alone_are_never_suggested(arsenal):
    hidden = make.make_system(slug="zyxwvut", name="Zyxwvut")
    withdrawn = publish_systems(qrstuvw={"name": "Qrstuvw"})
    ledger.withdraw(withdrawn)
    for query in ("zyxwvut", "zyxwvu", "zyxwvutt", "zyxwut", "xwvu", "qrstuvw", "qrstuv", "qrstuvww", "stuv"):
        assert find(query) == ([], ""), query
        assert suggest(query)[0] == [], query
    ledger.publish([hidden])
    assert find("zyxwut") == (["zyxwvut"], "Zyxwvut")


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("україна".replace("ї", "і"), ["ukraina"]),
        ("харків", ["kharkiv"]),
        ("щит", ["shchyt", "shchit"]),
        ("гроза", ["hroza", "groza"]),
        ("мистраль", ["mystral", "mistral"]),
        ("mistral", ["містрал"]),
        ("shchyt", ["щит"]),
        ("kharkiv", ["харків"]),
        ("mirage2000", []),
        ("日本", []),
        ("čapek", []),
    ],
)
def test_word_in_the_other_script(word, written):
    assert write_otherwise(word) == written

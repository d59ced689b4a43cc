"""Reading bundles: positions, plain values, and hostile input refused in words."""

from decimal import Decimal

import pytest

from cooperation.bundles import reader
from cooperation.bundles.report import BundleError


def read(text, is_json=False):
    data = text if isinstance(text, bytes) else text.encode()
    return reader.read_bytes(data, "b.yaml", is_json=is_json)


def refusal(text, is_json=False):
    with pytest.raises(BundleError) as error:
        read(text, is_json)
    return str(error.value)


def test_plain_values_are_read_as_the_contract_says():
    text = "{a: null, b: true, c: 6, d: -0.50, e: NO, f: 12:30, g: 2026-02-09, h: '6', i: .nan, j: 1e3, k: 007, l: }"
    assert read(text) == {
        "a": None,
        "b": True,
        "c": 6,
        "d": Decimal("-0.50"),
        "e": "NO",
        "f": "12:30",
        "g": "2026-02-09",
        "h": "6",
        "i": ".nan",
        "j": "1e3",
        "k": "007",
        "l": "",
    }


def test_values_know_their_lines():
    root = read("parties:\n  - id: france\n    name: France\n  - id: ukraine\n")
    assert root.lines == {"parties": 1}
    assert root["parties"].lines == [2, 4]
    assert root["parties"][0].lines == {"id": 2, "name": 3}


def test_json_is_read_with_the_same_values_and_lines():
    root = read('{"parties": [\n {"id": "france",\n  "n": [1, 2.5, true, null, "\\u00e9"]}]}', is_json=True)
    assert root == {"parties": [{"id": "france", "n": [1, Decimal("2.5"), True, None, "é"]}]}
    assert root["parties"][0].lines == {"id": 2, "n": 3}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: &x [1]\nb: *x", "b.yaml, line 1: anchors and aliases are not allowed; write the value out."),
        ("a: !!python/object/apply:os.system [ls]", "b.yaml, line 1: tags are not allowed."),
        ("a: 1\na: 2", "b.yaml, line 2: the key “a” stands here twice."),
        ("? [a]\n: 1", "b.yaml, line 1: a key must be text."),
        ("a: 1\n---\nb: 2", "b.yaml, line 2: a bundle is one document."),
        ("- 1", "b.yaml, line 1: a bundle is a mapping of sections such as parties, programs and articles."),
        ("", "b.yaml, line 1: a bundle is a mapping of sections such as parties, programs and articles."),
        ("a: [" + "[" * 5000, "b.yaml, line 1: nested more than 20 deep."),
        (b"a: 1\nb: \xff", "b.yaml, line 2: is not UTF-8 text."),
        ("a: \x00", "b.yaml, line 1: holds characters that YAML does not allow."),
        ('a: "\\0"', "b.yaml, line 1: holds a character that cannot be stored (NUL or half of a surrogate pair)."),
    ],
)
def test_hostile_yaml_is_refused_in_words(text, sentence):
    assert refusal(text) == sentence


def test_broken_yaml_is_refused_with_its_line():
    assert refusal("a: 1\nb: [1\nc: 2").startswith("b.yaml, line 3: is not YAML: ")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"a": 1, "a": 2}', "the key “a” stands here twice."),
        ('{"a": NaN}', "is not JSON: “NaN” is no value; write text in quotes and numbers in plain decimals."),
        ('{"a": 1e999}', "is not JSON: “1e999” is no value; write text in quotes and numbers in plain decimals."),
        ('{"a": "\\u0000"}', "holds a character that cannot be stored (NUL or half of a surrogate pair)."),
        ('{"a": "\\ud800"}', "holds a character that cannot be stored (NUL or half of a surrogate pair)."),
        ("[" * 200_000, "nested more than 20 deep."),
        ('{"a": 1} x', "is not JSON: something follows the end."),
        ('{"a" 1}', "is not JSON: “1” where a colon should stand."),
        ('{"a": [1,]}', "is not JSON: “]” where a value should stand."),
        ("{", "is not JSON: “end of file” where a first key should stand."),
        ("", "is not JSON: “end of file” where a value should stand."),
    ],
)
def test_hostile_json_is_refused_in_words(text, problem):
    assert refusal(text, is_json=True) == f"b.yaml, line 1: {problem}"


def test_number_of_thousands_of_digits_is_text():
    digits = "1" * 6000
    assert read(f"a: {digits}") == {"a": digits}


def test_large_file_is_refused():
    assert refusal(b"a" * (reader.MAX_BYTES + 1)) == "b.yaml, line 1: is larger than 10 MB; split it."

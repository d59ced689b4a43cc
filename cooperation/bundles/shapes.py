"""The one definition of the bundle: its sections, the keys of each record, and the kind of each key's value.

Reader, loader, dumper, JSON Schema and documentation all follow `SHAPES`. Sections stand in the order in which records
can name each other.
"""

from dataclasses import dataclass
from functools import cached_property

from cooperation import choices, dates, models, validators
from cooperation.bundles import figures, kinds
from cooperation.bundles.kinds import Code, Flag, Ref, Refs, Roles, Text, TextMapping, Texts


@dataclass(frozen=True)
class Key:
    """One key of a record: its name (also the model's), the kind of its value, and what it means."""

    name: str
    kind: object
    help: str
    required: bool = False


@dataclass(frozen=True)
class Shape:
    """One section of a bundle: its name, the model of its records and their keys.

    `anchor` is the one key that cannot be left out; required keys may be absent where the record exists already.
    """

    section: str
    model: type
    keys: tuple
    anchor: str = "id"

    @cached_property
    def by_name(self):
        """Return `{name: Key}`."""
        return {key.name: key for key in self.keys}

    @cached_property
    def required(self):
        """Return the names of the keys that a new record needs."""
        return [key.name for key in self.keys if key.required]

    @cached_property
    def columns(self):
        """Return `{name of a key: the model's fields that hold its value}`; a figure has several."""
        names = [field.name for field in self.model._meta.fields]
        return {
            key.name: [name for name in names if name == key.name or name.startswith(f"{key.name}_")]
            for key in self.keys
        }

    def named_ids(self, values):
        """Yield (key, sections, id) for each id that a record with `values`, by key, names."""
        for key, value in values.items():
            kind = self.by_name[key].kind if key in self.by_name else None
            if isinstance(kind, Ref) and kind.sections and value:
                yield key, kind.sections, value
            elif isinstance(kind, Refs):
                yield from ((key, kind.sections, record_id) for record_id in value)
            elif isinstance(kind, Roles):
                yield from ((key, kind.sections, record_id) for ids in value.values() for record_id in ids)

    def schema(self):
        """Return the JSON Schema of one record."""
        return {
            "type": "object",
            "properties": {key.name: {"description": key.help, **_nullable(key.kind)} for key in self.keys},
            "required": [self.anchor],
            "additionalProperties": False,
        }


SPEAKER_SECTIONS = ("parties", "officials")
EDTF = Text(max_length=50, validate=dates.parse_bounds)
REQUIRED_EDTF = Text(max_length=50, required=True, validate=dates.parse_bounds)

_ID = Key("id", Ref((), required=True), "Unique and never changed.", required=True)
_NAME = Key("name", Text(max_length=200, required=True), "Name in English.", required=True)
_TITLE = Key("title", Text(max_length=300, required=True), "Title, in our own words.", required=True)
_NAMES = Key(
    "names",
    TextMapping(validators.NAME_LANGUAGES, validators.validate_names),
    "Names in French (fr) and Ukrainian (uk).",
)
_ALIASES = Key("aliases", Texts(), "Other names, in any script.")
_OUTSIDE = Key(
    "external_ids",
    TextMapping(tuple(validators.EXTERNAL_LISTS), validators.validate_external_ids),
    "Ids in other lists: wikidata, sipri, kiel.",
)
_STATE = Key("state", Code(choices.State, required=True), "Draft, published or withdrawn; new records are published.")
_SAID = (
    Key("said_by", Ref(SPEAKER_SECTIONS), "The official or party who said it first."),
    Key("said_as", Text(max_length=200), "The office as spoken."),
    Key("channel", Code(choices.Channel), "Where it was said first."),
)
_FACTS = (
    Key("quantity", figures.Quantity, "How many: value, or min and max, with qualifier, unit, basis, per."),
    Key("amount", figures.Amount, "How much money: value, or min and max, with qualifier and currency."),
    Key("due", EDTF, "The promised day, an EDTF date."),
    Key("credibility", Code(choices.Credibility, as_number=True), "The digit 1 to 6 of the NATO / Admiralty code."),
    Key("moves", Flag(), "False for a statement that repeats, looks back or adds a tranche: it never sets the stage."),
    Key("counted_in", Ref(("developments",)), "The development that already contains this one."),
    Key("rank", Code(choices.Rank, required=True), "The editors' verdict: preferred, normal or deprecated."),
    Key("rank_reason", Text(one_line=False), "Why the rank is not normal."),
)

DEVELOPMENT = Shape(
    "developments",
    models.Development,
    (
        Key("id", Ref((), required=True), "Given, or made once from subject, date digits, stage and speaker."),
        Key("program", Ref(("programs",)), "The program that the statement is about."),
        Key("partnership", Ref(("partnerships",)), "Instead of a program: the partnership as a whole."),
        Key("date", REQUIRED_EDTF, "When it happened, an EDTF date; by default the article's day."),
        Key("stage", Code(choices.Stage), "The stage that the words earn; required for a program."),
        Key("summary", Text(one_line=False, required=True), "What happened, in our own words."),
        *_SAID,
        *_FACTS,
        _OUTSIDE,
        _STATE,
        Key(
            "quote", Text(one_line=False, required=True), "The words in the article's text that say it.", required=True
        ),
    ),
    anchor="quote",
)

SHAPES = {
    shape.section: shape
    for shape in (
        Shape(
            "parties",
            models.Party,
            (
                _ID,
                _NAME,
                Key("kind", Code(choices.PartyKind, required=True), "What the party is.", required=True),
                Key(
                    "country",
                    Text(max_length=2, validate=validators.validate_country),
                    "ISO 3166 code; a state needs it.",
                ),
                Key("parent", Ref(("parties",)), "The party that it belongs to."),
                _NAMES,
                _ALIASES,
                _OUTSIDE,
                _STATE,
            ),
        ),
        Shape(
            "officials",
            models.Official,
            (
                _ID,
                _NAME,
                Key("position", Text(max_length=200), "The office held."),
                Key("party", Ref(("parties",), required=True), "The party spoken for.", required=True),
                _NAMES,
                _ALIASES,
                _OUTSIDE,
                _STATE,
            ),
        ),
        Shape(
            "systems",
            models.System,
            (
                _ID,
                _NAME,
                Key("category", Code(choices.Category, required=True), "What kind of equipment it is.", required=True),
                Key("parent", Ref(("systems",)), "The family that it belongs to."),
                Key("makers", Refs(("parties",)), "Who makes it."),
                _NAMES,
                _ALIASES,
                _OUTSIDE,
                _STATE,
            ),
        ),
        Shape(
            "instruments",
            models.Instrument,
            (
                _ID,
                _NAME,
                Key("kind", Code(choices.InstrumentKind, required=True), "What kind of money it gives.", required=True),
                Key("provider", Ref(("parties",)), "Who provides it."),
                Key("ceiling", figures.Ceiling, "The most that it can give: amount and currency."),
                _NAMES,
                _ALIASES,
                _OUTSIDE,
                _STATE,
            ),
        ),
        Shape(
            "publishers",
            models.Publisher,
            (
                _ID,
                _NAME,
                Key("kind", Code(choices.ArticleKind, required=True), "What it usually publishes.", required=True),
                Key("address", Text(max_length=500), "Its address on the web."),
                Key("reliability", Code(choices.Reliability), "The letter A to F of the NATO / Admiralty code."),
                _NAMES,
                _OUTSIDE,
                _STATE,
            ),
        ),
        Shape(
            "partnerships",
            models.Partnership,
            (
                _ID,
                _NAME,
                Key("parties", Refs(("parties",)), "The parties; two at least."),
                Key("started", EDTF, "Since when, an EDTF date."),
                Key("summary", Text(one_line=False), "What it is, in our own words."),
                _NAMES,
                _OUTSIDE,
                _STATE,
            ),
        ),
        Shape(
            "programs",
            models.Program,
            (
                _ID,
                Key(
                    "partnership",
                    Ref(("partnerships",), required=True),
                    "The partnership that it belongs to.",
                    required=True,
                ),
                _NAME,
                Key("mode", Code(choices.Mode, required=True), "The one way of working together.", required=True),
                Key("systems", Refs(("systems",)), "What it is about."),
                Key("category", Code(choices.Category), "Only without systems: its own category."),
                Key("roles", Roles(), "Parties by role."),
                Key("instruments", Refs(("instruments",)), "What pays for it."),
                _NAMES,
                _OUTSIDE,
                _STATE,
            ),
        ),
        Shape(
            "articles",
            models.Article,
            (
                _ID,
                _TITLE,
                Key("publisher", Ref(("publishers",), required=True), "Who published it.", required=True),
                Key(
                    "published",
                    kinds.Day(required=True, pattern=r"^\d{4}-\d{2}-\d{2}$"),
                    "The day it appeared.",
                    required=True,
                ),
                Key(
                    "language", Code(choices.Language, required=True), "Its language, an ISO 639-1 code.", required=True
                ),
                Key("kind", Code(choices.ArticleKind, required=True), "What kind of source it is.", required=True),
                Key("address", Text(max_length=500), "Where it can be read; no two articles share one."),
                *_SAID,
                Key("text", Text(one_line=False), "An abstract in our own words, or the full text."),
                Key("text_kind", Code(choices.TextKind, required=True), "Abstract, full or passages."),
                _OUTSIDE,
                _STATE,
            ),
        ),
    )
}


def model_of(section):
    """Return the model of the records of a section, or of developments, which articles hold."""
    return DEVELOPMENT.model if section == DEVELOPMENT.section else SHAPES[section].model


def build_schema():
    """Return the JSON Schema of a bundle, as it stands in `fixtures/bundle.schema.json`."""
    sections = {section: {"type": "array", "items": shape.schema()} for section, shape in SHAPES.items()}
    sections["articles"]["items"]["properties"]["developments"] = {
        "description": "What the article reports.",
        "type": ["array", "null"],
        "items": DEVELOPMENT.schema(),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Bundle of the Cooperation Portal",
        "type": "object",
        "properties": sections,
        "additionalProperties": False,
    }


def _nullable(kind):
    schema = kind.schema()
    return schema if kind.empty is kinds.CANNOT_CLEAR else {"anyOf": [schema, {"type": "null"}]}

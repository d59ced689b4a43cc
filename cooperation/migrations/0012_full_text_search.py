"""Words are looked for with the database's own full-text search, instead of a bitmap for each word.

FTS5 tables read what they index from views of the documents, and triggers keep them up to date. PostgreSQL derives a
`tsvector` from a row by itself. Documents have other words than before: `prepare` and `rebuild_search` make them.
Some letters are folded that were not: œ is found as oe.
"""

from functools import reduce
from operator import or_

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace

NOUNS = (
    "programs",
    "partnerships",
    "systems",
    "parties",
    "officials",
    "instruments",
    "publishers",
    "articles",
    "developments",
)
FOLDED = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŋ": "n",
    "ŧ": "t",
}
# Words have letters and digits alone, in any script, with a mark before some: `ascii` cuts at blanks, as all beyond
# ASCII is a letter to it.
SQLITE = (
    "CREATE VIEW cooperation_documents_of_{noun} AS "
    "SELECT record, words FROM cooperation_searchdocument WHERE noun = '{noun}'",
    "CREATE VIRTUAL TABLE cooperation_search_{noun} USING fts5(words, content='cooperation_documents_of_{noun}', "
    "content_rowid='record', detail=none, columnsize=0, tokenize=\"ascii tokenchars '^/'\")",
    "CREATE TRIGGER cooperation_search_{noun}_come AFTER INSERT ON cooperation_searchdocument "
    "WHEN new.noun = '{noun}' BEGIN {come}; END",
    "CREATE TRIGGER cooperation_search_{noun}_gone AFTER DELETE ON cooperation_searchdocument "
    "WHEN old.noun = '{noun}' BEGIN {gone}; END",
    "CREATE TRIGGER cooperation_search_{noun}_changed AFTER UPDATE ON cooperation_searchdocument "
    "WHEN old.noun = '{noun}' BEGIN {gone}; {come}; END",
)
COME = "INSERT INTO cooperation_search_{noun} (rowid, words) VALUES (new.record, new.words)"
GONE = (
    "INSERT INTO cooperation_search_{noun} (cooperation_search_{noun}, rowid, words) "
    "VALUES ('delete', old.record, old.words)"
)
POSTGRESQL = (
    "CREATE INDEX cooperation_search_{noun} ON cooperation_searchdocument USING gin (tokens) WHERE noun = '{noun}'"
)


def make_search(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE cooperation_searchdocument ADD COLUMN tokens tsvector "
            "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
        )
        for noun in NOUNS:
            schema_editor.execute(POSTGRESQL.format(noun=noun))
        return
    for noun in NOUNS:
        come, gone = COME.format(noun=noun), GONE.format(noun=noun)
        for statement in SQLITE:
            schema_editor.execute(statement.format(noun=noun, come=come, gone=gone))


def drop_search(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE cooperation_searchdocument DROP COLUMN tokens")
        return
    for noun in NOUNS:
        for happened in ("come", "gone", "changed"):
            schema_editor.execute(f"DROP TRIGGER cooperation_search_{noun}_{happened}")
        schema_editor.execute(f"DROP TABLE cooperation_search_{noun}")
        schema_editor.execute(f"DROP VIEW cooperation_documents_of_{noun}")


def forget_documents(apps, schema_editor):
    apps.get_model("cooperation", "SearchDocument").objects.all().delete()


def fold_texts(apps, schema_editor):
    """Fold the texts in which drafts are looked for as `text.fold` does now, but for letters in mathematical styles."""
    unfolded = reduce(or_, (Q(search_text__contains=letter) for letter in FOLDED))
    folded = reduce(lambda text, pair: Replace(text, Value(pair[0]), Value(pair[1])), FOLDED.items(), F("search_text"))
    for model in apps.get_app_config("cooperation").get_models():
        if any(field.name == "search_text" for field in model._meta.fields):
            model._base_manager.filter(unfolded).update(search_text=folded)


class Migration(migrations.Migration):
    dependencies = [
        ("cooperation", "0011_appended_changes_of_facets"),
    ]

    operations = [
        migrations.RunPython(fold_texts, migrations.RunPython.noop),
        migrations.RunPython(forget_documents, forget_documents),
        migrations.DeleteModel(name="SearchWord"),
        migrations.AlterField(
            model_name="searchdocument",
            name="words",
            field=models.TextField(
                help_text="All words, sorted; once more those of names with /, and with ^ their first."
            ),
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("in_names", models.PositiveIntegerField(help_text="Records that have it in a name.")),
                ("records", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchTrigram",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("trigram", models.CharField(max_length=3)),
                (
                    "word",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trigrams",
                        to="cooperation.searchword",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("trigram", "word"), name="searchtrigram_once")],
            },
        ),
        migrations.RunPython(make_search, drop_search),
    ]

"""Indexes of what changed last: feeds, and lists that ask what changed since a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cooperation", "0009_changes_of_facets"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("public", True)), fields=["-modified", "id"], name="article_changed"
            ),
        ),
        migrations.AddIndex(
            model_name="development",
            index=models.Index(
                condition=models.Q(("public", True)), fields=["-modified", "id"], name="development_changed"
            ),
        ),
        migrations.AddIndex(
            model_name="program",
            index=models.Index(
                condition=models.Q(("public", True)), fields=["-modified", "id"], name="program_changed"
            ),
        ),
    ]

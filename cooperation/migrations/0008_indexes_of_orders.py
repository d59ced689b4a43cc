"""Indexes for orders by name, for addresses, and for the promises whose day passed last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cooperation", "0007_stamps_of_facets"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["title", "slug"], name="article_by_title"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["address"], name="article_by_address"),
        ),
        migrations.AddIndex(
            model_name="development",
            index=models.Index(
                condition=models.Q(
                    ("public", True), models.Q(("rank", "deprecated"), _negated=True), ("due_latest__isnull", False)
                ),
                fields=["-due_latest", "-id"],
                name="development_due",
            ),
        ),
        migrations.AddIndex(
            model_name="program",
            index=models.Index(fields=["name", "slug"], name="program_by_name"),
        ),
    ]

"""Stamps of bitmaps, and what articles report among them. `rebuild_facets`, which `prepare` calls, makes them all anew."""

from django.db import migrations, models


def forget(apps, schema_editor):
    apps.get_model("cooperation", "FacetBitmap").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cooperation", "0006_facets_of_developments"),
    ]

    operations = [
        migrations.RunPython(forget, forget),
        migrations.AddField(
            model_name="facetbitmap",
            name="stamp",
            field=models.BigIntegerField(default=0, help_text="A random number, another one with each write."),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="facetbitmap",
            index=models.Index(fields=["noun", "facet", "value", "stamp"], name="facetbitmap_stamps"),
        ),
    ]

"""Bitmaps of developments and articles beside those of programs. `rebuild_facets`, which `prepare` calls, makes them all anew."""

from django.db import migrations, models


def forget(apps, schema_editor):
    apps.get_model("cooperation", "FacetBitmap").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cooperation", "0005_api_tokens"),
    ]

    operations = [
        migrations.RunPython(forget, forget),
        migrations.RemoveConstraint(model_name="facetbitmap", name="facetbitmap_once"),
        migrations.RenameField(model_name="facetbitmap", old_name="programs", new_name="records"),
        migrations.AddField(
            model_name="facetbitmap",
            name="noun",
            field=models.CharField(default="programs", help_text="programs, developments or articles.", max_length=20),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="facetbitmap",
            name="value",
            field=models.CharField(help_text="A code, a day, or the primary key of a record.", max_length=40),
        ),
        migrations.AddConstraint(
            model_name="facetbitmap",
            constraint=models.UniqueConstraint(fields=("noun", "facet", "value"), name="facetbitmap_once"),
        ),
    ]

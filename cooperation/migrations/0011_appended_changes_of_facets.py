"""Changes of facets are appended behind the bitmaps, instead of written into them; stamps told what was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cooperation", "0010_indexes_of_changes"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="facetbitmap", name="facetbitmap_stamps"),
        migrations.RemoveField(model_name="facetbitmap", name="stamp"),
        migrations.DeleteModel(name="FacetChange"),
        migrations.CreateModel(
            name="FacetChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(help_text="The key of the edition.", max_length=32)),
                ("noun", models.CharField(help_text="programs, developments or articles.", max_length=20)),
                ("facet", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=40)),
                ("records", models.BinaryField()),
            ],
        ),
        migrations.RemoveField(model_name="edition", name="former"),
    ]

"""What editions change of that from which facets are counted, so that processes can carry on what they keep."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cooperation", "0008_indexes_of_orders"),
    ]

    operations = [
        migrations.CreateModel(
            name="FacetChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(help_text="The key of the edition.", max_length=32, unique=True)),
                (
                    "former",
                    models.CharField(help_text="The key of the edition before, if there was one.", max_length=32),
                ),
                ("programs", models.BinaryField()),
                ("developments", models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name="edition",
            name="former",
            field=models.CharField(
                default="", help_text="The key of the edition before, if there was one.", max_length=32
            ),
        ),
    ]

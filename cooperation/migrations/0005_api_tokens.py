import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cooperation.validators


class Migration(migrations.Migration):
    dependencies = [
        ("cooperation", "0004_editions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="What it is for; the history of all that it writes shows it.", max_length=60
                    ),
                ),
                ("prefix", models.CharField(editable=False, max_length=8, unique=True)),
                ("digest", models.CharField(editable=False, max_length=64)),
                ("scopes", models.JSONField(default=list, validators=[cooperation.validators.validate_scopes])),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("expires", models.DateField(help_text="The last day on which it works (UTC).")),
                ("last_used", models.DateTimeField(editable=False, null=True)),
                ("revoked", models.DateTimeField(editable=False, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "API token",
                "ordering": ["-created", "-pk"],
            },
        ),
    ]

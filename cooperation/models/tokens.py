"""API tokens: what a program shows instead of a password. Not a record: it has no state and no page."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from cooperation import validators

PREFIX_LENGTH = 8


class ApiTokenQuerySet(models.QuerySet):
    """Verbs for tokens."""

    def seen_by(self, user):
        """Keep what `user` may look after: all for a superuser, else the own ones."""
        return self if user.is_superuser else self.filter(owner=user)


class ApiToken(models.Model):
    """A key to the API in the name of a member of staff. Of its secret only the digest is kept."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens", editable=False
    )
    name = models.CharField(max_length=60, help_text="What it is for; the history of all that it writes shows it.")
    prefix = models.CharField(max_length=PREFIX_LENGTH, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(default=list, validators=[validators.validate_scopes])
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateField(help_text="The last day on which it works (UTC).")
    last_used = models.DateTimeField(null=True, editable=False)
    revoked = models.DateTimeField(null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "API token"
        ordering = ["-created", "-pk"]

    def __str__(self):
        return f"{self.name} (cp_{self.prefix})"

    def allows(self, scope):
        """Whether the token is made for `scope`."""
        return scope in self.scopes

    @property
    def is_expired(self):
        """Whether its last day is over."""
        return timezone.now().date() > self.expires

    @property
    def is_revoked(self):
        """Whether it was revoked, or its owner is no longer a member of staff."""
        return self.revoked is not None or not (self.owner.is_active and self.owner.is_staff)

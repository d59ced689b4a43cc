"""Who asks, and what they may: `Authorization: Bearer cp_…` beside the session, and the scopes of tokens.

Reading takes a session or a token; writing takes tokens alone, so that no page elsewhere can write with a visitor's
session, and nothing here needs a CSRF token.
"""

from django.db import OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission

from cooperation.choices import Scope
from cooperation.models import ApiToken
from cooperation.tokens import find_token, may_change, note_use

SCHEME = "Bearer"


class Busy(APIException):
    """The database did not take the write: another writer was at work for too long, or it does not answer."""

    status_code = 503
    default_detail = gettext_lazy("The database is busy; nothing was written. Try again in a moment.")
    default_code = "busy"
    wait = 5  # becomes Retry-After


class TokenAuthentication(BaseAuthentication):
    """Takes the token of the `Authorization` header; whatever else stands in that header is refused."""

    def authenticate(self, request):
        """Return (owner, token), None without the header; raise AuthenticationFailed if it opens nothing."""
        scheme, _space, text = request.headers.get("Authorization", "").strip().partition(" ")
        if not scheme:
            return None
        if scheme.lower() != SCHEME.lower():
            raise AuthenticationFailed(_("Send “Authorization: Bearer” and a token."), "unknown_scheme")
        token = find_token(text.strip())
        refuse_dead(token)
        note_use(token)
        return token.owner, token

    def authenticate_header(self, request):
        """Return what an answer 401 asks for."""
        return SCHEME


class TokenScheme(OpenApiAuthenticationExtension):
    """Tells OpenAPI of the tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema):
        """Return the security scheme."""
        words = "A token made in the admin, cp_<prefix>_<secret>; its scopes: read, load, publish."
        return {"type": "http", "scheme": "bearer", "bearerFormat": "cp_<prefix>_<secret>", "description": words}


class MayRead(BasePermission):
    """Lets tokens with the scope `read` read; who has no token is none of its business."""

    def has_permission(self, request, view):
        """Raise PermissionDenied for a token without the scope."""
        if request.auth is not None:
            refuse_without(request.auth, Scope.READ)
        return True


class HasScope(BasePermission):
    """Lets tokens with one scope write, and nobody else."""

    def __init__(self, scope):
        """Name the scope."""
        self.scope = scope

    def has_permission(self, request, view):
        """Raise NotAuthenticated without a token, PermissionDenied without the scope."""
        if not isinstance(request.auth, ApiToken):
            raise NotAuthenticated(_("Writing takes an API token: send “Authorization: Bearer” and the token."))
        refuse_without(request.auth, self.scope)
        return True


class Writes:
    """Mixin of views that write: `write_scopes` are the scopes that their methods take, by method."""

    write_scopes = {}

    @property
    def write_scope(self):
        """Return the scope that the request takes, None if it reads."""
        return self.write_scopes.get(getattr(self.request, "method", None))

    def get_authenticators(self):
        """Take no session for writing."""
        return [TokenAuthentication()] if self.write_scope else super().get_authenticators()

    def get_permissions(self):
        """Ask for the scope of the method."""
        return [HasScope(self.write_scope)] if self.write_scope else super().get_permissions()

    def handle_exception(self, exc):
        """Answer 503, not a server error, where the database does not take the write."""
        is_busy = self.write_scope and isinstance(exc, OperationalError)
        return super().handle_exception(Busy() if is_busy else exc)


def refuse_dead(token):
    """Raise AuthenticationFailed unless `token` is known and alive; what was unknown and what was wrong read alike."""
    if token is None:
        raise AuthenticationFailed(_("There is no such token."), "invalid_token")
    if token.is_revoked:
        raise AuthenticationFailed(_("This token was revoked."), "revoked_token")
    if token.is_expired:
        raise AuthenticationFailed(_("This token has expired."), "expired_token")


def refuse_without(token, scope):
    """Raise PermissionDenied unless `token` is made for `scope`."""
    if not token.allows(scope):
        words = _("This token is not made for that; it needs the scope “%(scope)s”.") % {"scope": scope.value}
        raise PermissionDenied(words, "insufficient_scope")


def sees_drafts(request, model):
    """Whether the reader may see records of `model` that are not public: a token of those who publish them."""
    token = request.auth
    return isinstance(token, ApiToken) and token.allows(Scope.PUBLISH) and may_change(token.owner, model)

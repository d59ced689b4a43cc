"""`PATCH {state}` on a record: publish or withdraw what the sender has seen, by the rules of the ledger.

The version of a record stands in the `ETag` that a token of those who publish is given; a change takes it back in
`If-Match`. It is compared while no other writer is at work, so of two who saw the same version one is refused.
"""

import re

from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException, NotFound, PermissionDenied, ValidationError
from rest_framework.response import Response

from cooperation import ledger
from cooperation.api import writing_schema
from cooperation.api.bodies import read_flag, read_mapping
from cooperation.api.serializers.records import build_address, build_name
from cooperation.api.tokens import Writes, sees_drafts
from cooperation.choices import Scope, State
from cooperation.models.records import read_version
from cooperation.tokens import may_change


class PreconditionRequired(APIException):
    """The request does not say which version it is about."""

    status_code = 428
    default_detail = gettext_lazy("Send the record's ETag, as you read it, in If-Match.")
    default_code = "precondition_required"


class PreconditionFailed(APIException):
    """Somebody has written the record since the sender read it."""

    status_code = 412
    default_detail = gettext_lazy("Somebody has changed this record since you read it; read it again.")
    default_code = "stale"


class ChangesState(Writes):
    """Mixin of the nouns' viewsets: drafts for those who publish, and `PATCH {state}`."""

    write_scopes = {"PATCH": Scope.PUBLISH}

    def find_readable(self):
        """Return the public records; for those who publish and ask for one record, all."""
        rows = self.model.objects
        return rows.all() if self.action == "retrieve" and sees_drafts(self.request, self.model) else rows.visible()

    def find_copy(self):
        """Keep no copies of what is shown to those who publish: its tag is the version that a change takes back."""
        is_version = self.action == "retrieve" and sees_drafts(self.request, self.model)
        return None if is_version else super().find_copy()

    def retrieve(self, request, *args, **kwargs):
        """Answer one record; to those who publish with its state and version."""
        if not sees_drafts(request, self.model):
            return super().retrieve(request, *args, **kwargs)
        etag = build_etag(get_object_or_404(self.get_queryset(), slug=self.kwargs["id"]))  # before what it stands for
        record = self.get_object()
        shown = self.get_serializer(record).data | {"state": record.state, "public": record.public}
        return Response(shown, headers={"ETag": etag})

    @extend_schema(**writing_schema.STATE)
    def partial_update(self, request, id):
        """Publish or withdraw a record: a body of `state` alone, and the version in `If-Match`."""
        if not may_change(request.user, self.model):
            raise PermissionDenied()
        state, along = read_state(read_mapping(request)), read_flag(request, "along", default=False)
        if along and state != State.PUBLISHED:
            raise ValidationError({"along": [_("Only publishing takes other records along.")]})
        etags = read_etags(request)
        try:
            with ledger.writing():
                record = self.find_version(id, etags)
                changed = set_state(request.user, record, state, along)
        except ledger.NotPublishable as refusal:
            return Response(self.describe_refusal(refusal), status=409)
        record.refresh_from_db()
        return Response(self.describe_state(record, changed), headers={"ETag": build_etag(record)})

    def find_version(self, slug, etags):
        """Return the record if its version is one of `etags`; raise NotFound or PreconditionFailed if not."""
        record = self.model.objects.filter(slug=slug).first()
        if record is None:
            raise NotFound()
        if build_etag(record) not in etags:
            raise PreconditionFailed()
        return record

    def describe_state(self, record, changed):
        """Return the answer to a change."""
        context = self.get_serializer_context()
        shown = {"id": record.slug, "url": build_address(record, context), "state": record.state}
        return shown | {"public": record.public, "changed": [build_name(other) for other in changed]}

    def describe_refusal(self, refusal):
        """Return the answer that lists all that is missing."""
        return {
            "detail": _("This cannot be published yet; see what is missing."),
            "code": "not_publishable",
            "obstacles": [describe_obstacle(obstacle) for obstacle in refusal.obstacles],
        }


def build_etag(record):
    """Return the version of `record` as an entity tag: the same until somebody writes the record."""
    return f'"{record._meta.model_name}-{read_version(record)}"'


def read_etags(request):
    """Return the tags of `If-Match`; raise PreconditionRequired without one, also for `*`, which names no version.

    They name a version of the record, not the bytes of an answer: a tag that compression on the way has made weak
    (`W/"…"`) counts.
    """
    etags = parse_etags(request.headers.get("If-Match", ""))
    if not etags or "*" in etags:
        raise PreconditionRequired()
    return [re.sub("^W/", "", etag) for etag in etags]


def read_state(body):
    """Return the state that the body asks for; raise ValidationError for anything besides."""
    problems = {key: [_("There is no such key; a change takes “state” alone.")] for key in body if key != "state"}
    if body.get("state") not in writing_schema.STATES:
        problems["state"] = [_("Use one of %(allowed)s.") % {"allowed": ", ".join(writing_schema.STATES)}]
    if problems:
        raise ValidationError(problems)
    return body["state"]


def set_state(user, record, state, along):
    """Publish or withdraw `record` in the ledger; return all that changed state.

    Raise PermissionDenied if that takes along what `user` may not change: the ledger around writes nothing then.
    """
    if state == State.WITHDRAWN:
        return ledger.withdraw([record])
    changed = ledger.publish([record], along=along)
    foreign = [build_name(other) for other in changed if not may_change(user, other)]
    if foreign:
        words = _("Nothing was published: you may not change %(names)s.") % {"names": ", ".join(foreign)}
        raise PermissionDenied(words)
    return changed


def describe_obstacle(obstacle):
    """Return what keeps a record from being published: where, in words, and what has to be published first."""
    return {
        "record": build_name(obstacle.record),
        "key": obstacle.key,
        "message": obstacle.message,
        "missing": build_name(obstacle.missing) if obstacle.missing else None,
    }

"""What every address of the API does alike, and those that answer no single record."""

from contextlib import nullcontext

from django.core.exceptions import ValidationError as InvalidValue
from django.http import HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from cooperation.api.errors import refuse_unknown_parameters
from cooperation.api.filtering import read_day
from cooperation.api.parameters import describe_clocks, describe_words
from cooperation.api.schema import ApiSchema, build_description
from cooperation.api.serializers import CodeListsSerializer, RootSerializer, SearchSerializer
from cooperation.api.serializers.records import NOUNS
from cooperation.choices import CODE_LISTS
from cooperation.copies import find_copy, tell_caches
from cooperation.filters import CLOCKS
from cooperation.filters.fields import MAX_LENGTH, clean_value
from cooperation.models.editions import one_edition
from cooperation.search import search


class JsonAlways(BaseContentNegotiation):
    """JSON is all there is, so neither `Accept` nor a parameter chooses."""

    def select_parser(self, request, parsers):
        """Return the only parser."""
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        """Return the only renderer."""
        return renderers[0], renderers[0].media_type


class NotModified(Exception):
    """The reader's copy is the answer still."""


class ReadOnly:
    """Mixin of all views: reading, unless a view names more; no parameter unnoticed, no answer kept for another."""

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = JsonAlways
    schema = ApiSchema()
    parameters = ()  # None where a FilterSet looks after them
    reader_is_known = False
    throttles = ()
    copy = None

    def dispatch(self, request, *args, **kwargs):
        """Ask for the edition of the data once for what only reads."""
        with one_edition() if request.method in ("GET", "HEAD") else nullcontext():
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request, *args, **kwargs):
        """Refuse other methods before anything else, then unknown parameters; raise NotModified for a good copy."""
        if request.method not in self.allowed_methods:
            self.http_method_not_allowed(request)
        super().initial(request, *args, **kwargs)
        if self.parameters is not None:
            refuse_unknown_parameters(sorted(set(request.query_params) - set(self.parameters)), self.parameters)
        if request.method in ("GET", "HEAD"):
            self.copy = self.find_copy()
            if self.copy and self.copy.is_held(request.headers):
                raise NotModified

    def find_copy(self):
        """Return by what a copy of the answer is known, None if it has no copies."""
        return find_copy(self.request, (self.request.user.pk, getattr(self.request.auth, "pk", None)))

    def perform_authentication(self, request):
        """Note whether the answer is for one reader alone."""
        self.reader_is_known = bool(request.headers.get("Authorization"))
        super().perform_authentication(request)
        self.reader_is_known |= request.user.is_authenticated

    def get_throttles(self):
        """Keep the counters, for the headers."""
        self.throttles = super().get_throttles()
        return self.throttles

    def handle_exception(self, exc):
        """Answer a good copy with 304, without a body."""
        return Response(status=304) if isinstance(exc, NotModified) else super().handle_exception(exc)

    def finalize_response(self, request, response, *args, **kwargs):
        """Tell caches what the answer depends on, and the reader how many requests are left."""
        response = super().finalize_response(request, response, *args, **kwargs)
        tell_caches(request, response, is_private=self.reader_is_known)
        if self.copy and response.status_code in (200, 304):
            self.copy.label(response)
        for throttle in self.throttles:
            throttle.label(response)
        return response

    def get_serializer_context(self):
        """Add the address below which all records stand."""
        return {**super().get_serializer_context(), "root": reverse("api:root", request=self.request)}


class RootView(ReadOnly, GenericAPIView):
    """The addresses of the API."""

    serializer_class = RootSerializer

    @extend_schema(operation_id="get_root", tags=["root"], summary="All addresses")
    def get(self, request):
        """Return the addresses of the API by name: where a program that reads it begins."""
        names = {noun: f"api:{noun}-list" for noun in NOUNS.values()}
        names |= {"programs/facets": "api:programs-facets", "changes": "api:changes"}
        names |= {"search": "api:search", "codes": "api:codes", "bundles": "api:bundles"}
        names |= {"schema": "schema", "docs": "api-docs"}
        return Response({name: reverse(view, request=request) for name, view in names.items()})


class CodesView(ReadOnly, GenericAPIView):
    """The code lists."""

    serializer_class = CodeListsSerializer

    @extend_schema(operation_id="get_codes", summary="Code lists")
    def get(self, request):
        """Return all code lists: each member with labels in three languages, its group and counterparts elsewhere."""
        return Response(self.get_serializer(CODE_LISTS).data)


class SearchView(ReadOnly, GenericAPIView):
    """Search over all nouns."""

    serializer_class = SearchSerializer
    parameters = ("q", *CLOCKS)

    @extend_schema(
        operation_id="search", summary="Search over all nouns", parameters=[describe_words(), *describe_clocks(CLOCKS)]
    )
    def get(self, request):
        """Return what has all words of `q`, noun by noun, ten of each at most."""
        day = read_day(request.query_params, CLOCKS)
        return Response(self.get_serializer({"groups": search(read_words(request), **day).groups}).data)


class SchemaView(ReadOnly, APIView):
    """The description of the API itself."""

    schema = None

    def get(self, request):
        """Return it; it is in English whatever the reader's language."""
        return Response(build_description())


class UnknownAddressView(APIView):
    """Answers what no other address answers, whatever the method, in the shape of all errors."""

    schema = None
    content_negotiation_class = JsonAlways

    def finalize_response(self, request, response, *args, **kwargs):
        """Let nobody keep the answer."""
        response = super().finalize_response(request, response, *args, **kwargs)
        tell_caches(request, response, is_private=False)
        return response

    def dispatch(self, request, *args, **kwargs):
        """Lead to the same address with a slash at its end if there is one."""
        with_slash = is_valid_path(f"{request.path_info}/")
        is_known = with_slash and getattr(with_slash.func, "cls", None) is not UnknownAddressView
        if is_known and request.method in ("GET", "HEAD"):
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request, *args, **kwargs):
        """Say that there is nothing, before anything is asked of the reader."""
        raise NotFound()


def read_words(request):
    """Return the parameter `q`; raise ValidationError where there is nothing to look for."""
    try:
        words = clean_value(request.query_params.get("q", ""))
    except InvalidValue as error:
        raise ValidationError({"q": error.messages})
    if not words:
        raise ValidationError(
            {"q": [_("Give the words to look for, at most %(most)d characters.") % {"most": MAX_LENGTH}]}
        )
    return words

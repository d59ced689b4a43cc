"""`bundles/`: the export of a filter, and the one way in: a bundle, checked as a whole, loaded whole or not at all."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import APIView

from cooperation.api import writing_schema
from cooperation.api.bodies import JSON, YAML, read_body, read_flag
from cooperation.api.filtering import bind_filterset
from cooperation.api.keys import Keys
from cooperation.api.pagination import MAX_PAGE_SIZE, Pages, read_number
from cooperation.api.tokens import Writes
from cooperation.api.views import ReadOnly
from cooperation.bundles.export import build_bundle
from cooperation.bundles.loader import load_documents
from cooperation.bundles.reader import read_bytes
from cooperation.bundles.report import BundleError, LoadRunning, Report
from cooperation.choices import Scope, State
from cooperation.filters import FILTERS
from cooperation.models import Article
from cooperation.tokens import may_write

NAME = "body"  # what the positions of problems call the input


class Running(APIException):
    """Another load is under way."""

    status_code = 409
    default_detail = gettext_lazy("Another load is running on this database; try again when it is done.")
    default_code = "load_running"
    wait = 10  # becomes Retry-After


class BundlePages(Pages):
    """Pages as large as they can be, unless asked for less."""

    def get_page_size(self, request):
        """Return the page size asked for."""
        return read_number(request, self.page_size_query_param, default=MAX_PAGE_SIZE, most=MAX_PAGE_SIZE)


class BundlesView(Writes, ReadOnly, APIView):
    """Bundles out and in."""

    http_method_names = ["get", "post", "head", "options"]
    write_scopes = {"POST": Scope.LOAD}

    @property
    def parameters(self):
        """Take `dry_run` for a load; an export's parameters are those of the articles' FilterSet."""
        return ("dry_run",) if self.request.method == "POST" else None

    @extend_schema(**writing_schema.EXPORT)
    def get(self, request):
        """Export the articles that a filter leaves, with all that they rest on, as a bundle that loads back."""
        filterset = bind_filterset(FILTERS["articles"], request.query_params, Article.objects.visible())
        pages = BundlePages()
        keys = pages.paginate_queryset(Keys(filterset), request, view=self)
        bundle = build_bundle(keys, has_full_texts=request.user.is_authenticated)
        return Response(bundle, headers=pages.build_links())

    @extend_schema(**writing_schema.LOAD)
    def post(self, request):
        """Load a bundle, or with `dry_run`, which is the default, tell what loading it would do."""
        dry_run = read_flag(request, "dry_run", default=True)
        body, media_type = read_body(request, [JSON, YAML])
        try:
            document = read_bytes(body, NAME, is_json=media_type == JSON)
        except BundleError as error:
            return refuse(Report(dry_run, rejected=error.problems), 400, "unreadable")
        may = partial(may_write, request.auth)
        try:
            report = load_documents([(NAME, document)], dry_run=dry_run, default_state=State.DRAFT, may=may)
        except LoadRunning as error:
            raise Running from error
        if not report.is_permitted:
            return refuse(report, 403, "permission_denied")
        return Response(report.as_mapping()) if report.is_accepted else refuse(report, 422, "rejected")


def refuse(report, status, code):
    """Return the answer to a bundle that was not loaded: the report, with all that is wrong, and the error's code."""
    return Response(report.as_mapping() | {"detail": _("Nothing was written."), "code": code}, status=status)

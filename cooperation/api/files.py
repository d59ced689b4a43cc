"""Every list as a file: CSV, XLSX and JSON of the rows that its page shows, in its order. Errors are those of the API.

The whole list, unless `page` or `page_size` ask for one page of it; programs take `rows=developments` as well.
"""

import tempfile
from contextlib import ExitStack

from django.http import FileResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotFound, ValidationError

from cooperation.api.beside import BesidePage
from cooperation.api.filtering import bind_filterset
from cooperation.api.pagination import MAX_PAGE_SIZE, PAGE_SIZE, read_number
from cooperation.api.viewsets import VIEWSETS
from cooperation.exports.about import build_about
from cooperation.exports.csv import stream_csv
from cooperation.exports.files import CLAIMS, CSV, JSON, ROWS, XLSX
from cooperation.exports.json import stream_json
from cooperation.exports.selection import select
from cooperation.exports.xlsx import MOST_ROWS, write_xlsx
from cooperation.facets import count
from cooperation.filters import FILTERS
from cooperation.filters.base import PAGE_PARAMETERS


class TooManyRows(APIException):
    """An XLSX file would have too many rows."""

    status_code = 400
    default_detail = gettext_lazy("An XLSX file has at most %(most)s rows; narrow the list, or take the CSV file.")
    default_code = "too_many_rows"


class ListFile(BesidePage):
    """A list as a file."""

    parameters = None
    noun = ""
    kind = None

    def get(self, request):
        """Answer the file; what is wrong is said before its first byte."""
        filterset, is_claims = self.bind(request.query_params)
        selection = self.select(filterset, is_claims)
        query = request.GET.copy()
        address = request.build_absolute_uri(reverse(self.page))
        about = build_about(self.noun.capitalize(), address, query, selection.day)
        answer = StreamingHttpResponse() if request.method == "HEAD" else self.answer(selection, about)
        name = f"{selection.noun}-{selection.end}{self.kind.suffix}"
        answer.headers["Content-Type"] = self.kind.content_type
        answer.headers["Content-Disposition"] = content_disposition_header(True, name)
        answer.headers["Link"] = f'<{request.build_absolute_uri(reverse("data"))}#{selection.noun}>; rel="describedby"'
        return answer

    def bind(self, parameters):
        """Return the valid filterset, and whether a row is a claim; raise ValidationError for any wrong parameter."""
        filterset_class, own = FILTERS[self.noun], (ROWS,) if self.noun == "programs" else ()
        filterset = bind_filterset(filterset_class, parameters, filterset_class.Meta.model.objects.visible(), own)
        rows = [value for value in parameters.getlist(ROWS) if value]
        if set(rows) - {self.noun, CLAIMS}:
            sentence = _("“%(value)s” is not known; use one of %(allowed)s.")
            raise ValidationError({ROWS: [sentence % {"value": rows[-1][:50], "allowed": f"{self.noun}, {CLAIMS}"}]})
        return filterset, rows[-1:] == [CLAIMS]

    def select(self, filterset, is_claims):
        """Return the rows of the whole list, or of the page that is asked for."""
        counted = count(filterset, has_facets=False)
        if not any(map(self.request.query_params.get, PAGE_PARAMETERS)):
            return select(filterset, counted, self.root, is_claims=is_claims)
        size = read_number(self.request, "page_size", default=PAGE_SIZE, most=MAX_PAGE_SIZE)
        start = (read_number(self.request, "page") - 1) * size
        if start >= max(1, counted.total):
            raise NotFound()
        return select(filterset, counted, self.root, start, min(start + size, counted.total), is_claims)

    def answer(self, selection, about):
        """Return the response with the file."""
        raise NotImplementedError(f"{type(self).__name__} must write its format.")


class CsvFile(ListFile):
    """A list as CSV."""

    kind = CSV

    def answer(self, selection, about):
        """Stream it; the first rows are read before anything is sent."""
        return StreamingHttpResponse(_start(stream_csv(selection)))


class JsonFile(ListFile):
    """A list as JSON, with the objects of the API."""

    kind = JSON

    def answer(self, selection, about):
        """Stream it; the first objects are read before anything is sent."""
        return StreamingHttpResponse(_start(stream_json(selection, about, self.find_shape(selection))))

    def find_shape(self, selection):
        """Return a function that makes the API's objects of primary keys, in their order."""
        language = get_language()
        viewset = VIEWSETS[selection.noun](request=self.request, format_kwarg=None, action="list", day=selection.day)
        rows = viewset.with_line(selection.rows, selection.day)

        def shape(keys):
            with override(language):
                return viewset.get_serializer(rows.in_order(keys), many=True).data

        return shape


class XlsxFile(ListFile):
    """A list as XLSX."""

    kind = XLSX

    def answer(self, selection, about):
        """Write it to a file without a name, then send that: a workbook is read from its end."""
        rows = selection.count
        if rows > MOST_ROWS:
            raise TooManyRows(TooManyRows.default_detail % {"most": f"{MOST_ROWS:,}"})
        with ExitStack() as stack:
            file = stack.enter_context(tempfile.TemporaryFile())
            write_xlsx(file, selection, about.in_words(rows))
            file.seek(0)
            stack.pop_all()  # from here on the response closes it
        return FileResponse(file)


def _start(stream):
    """Return the stream with its first piece at hand, so that what fails at once is answered as an error."""
    first = next(stream)

    def go_on():
        yield first
        yield from stream

    return go_on()

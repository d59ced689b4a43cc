"""Pages of a list: `{count, next, previous, results}`, by number or by cursor, with bounds that are told and kept."""

from django.core.paginator import EmptyPage, Paginator
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from cooperation.api import cursors
from cooperation.api.keys import find_page_after
from cooperation.api.parameters import describe_query
from cooperation.filters.base import PAGE_SIZES

PAGE_SIZE, MAX_PAGE_SIZE = PAGE_SIZES[0], PAGE_SIZES[-1]
SHOWN = 50  # characters of a wrong value that the answer repeats
MAX_DIGITS = 100  # far beyond any page; Python refuses to read numbers of thousands of digits
CURSOR_HELP = (
    "Instead of `page`: empty for the first rows, then what `next` says. Takes the same time however deep, and no row "
    "is skipped or told twice because others came in; `count` is that of the first rows, `previous` is null."
)


class Pages(PageNumberPagination):
    """Refuses what is no number or too large, where DRF would take the nearest that it likes; takes cursors as well."""

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = MAX_PAGE_SIZE
    cursor = None

    def paginate_queryset(self, queryset, request, view=None):
        """Return what stands on the page asked for, out of the `Keys` given; one beyond the last is not found."""
        self.request = request
        if cursors.PARAMETER in request.query_params:
            return self.go_on(queryset)
        number = read_number(request, self.page_query_param)
        paginator = Paginator(queryset, self.get_page_size(request))
        try:
            self.page = paginator.page(number)
        except EmptyPage:
            message = _("There is no page %(number)d; the last one is page %(last)d.")
            raise NotFound(message % {"number": number, "last": paginator.num_pages})
        self.count = paginator.count
        return list(self.page)

    def go_on(self, keys):
        """Return what follows the cursor, and keep the next one, None at the end."""
        if self.page_query_param in self.request.query_params:
            raise ValidationError({cursors.PARAMETER: [_("Give a page or a cursor, not both.")]})
        cursor = cursors.read_cursor(self.request.query_params)
        found, position = find_page_after(keys, cursor.position, self.get_page_size(self.request))
        self.count = len(keys) if cursor.count is None else cursor.count
        self.cursor = cursors.Cursor(position, self.count)
        return found

    def get_next_link(self):
        """Return the address of the next page or cursor, None on the last."""
        if self.cursor is None:
            return super().get_next_link()
        if self.cursor.position is None:
            return None
        written = cursors.write_cursor(self.request.query_params, self.cursor)
        return replace_query_param(self.request.build_absolute_uri(), cursors.PARAMETER, written)

    def get_previous_link(self):
        """Return the address of the page before; cursors lead forwards alone."""
        return super().get_previous_link() if self.cursor is None else None

    def get_paginated_response(self, data):
        """Tell next and previous in the Link header as well."""
        body = {
            "count": self.count,
            "next": self.get_next_link(),
            "previous": self.get_previous_link(),
            "results": data,
        }
        return Response(body, headers=self.build_links())

    def build_links(self):
        """Return the `Link` header that leads to the pages after and before, as a mapping; empty if there are none."""
        addresses = {"next": self.get_next_link(), "prev": self.get_previous_link()}
        links = [f'<{address}>; rel="{name}"' for name, address in addresses.items() if address]
        return {"Link": ", ".join(links)} if links else {}

    def get_page_size(self, request):
        """Return the page size asked for; refuse more than the largest."""
        return read_number(request, self.page_size_query_param, default=PAGE_SIZE, most=MAX_PAGE_SIZE)

    def get_schema_operation_parameters(self, view):
        """Describe the parameters with their bounds."""
        size = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE}
        page = {"type": "integer", "minimum": 1, "default": 1}
        cursor = {"type": "string", "maxLength": cursors.MAX_LENGTH}
        return [
            describe_query(self.page_query_param, "Number of the page; one beyond the last is not found.", page),
            describe_query(self.page_size_query_param, "How many results a page has.", size),
            describe_query(cursors.PARAMETER, CURSOR_HELP, cursor),
        ]

    def get_paginated_response_schema(self, schema):
        """Describe the page."""
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "minimum": 0, "description": "Of all results."},
                "next": {**address, "description": "Address of the next results; null at the end."},
                "previous": {**address, "description": "Address of the results before; null on the first page."},
                "results": schema,
            },
        }


def read_number(request, name, default=1, most=None):
    """Return the parameter as a whole number from 1 to `most`; raise ValidationError, naming it, for all else."""
    written = request.query_params.get(name, str(default))
    is_number = written.isascii() and written.isdigit() and len(written) <= MAX_DIGITS and int(written) > 0
    if not is_number or (most and int(written) > most):
        bounded = _("“%(value)s” is not possible; use a whole number from 1 to %(most)s.")
        sentence = bounded if most else _("“%(value)s” is not possible; use a whole number from 1.")
        raise ValidationError({name: [sentence % {"value": written[:SHOWN], "most": most}]})
    return int(written)

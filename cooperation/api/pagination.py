"""Pages of a list: `{count, next, previous, results}`, with bounds that are told and kept."""

from django.core.paginator import EmptyPage, Paginator
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import PageNumberPagination

from cooperation.api.parameters import describe_query
from cooperation.facets import count, find_page
from cooperation.filters.base import PAGE_SIZES

PAGE_SIZE, MAX_PAGE_SIZE = PAGE_SIZES[0], PAGE_SIZES[-1]
SHOWN = 50  # characters of a wrong value that the answer repeats
MAX_DIGITS = 100  # far beyond any page; Python refuses to read numbers of thousands of digits


class Keys:
    """The primary keys of the rows that a filterset leaves, in its order, for a paginator: it asks for one slice."""

    def __init__(self, filterset):
        """Count the rows."""
        self.filterset, self.counted = filterset, count(filterset, has_facets=False)

    def __len__(self):
        return self.counted.total

    def __getitem__(self, part):
        return find_page(self.filterset, part.start, part.stop, self.counted.matching)


class PageNumbers(PageNumberPagination):
    """Refuses what is no number or too large, where DRF would take the nearest that it likes."""

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = MAX_PAGE_SIZE

    def paginate_queryset(self, queryset, request, view=None):
        """Return what stands on the page asked for; a page beyond the last one is not found."""
        self.request = request
        number = read_number(request, self.page_query_param)
        paginator = Paginator(queryset, self.get_page_size(request))
        try:
            self.page = paginator.page(number)
        except EmptyPage:
            message = _("There is no page %(number)d; the last one is page %(last)d.")
            raise NotFound(message % {"number": number, "last": paginator.num_pages})
        return list(self.page)

    def get_page_size(self, request):
        """Return the page size asked for; refuse more than the largest."""
        return read_number(request, self.page_size_query_param, default=PAGE_SIZE, most=MAX_PAGE_SIZE)

    def get_schema_operation_parameters(self, view):
        """Describe both parameters with their bounds."""
        size = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE}
        page = {"type": "integer", "minimum": 1, "default": 1}
        return [
            describe_query(self.page_query_param, "Number of the page; one beyond the last is not found.", page),
            describe_query(self.page_size_query_param, "How many results a page has.", size),
        ]


def read_number(request, name, default=1, most=None):
    """Return the parameter as a whole number from 1 to `most`; raise ValidationError, naming it, for all else."""
    written = request.query_params.get(name, str(default))
    is_number = written.isascii() and written.isdigit() and len(written) <= MAX_DIGITS and int(written) > 0
    if not is_number or (most and int(written) > most):
        bounded = _("“%(value)s” is not possible; use a whole number from 1 to %(most)s.")
        sentence = bounded if most else _("“%(value)s” is not possible; use a whole number from 1.")
        raise ValidationError({name: [sentence % {"value": written[:SHOWN], "most": most}]})
    return int(written)

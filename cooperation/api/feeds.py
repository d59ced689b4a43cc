"""Atom feeds of every list, and of a program or a partnership: what is new there. Parameters are those of the list.

A feed has the latest changed entries first, whatever `sort` and `page` say; they are taken, so that a list's address
becomes that of its feed by its ending alone.
"""

import datetime

from django.conf import settings
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cooperation.api.beside import BesidePage
from cooperation.api.filtering import bind_filterset, read_day
from cooperation.exports.atom import Feed, write_feed
from cooperation.exports.entries import find_news, find_records
from cooperation.exports.files import ATOM
from cooperation.facets import count
from cooperation.facets.orders import FEW
from cooperation.filters import CLOCKS, FILTERS
from cooperation.models import Development

# Of lists whose feeds tell developments: what leads from these to a row, and how many rows are asked for by key.
TOLD = {
    "developments": ("pk", FEW),
    "programs": ("program", FEW),
    "partnerships": (Coalesce("partnership", "program__partnership"), 20),
}
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # when a feed without entries changed last


class FeedView(BesidePage):
    """Base of all feeds."""

    def answer(self, key, title, path, entries):
        """Return the feed."""
        author, language = _("Cooperation Portal"), get_language()
        absolute = self.request.build_absolute_uri
        query = self.request.GET
        feed = Feed(
            key=f"{key}?{_canonical(query)}#{language}",
            title=f"{author}: {title}",
            language=language,
            address=absolute(self.request.get_full_path()),
            page=absolute(f"{path}?{query.urlencode()}" if query else path),
            author=author,
            rights=settings.PORTAL_LICENCE,
            updated=max((entry.updated for entry in entries), default=NEVER),
            entries=entries,
        )
        return HttpResponse(write_feed(feed), content_type=ATOM.content_type)


class ListFeed(FeedView):
    """The feed of a list."""

    parameters = None
    noun = ""
    record_page = ""
    title = ""

    def get(self, request):
        """Answer what is new in the rows of the list."""
        filterset_class = FILTERS[self.noun]
        filterset = bind_filterset(filterset_class, request.query_params, filterset_class.Meta.model.objects.visible())
        return self.answer(self.noun, self.title, reverse(self.page), self.find_entries(filterset))

    def find_entries(self, filterset):
        """Return developments where rows have some, else the rows themselves."""
        if self.noun not in TOLD:
            return find_records(self.noun, filterset.narrow(), self.record_page, self.root)
        day, matching = filterset.day, count(filterset, has_facets=False).matching
        told, (column, few) = Development.objects.visible().known(**day), TOLD[self.noun]
        if len(matching) > few:
            return find_news(told, day, self.root, (column, matching))
        if self.noun == "partnerships":
            return find_news(told.of_partnerships(list(matching)), day, self.root)
        return find_news(told.filter(**{f"{column}__in": list(matching)}), day, self.root)


class RecordFeed(FeedView):
    """The feed of one program or partnership."""

    parameters = CLOCKS
    model = None

    def get(self, request, slug):
        """Answer what is new about the record; one that is hidden is unknown."""
        record = self.model.objects.visible().filter(slug=slug).first()
        if record is None:
            raise Http404
        day = read_day(request.query_params, CLOCKS)
        told = Development.objects.visible().known(**day)
        name = self.model._meta.model_name
        told = told.filter(program=record) if name == "program" else told.of_partnerships([record])
        path = reverse(self.page, args=[slug])
        return self.answer(f"{name}s/{slug}", record.local_name, path, find_news(told, day, self.root))


def _canonical(query):
    """Return what an address asks, in one order and without what makes no other feed."""
    asked = sorted((name, value) for name, values in query.lists() for value in values if value)
    return "&".join(f"{n}={value}" for n, value in asked if n not in ("page", "page_size", "sort"))

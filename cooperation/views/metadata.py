"""What a page says of itself to machines: JSON-LD in a block of data, which no browser runs and no CSP refuses."""

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cooperation.exports.linked import build_dataset, build_thing, build_way, write_linked


def describe_list(request, title, intro, offers):
    """Return the JSON-LD of a list: a data set, where to get it, and the way to it."""
    absolute = request.build_absolute_uri
    files = [(offer.media_type, absolute(offer.address)) for offer in offers]
    address = absolute(request.get_full_path())
    dataset = build_dataset(str(title), str(intro), address, get_language(), settings.PORTAL_LICENCE, files)
    return _write([dataset, _find_way(request, (str(title), request.path))])


def describe_record(request, title, record):
    """Return the JSON-LD of a record's page: what it is, and the way to it by the list called `title`."""
    thing = build_thing(record, request.build_absolute_uri(request.path))
    listed = (str(title), reverse(f"{record._meta.model_name}-list"))
    way = _find_way(request, listed, (getattr(record, "local_name", str(record)), request.path))
    return _write([thing, way] if thing else [way])


def _find_way(request, *steps):
    steps = ((_("Home"), reverse("home")), *steps)
    return build_way([(name, request.build_absolute_uri(path)) for name, path in steps])


def _write(graph):
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(write_linked(graph)))  # noqa: S308 - escaped there

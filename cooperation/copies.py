"""Copies of answers: by what a reader's copy is known to be the answer still, and who may keep one.

An answer, be it of the API or a page, follows from the edition of the data, its licence, the release of the code, the
day (ages are counted up to it), the address, the language and the reader; all are in the ETag, and none of them has to
be worked out from the rows.
"""

import time
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe, quote_etag
from django.utils.translation import get_language

from cooperation.models.editions import read_edition

SOURCES = (
    *("cooperation/**/*.py", "portal/*.py", "requirements.txt"),
    *("locale/*/LC_MESSAGES/*.mo", "static/**/*.*", "templates/**/*.html"),
)


@dataclass(frozen=True)
class Copy:
    """What tells one answer from another: the tag, and the second of the latest change, None while it lies ahead."""

    tag: str
    second: int | None

    def is_held(self, headers):
        """Whether the reader says in `headers` to have this very answer; the tag alone decides if one is given."""
        tags = headers.get("If-None-Match")
        if tags is not None:
            return self.tag in (tag.removeprefix("W/") for tag in parse_etags(tags))
        held = headers.get("If-Modified-Since")
        return self.second is not None and held is not None and parse_http_date_safe(held) == self.second

    def label(self, response):
        """Write both into the headers of the answer."""
        response.headers["ETag"] = self.tag
        if self.second is not None:
            response.headers["Last-Modified"] = http_date(self.second)


@cache
def find_release():
    """Return what tells releases of the code apart: a digest, and the second in which the newest file was written."""
    files = sorted(path for pattern in SOURCES for path in Path(settings.BASE_DIR).glob(pattern))
    digest = sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    return digest, int(max(path.stat().st_mtime for path in files))


def find_copy(request, reader):
    """Return the `Copy` that the answer to `request` makes for a `reader`; None as long as nothing has been public.

    `reader` is all that the answer owes to who asks.
    """
    edition = read_edition()
    if edition is None:
        return None
    digest, built = find_release()
    data = (edition.key, settings.PORTAL_LICENCE, digest, timezone.localdate())
    address = request.build_absolute_uri(), request.META.get("QUERY_STRING", "")  # the former spells odd bytes anew
    made_of = (*data, *address, get_language(), reader)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    second = max(int(edition.at.timestamp()), int(midnight.timestamp()), built)
    return Copy(quote_etag(sha256(repr(made_of).encode()).hexdigest()[:32]), second if second <= time.time() else None)


def tell_caches(request, response, is_private):
    """Say who may keep the answer: everybody what is public, if they ask before each use; nobody an error."""
    patch_vary_headers(response, ["Cookie", "Authorization"])
    if response.status_code >= 400:
        patch_cache_control(response, no_store=True)
    elif request.method in ("GET", "HEAD"):
        patch_cache_control(response, no_cache=True, **{"private" if is_private else "public": True})

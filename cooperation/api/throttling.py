"""How many requests a reader may make in a minute: by address, or by account or token for whoever has one.

The counters stand in Django's cache; with the cache of a process, each worker counts for itself.
"""

import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

WINDOW = 60  # seconds
LONGEST_ADDRESS = 64
NETWORK_BITS = 64  # of an IPv6 address: whoever has one usually has the whole network


class MinuteThrottle(BaseThrottle):
    """Counts the requests of the running minute against the quota of `settings.PORTAL_API_QUOTAS`; 0 is no limit."""

    quota = 0

    def allow_request(self, request, view):
        """Count the request, and say whether it is within the quota."""
        self.policy, reader = self.find_reader(request)
        self.quota = settings.PORTAL_API_QUOTAS[self.policy]
        if not self.quota:
            return True
        now = int(time.time())
        self.left = WINDOW - now % WINDOW
        self.used = _count(f"{self.policy}:{reader}:{now // WINDOW}")
        return self.used <= self.quota

    def find_reader(self, request):
        """Return the policy that holds for the reader, and by what the reader is known."""
        if request.user.is_authenticated:
            return "reader", f"{request.user.pk}:{getattr(request.auth, 'pk', '')}"
        return "address", _find_network(self.get_ident(request))

    def wait(self):
        """Return the seconds until the next minute begins."""
        return self.left

    def label(self, response):
        """Write policy and state into the headers, as the IETF's draft on RateLimit header fields has them."""
        if self.quota:
            remaining = max(0, self.quota - self.used)
            response.headers["RateLimit-Policy"] = f'"{self.policy}";q={self.quota};w={WINDOW}'
            response.headers["RateLimit"] = f'"{self.policy}";r={remaining};t={self.left}'


def _count(key):
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # dropped in between, because the cache is full
        return 1


def _find_network(address):
    """Return what counts as one address; what is none, such as the name of a socket, stands for itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:LONGEST_ADDRESS]
    return str(ipaddress.ip_network((parsed, NETWORK_BITS), strict=False) if parsed.version == 6 else parsed)

"""The portal's settings with the addresses and templates of the peers in the place of its own."""

from pathlib import Path

from portal.settings import *  # noqa: F403 - all but what follows is the portal's
from portal.settings import TEMPLATES as PORTAL_TEMPLATES

ROOT_URLCONF = "bench.peers.urls"
WSGI_APPLICATION = "bench.peers.wsgi.application"
TEMPLATES = [{**PORTAL_TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]

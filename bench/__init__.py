"""The benchmark: made-up data of any size, and what the portal's answers over it cost.

Importing this package sets Django up, so that its modules can name the portal's models.
"""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
if not apps.ready:
    django.setup()

"""The door for gunicorn; DJANGO_SETTINGS_MODULE names `bench.peers.settings`."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

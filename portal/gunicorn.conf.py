"""How gunicorn serves the portal: `python -m gunicorn -c portal/gunicorn.conf.py portal.wsgi`."""

import os

from portal.env import read_number, read_text

HOST = read_text("HOST", default="127.0.0.1")
PORT = read_number("PORT", default=8000, minimum=1, maximum=65535)

bind = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
worker_class = "gthread"
workers = read_number("WEB_CONCURRENCY", default=min(os.cpu_count() or 1, 4), minimum=1, maximum=256)
# Each thread keeps a database connection: workers times threads must stay below what the database accepts.
threads = read_number("WEB_THREADS", default=4, minimum=1, maximum=256)
# The code is read once and shared by the workers; a mistake in the settings ends the start instead of a worker.
preload_app = True
# Whether the request came by HTTPS is for Django's settings alone to decide (PORTAL_TRUST_PROXY).
secure_scheme_headers = {}
# Nobody needs to steer a running server by a socket in the home folder.
control_socket_disable = True
# The most that gunicorn takes: filters may be repeated, and cursors are long.
limit_request_line = 8190
accesslog = None
errorlog = "-"
proc_name = "cooperation-portal"

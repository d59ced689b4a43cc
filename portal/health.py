"""Two questions of a load balancer: is the process up, and may it get requests?"""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

PLAIN_TEXT = "text/plain; charset=utf-8"


@login_not_required
@never_cache
@require_safe
def healthz(request):
    """Asks nothing of the database, so that a database that is down does not get the process restarted."""
    return HttpResponse("The portal is up.\n", content_type=PLAIN_TEXT)


@login_not_required
@never_cache
@require_safe
def readyz(request):
    problem = find_problem()
    if problem:
        return HttpResponse(f"{problem}\n", status=503, content_type=PLAIN_TEXT, headers={"Retry-After": "5"})
    return HttpResponse("The portal is ready.\n", content_type=PLAIN_TEXT)


def find_problem() -> str:
    """A sentence without details, as anybody may read it; empty when all is well."""
    try:
        waiting = count_waiting_migrations()
    except Error:
        return "The database does not answer."
    return f"Migrations not yet applied: {waiting}." if waiting else ""


def count_waiting_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))

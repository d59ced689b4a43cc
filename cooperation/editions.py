"""What readers with copies must be told: that something changed, and what was taken from the public.

Only the ledger announces, at the end of each of its transactions, so that data and edition never part.
"""

import datetime
import secrets

from django.utils import timezone

from cooperation.models import Edition, Withdrawal
from cooperation.settling import batches

KEY = 1  # of the one row
STEP = datetime.timedelta(seconds=1)


def read_edition():
    """Return the `Edition` of the data, None where the ledger has not written anything yet."""
    return Edition.objects.filter(pk=KEY).first()


def announce(flags):
    """Begin a new edition.

    `flags`, `{model: {primary key: (slug, whether it was public before)}}`, are the records whose public flag may have
    changed: those that the public lost are noted, and what it has again is forgotten.
    """
    now = timezone.now()
    for model, noted in flags.items():
        _note_withdrawals(model, noted, now)
    _renew_edition(now)


def _note_withdrawals(model, noted, now):
    noun = model._meta.model_name
    for batch in batches(noted):
        public = set(model.objects.visible().filter(pk__in=batch).values_list("pk", flat=True))
        Withdrawal.objects.filter(noun=noun, slug__in=[noted[key][0] for key in batch if key in public]).delete()
        lost = [slug for slug, was_public in (noted[key] for key in batch if key not in public) if was_public]
        Withdrawal.objects.bulk_create(
            [Withdrawal(noun=noun, slug=slug, at=now) for slug in lost],
            batch_size=500,
            update_conflicts=True,
            unique_fields=["noun", "slug"],
            update_fields=["at"],
        )


def _renew_edition(now):
    last = read_edition()
    renewed = {"key": secrets.token_hex(16), "at": max(now, last.at + STEP) if last else now}
    if last:
        Edition.objects.filter(pk=KEY).update(**renewed)
    else:
        Edition.objects.create(pk=KEY, **renewed)

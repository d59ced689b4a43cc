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
    """Return the `Edition` of the data, None where nothing has been public yet."""
    return Edition.objects.filter(pk=KEY).first()


def announce(saved, flags):
    """Begin a new edition if the public is told anything else than before; drafts alone begin none.

    `saved`, `{model: primary keys}`, is what was written. `flags`, `{model: {primary key: (slug, whether it was public
    before)}}`, are the records whose public flag may have changed: those that the public lost are noted, and what it
    has again is forgotten.
    """
    now = timezone.now()
    turned = [_note_withdrawals(model, noted, now) for model, noted in flags.items()]
    if any(turned) or any(_is_any_public(model, keys) for model, keys in saved.items()):
        renew_edition(now)


def renew_edition(now):
    """Begin a new edition: all copies of answers are old."""
    renewed = {"key": secrets.token_hex(16), "at": now}
    if last := read_edition():
        renewed["at"] = max(now, last.at + STEP)
        Edition.objects.filter(pk=KEY).update(**renewed)
    else:
        Edition.objects.create(pk=KEY, **renewed)


def _is_any_public(model, keys):
    return any(model.objects.visible().filter(pk__in=batch).exists() for batch in batches(keys))


def _note_withdrawals(model, noted, now):
    """Write down what the public lost, and forget what it has; return whether any flag turned."""
    noun, has_turned = model._meta.model_name, False
    for batch in batches(noted):
        public = set(model.objects.visible().filter(pk__in=batch).values_list("pk", flat=True))
        has_turned |= any(noted[key][1] != (key in public) for key in batch)
        Withdrawal.objects.filter(noun=noun, slug__in=[noted[key][0] for key in batch if key in public]).delete()
        lost = [slug for slug, was_public in (noted[key] for key in batch if key not in public) if was_public]
        Withdrawal.objects.bulk_create(
            [Withdrawal(noun=noun, slug=slug, at=now) for slug in lost],
            batch_size=500,
            update_conflicts=True,
            unique_fields=["noun", "slug"],
            update_fields=["at"],
        )
    return has_turned

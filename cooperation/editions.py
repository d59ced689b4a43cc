"""What readers with copies must be told: that something changed, and what was taken from the public.

Only the ledger announces, at the end of each of its transactions, so that data and edition never part.
"""

import datetime
import secrets

from django.utils import timezone

from cooperation.models import Edition, Withdrawal
from cooperation.models.editions import KEY, read_edition
from cooperation.models.keys import batches

STEP = datetime.timedelta(seconds=1)


def announce(saved, flags):
    """Begin a new edition if the public is told anything else than before, and return whether; drafts alone begin none.

    `saved`, `{model: primary keys}`, is what was written. `flags`, `{model: Flags}`, say which records were public
    before of those whose flag may have changed: what the public lost is noted, and what it has again is forgotten.
    """
    now = timezone.now()
    turned = [_note_withdrawals(model, noted, now) for model, noted in flags.items()]
    is_told = any(turned) or any(_is_any_public(model, keys) for model, keys in saved.items())
    if is_told:
        renew_edition(now)
    return is_told


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


def _note_withdrawals(model, flags, now):
    """Write down what the public lost, and forget what it has; return whether any flag turned."""
    noun, has_turned = model._meta.model_name, False
    for batch in batches(flags.hidden):
        has = list(model.objects.visible().filter(pk__in=batch).values_list("slug", flat=True))
        Withdrawal.objects.filter(noun=noun, slug__in=has).delete()
        has_turned |= bool(has)
    for batch in batches(flags.shown):
        public = set(model.objects.visible().filter(pk__in=batch).values_list("pk", flat=True))
        lost = [flags.shown[key] for key in batch if key not in public]
        has_turned |= bool(lost)
        Withdrawal.objects.bulk_create(
            [Withdrawal(noun=noun, slug=slug, at=now) for slug in lost],
            batch_size=500,
            update_conflicts=True,
            unique_fields=["noun", "slug"],
            update_fields=["at"],
        )
    return has_turned

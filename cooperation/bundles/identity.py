"""The id of a development that is given none: made once from subject, date digits, stage and speaker."""

import hashlib

from cooperation import dates

MAX_LENGTH = 100


def build_development_id(subject, date, stage, speaker):
    """Return an id such as `france-ukraine-scalp-supply-20260209-agreed-emmanuel-macron`.

    `subject` and `speaker` are ids, `date` is EDTF; stage and speaker may be empty. An id that would be longer than 100
    characters keeps its beginning and ends in a digest of the whole.
    """
    return fit_id("-".join(part for part in (subject, dates.digits(date), stage, speaker) if part))


def fit_id(whole):
    """Return `whole`, or if it is longer than an id may be, its beginning and a digest of all of it."""
    if len(whole) <= MAX_LENGTH:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:10]
    return f"{whole[: MAX_LENGTH - 11].rstrip('-')}-{digest}"

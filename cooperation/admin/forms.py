"""What every form of a record has: refusal of stale saves, of hidden relations, and errors that always find a place."""

from collections import defaultdict

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, OuterRef, QuerySet, Subquery

from cooperation.admin.selects import hold_options
from cooperation.choices import State
from cooperation.models.records import read_version
from cooperation.publication import is_presentable


class VersionField(forms.IntegerField):
    """The newest history entry of a record at the time its form was opened; never counts as a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        """Say no: nobody edits it."""
        return False


class RowForm(forms.ModelForm):
    """The form of a row; its selects show the records that the row has in memory."""

    def __init__(self, *args, **kwargs):
        """Let the selects look at the row."""
        super().__init__(*args, **kwargs)
        hold_options(self)


class RecordForm(RowForm):
    """The form of a record, on its own page or in an inline."""

    version = VersionField(required=False)

    def __init__(self, *args, **kwargs):
        """Note the version that is being opened."""
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            opened = getattr(self.instance, "opened_version", None)
            self.initial["version"] = read_version(self.instance) if opened is None else opened

    def add_error(self, field, error):
        """Show what is said of a field that the form does not have above the form."""
        if field is None and hasattr(error, "error_dict"):
            keyed = defaultdict(list)
            for key, found in error.error_dict.items():
                keyed[key if key in self.fields else NON_FIELD_ERRORS].extend(found)
            error = ValidationError(keyed)
        super().add_error(field, error)

    def clean(self):
        """Refuse a stale save, and newly named records that are not published if this one is."""
        cleaned = super().clean()
        is_whole_page = self.prefix is None
        if self.instance.pk and (is_whole_page or self.has_changed()):
            self._refuse_stale()
        if self.instance.state == State.PUBLISHED:
            for name in self.changed_data:
                self._refuse_hidden(name)
        return cleaned

    def _refuse_stale(self):
        opened, newest = self.cleaned_data.get("version"), self.instance.history.order_by("-history_id").first()
        if opened is not None and newest is not None and newest.history_id > opened:
            who = newest.history_user or "Somebody"
            message = (
                "%(who)s changed this record while you were editing; your text is still here, reload to see theirs."
            )
            self.add_error(None, ValidationError(message, code="stale", params={"who": who}))

    def _refuse_hidden(self, name):
        chosen, held = self.cleaned_data.get(name), self.initial.get(name)
        records = [chosen] if isinstance(chosen, Model) else chosen if isinstance(chosen, QuerySet) else []
        kept = held if isinstance(held, list) else []
        for record in records:
            if record not in kept:
                self.refuse_unpublished(name, record)

    def refuse_unpublished(self, name, record):
        """Put an error at field `name` unless `record` is published with all that it names."""
        refuse_unpublished(self, name, record)


def refuse_unpublished(form, name, record):
    """Put an error at field `name` of `form` unless `record` is published with all that it names."""
    if not is_presentable(record):
        message = "%(kind)s “%(name)s” (%(slug)s) is not published."
        params = {"kind": record._meta.verbose_name, "name": str(record), "slug": record.slug}
        form.add_error(name, ValidationError(message, code="unpublished", params=params))


def with_versions(rows):
    """Annotate `rows` with what `read_version` would return, for lists of forms."""
    history = rows.model.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_id")
    return rows.annotate(opened_version=Subquery(history.values("history_id")[:1]))

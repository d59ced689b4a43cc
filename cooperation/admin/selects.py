"""Selects of related records that do not ask again for what a row has brought along."""

from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper


class HeldSelect(AutocompleteSelect):
    """An autocomplete select that takes its selected option from the row of its form, if it is in memory there."""

    row = None

    def optgroups(self, name, value, attr=None):
        """Return the selected option, and an empty one where nothing need be selected."""
        held = self._find_held(value)
        if held is None:
            return super().optgroups(name, value, attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(held)
        option = self.create_option(name, held.pk, label, True, len(empty))
        return [(None, [*empty, option], 0)]

    def _find_held(self, value):
        held = self.row and self.field.get_cached_value(self.row, default=None)
        return held if held is not None and list(map(str, value)) == [str(held.pk)] else None


def hold_options(form):
    """Let the selects of `form` take their options from its row."""
    for field in form.fields.values():
        widget = field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget
        if isinstance(widget, HeldSelect):
            widget.row = form.instance

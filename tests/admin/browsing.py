"""A page of the admin as a browser would read it and send it back."""

from html.parser import HTMLParser

from django.urls import reverse


def build_url(record_or_model, page="change"):
    """Return the address of an admin page; `page` is change, history, delete, changelist or add."""
    opts = record_or_model._meta
    args = [record_or_model.pk] if page in ("change", "history", "delete") else []
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)


class FormReader(HTMLParser):
    """Collects what a browser would send for the form of a page, without its buttons."""

    def __init__(self):
        super().__init__()
        self.data, self.tags, self._select, self._area = {}, [], None, None

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        name, kind = found.get("name"), found.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            self._add(self._select, found.get("value", ""))
        elif tag == "textarea":
            self._area, self.data[name] = name, [""]
        elif tag == "input" and name and kind in ("checkbox", "radio"):
            if "checked" in found:
                self._add(name, found.get("value", "on"))
        elif tag == "input" and name and kind not in ("submit", "image"):
            self._add(name, found.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            # A browser drops the line break that follows the tag.
            self.data[self._area] = [self.data[self._area][0].removeprefix("\n")]
            self._area = None

    def handle_data(self, data):
        if self._area:
            self.data[self._area][0] += data

    def _add(self, name, value):
        self.data.setdefault(name, []).append(value)


def read_page(response):
    """Return the reader of a page."""
    reader = FormReader()
    reader.feed(response.content.decode())
    return reader


def read_form(client, url):
    """Open a page and return what sending its form unchanged would send."""
    data = read_page(client.get(url)).data
    return {name: values for name, values in data.items() if name not in ("q", "csrfmiddlewaretoken")}


def send(client, url, **changes):
    """Open a page, change fields of its form and send it; `prefix__field` stands for `prefix-field`."""
    form = read_form(client, url)
    form.update({name.replace("__", "-"): value for name, value in changes.items()})
    return client.post(url, form)


def read_errors(response):
    """Return `{field: [message, …]}` of a refused form, inlines as `prefix-field`, formsets as `prefix`."""
    errors = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        if formset.non_form_errors():
            errors[formset.prefix] = formset.non_form_errors()
        for form in formset.forms:
            errors.update({form.add_prefix(name): found for name, found in form.errors.items()})
    return {name: list(found) for name, found in errors.items()}


def read_messages(response):
    """Return the messages that the answer shows after its redirect."""
    return [str(message) for message in response.context["messages"]]

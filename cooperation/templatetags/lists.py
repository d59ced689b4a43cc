"""The heads of the columns of a list."""

from django import template

from cooperation.templatetags.records import replaced

register = template.Library()


@register.inclusion_tag("lists/_head.html", takes_context=True)
def head(context, name, heading, kind=""):
    """Show the head of a column; it sorts by `name` where the page is a list that knows this order (`orders`)."""
    order = context.get("orders", {}).get(name)
    address = replaced(context, "sort", order.turned) if order else ""
    return {"name": name, "heading": heading, "kind": kind, "order": order, "address": address}

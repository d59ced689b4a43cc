"""Publishing and withdrawing, as actions of a list and as buttons of a page: each is one call of the ledger."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from cooperation import ledger
from cooperation.choices import State

ALONG = "Publish with all that it names"
BUTTONS = ("_publish", "_publish_along", "_withdraw")


class StateActions:
    """Actions that change the state of records; the way a record gets published in the admin."""

    actions = ["publish", "publish_along", "withdraw"]

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, queryset):
        """Publish the chosen records, or say all that is missing."""
        self.run_publish(request, queryset)

    @admin.action(description=ALONG, permissions=["change"])
    def publish_along(self, request, queryset):
        """Publish the chosen records and the drafts that they name."""
        self.run_publish(request, queryset, along=True)

    @admin.action(description="Withdraw", permissions=["change"])
    def withdraw(self, request, queryset):
        """Withdraw the chosen records."""
        changed = ledger.withdraw(queryset)
        words = format_html("Withdrawn: {}. What names them is hidden with them.", join_links(changed))
        self.message_user(request, words if changed else "All of them were withdrawn before.", messages.SUCCESS)

    def run_publish(self, request, records, along=False):
        """Publish `records`, all or none, and tell the user; refused where the user may not change one of them."""
        try:
            with transaction.atomic():
                changed = ledger.publish(records, along=along)
                self._refuse_foreign(request, changed)
        except ledger.NotPublishable as refusal:
            self.message_user(request, describe_refusal(refusal.obstacles), messages.ERROR)
        except PermissionDenied as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.message_user(request, describe_published(records, changed), messages.SUCCESS)

    def run_button(self, request, object_id):
        """Do what a button of the change page asks for, after the page was saved."""
        asked = next((button for button in BUTTONS if button in request.POST), None)
        if asked:
            getattr(self, asked.removeprefix("_"))(request, self.model.objects.filter(pk=object_id))

    def _refuse_foreign(self, request, changed):
        for record in changed:
            desk = self.admin_site.get_model_admin(type(record))
            if not desk.has_change_permission(request, record):
                kind = record._meta.verbose_name
                raise PermissionDenied(
                    f"Nothing was published: you may not change the {kind} “{record}” ({record.slug})."
                )


def build_link(record):
    """Return a link to the admin page of `record`, which must have a desk."""
    return format_html('<a href="{}">{}</a>', build_address(record), record)


def build_address(record):
    """Return the address of the admin page of `record`."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def join_links(records):
    """Return links to `records` with commas between."""
    return format_html_join(", ", "{}", ((build_link(record),) for record in records))


def describe_published(records, changed):
    """Return what became of `records`, which were asked for: the `changed` ones, or what the others are already."""
    if changed:
        return format_html("Published: {}.", join_links(changed))
    hidden = [record for record in records if not type(record).objects.visible().filter(pk=record.pk).exists()]
    if hidden:
        words = "Published before, and hidden until one of their developments is public: {}."
        return format_html(words, join_links(hidden))
    return "All of them were published before."


def describe_refusal(obstacles):
    """Return the obstacles as a list with a link to what has to be done first, and how to publish it along."""
    lines = format_html_join("", "<div>{}</div>", ((_describe(obstacle),) for obstacle in obstacles))
    hint = ""
    if any(obstacle.missing and obstacle.missing.state == State.DRAFT for obstacle in obstacles):
        hint = f"“{ALONG}” publishes the drafts among them along."
    return format_html("Nothing was published, because this is missing:{}{}", lines, hint)


def _describe(obstacle):
    wanted = obstacle.missing or obstacle.record
    words = format_html("{}: {}", obstacle.record.slug, obstacle.message)
    return format_html('{} <a href="{}">Open “{}”</a>', words, build_address(wanted), wanted)

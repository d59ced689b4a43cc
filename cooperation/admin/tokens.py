"""The desk for API tokens: made here, shown once, revoked here; nobody sees or uses those of others."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.template.response import TemplateResponse
from django.utils import timezone

from cooperation import tokens
from cooperation.choices import Scope
from cooperation.models import ApiToken


class ScopesField(forms.MultipleChoiceField):
    """The scopes of a token, each with what it is for."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        """Offer all scopes, none of them chosen."""
        choices = [(scope.value, f"{scope.label}: {scope.description}") for scope in Scope]
        super().__init__(choices=choices, **kwargs)


class ApiTokenForm(forms.ModelForm):
    """A new token. Its prefix comes from the page that asks, so that sending that page again makes no second token."""

    scopes = ScopesField(help_text="As few as will do; what its owner may do bounds all of them.")
    new_prefix = forms.RegexField(tokens.PREFIX, widget=forms.HiddenInput)

    class Meta:
        model = ApiToken
        fields = ["name", "scopes", "expires"]

    def __init__(self, *args, **kwargs):
        """Propose a prefix and a day."""
        super().__init__(*args, **kwargs)
        today = timezone.now().date()
        self.fields["new_prefix"].initial = tokens.make_prefix
        self.fields["expires"].initial = today + timedelta(days=tokens.DEFAULT_DAYS)
        self.last_day = today + timedelta(days=tokens.MOST_DAYS)
        self.fields["expires"].help_text += f" {self.last_day} at the latest."

    def clean_expires(self):
        """Refuse a day that is over or too far away."""
        day = self.cleaned_data["expires"]
        if not timezone.now().date() <= day <= self.last_day:
            raise forms.ValidationError(f"Choose a day from today to {self.last_day}.", code="expires")
        return day

    def clean(self):
        """Refuse a page that was sent before; above the form, because the field is hidden."""
        cleaned = super().clean()
        prefix = cleaned.get("new_prefix")
        if ApiToken.objects.filter(prefix=prefix).exists():
            words = (
                "This page was sent before: the token cp_%(prefix)s was made then and is not shown again. "
                "Add another one if you did not copy it, and revoke that one."
            )
            raise forms.ValidationError(words, code="sent", params={"prefix": prefix})
        return cleaned


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """Keys to the API."""

    actions = ["revoke"]
    list_display = ["name", "prefix", "owner", "shown_scopes", "expires", "last_used", "condition"]
    list_select_related = ["owner"]
    fields = ["name", "prefix", "owner", "shown_scopes", "created", "expires", "last_used", "revoked", "condition"]
    add_form_template = "admin/cooperation/apitoken/add_form.html"

    def get_queryset(self, request):
        """Show the own tokens, to a superuser all."""
        return super().get_queryset(request).seen_by(request.user)

    def get_fields(self, request, obj=None):
        """Ask for what a new token needs."""
        return super().get_fields(request, obj) if obj else ["name", "scopes", "expires", "new_prefix"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Take the form of a new token for a new one alone."""
        return super().get_form(request, obj, change, **(kwargs if obj else {"form": ApiTokenForm, **kwargs}))

    def has_change_permission(self, request, obj=None):
        """Say no: what a token may do is fixed when it is made."""
        return False

    def has_view_permission(self, request, obj=None):
        """Let those who make or revoke tokens see them."""
        return super().has_view_permission(request, obj) or self.has_revoke_permission(request)

    def has_revoke_permission(self, request):
        """Ask for the right to change tokens."""
        return request.user.has_perm("cooperation.change_apitoken")

    def save_model(self, request, obj, form, change):
        """Make the token for the user, and keep its text for the page that answers."""
        obj.owner, obj.prefix = request.user, form.cleaned_data["new_prefix"]
        obj.text = tokens.issue(obj)

    def response_add(self, request, obj, post_url_continue=None):
        """Show the token, once: nothing keeps it for a page after this one."""
        context = {**self.admin_site.each_context(request), "title": "API token made", "opts": self.opts, "token": obj}
        return TemplateResponse(request, "admin/cooperation/apitoken/made.html", context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Offer one way to save a new token."""
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.action(description="Revoke", permissions=["revoke"])
    def revoke(self, request, queryset):
        """Revoke the chosen tokens at once."""
        chosen = list(queryset)
        count = tokens.revoke(self.get_queryset(request).filter(pk__in=[token.pk for token in chosen]))
        for token in chosen:
            self.log_change(request, token, "Revoked.")
        self.message_user(request, f"Revoked: {count}.", messages.SUCCESS)

    @admin.display(description="scopes")
    def shown_scopes(self, token):
        """Show the scopes in words."""
        return ", ".join(str(Scope(scope).label) for scope in token.scopes)

    @admin.display(description="condition")
    def condition(self, token):
        """Tell whether it opens anything."""
        return "revoked" if token.is_revoked else "expired" if token.is_expired else "works"

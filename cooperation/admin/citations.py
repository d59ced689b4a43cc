"""Citations as inlines: of a development, where at least one has to stay, and of an article."""

from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from cooperation import validators
from cooperation.admin.base import TabularRows
from cooperation.admin.forms import RowForm
from cooperation.bundles.identity import build_development_id
from cooperation.choices import State
from cooperation.models import Citation, Development
from cooperation.publication import is_presentable


class CitationForm(RowForm):
    """The words with which an article reports a development."""

    picked = "article"

    def clean(self):
        """Refuse an article without a text, and a development that begins after the day of the article."""
        cleaned = super().clean()
        refuse_textless(self)
        article, development = cleaned.get("article"), cleaned.get("development")
        if article and development and article.published and article.state != State.WITHDRAWN:
            try:
                validators.validate_begun(development.date, development.earliest, article.published)
            except ValidationError as error:
                self.add_error(self.picked, error)
        return cleaned


class CitationOfArticleForm(CitationForm):
    """A citation on the page of its article, where the development is picked."""

    picked = "development"


class CitationFormSet(BaseInlineFormSet):
    """Citations on one page."""

    def list_kept(self):
        """Return the forms whose citation will be there after saving."""
        forms_in_use = [form for form in self.forms if form.instance.pk or form.has_changed()]
        return [form for form in forms_in_use if form not in self.deleted_forms]

    def clean(self):
        """Refuse the same words of the same article twice for one development."""
        super().clean()
        seen = set()
        for form in self.list_kept():
            citation = form.instance
            place = (citation.article_id, citation.development_id, citation.start)
            if not form.errors and citation.start is not None:
                if place in seen or self._is_taken(place):
                    form.add_error("quote", "This article already cites these words for this development.")
                seen.add(place)

    def _is_taken(self, place):
        here = [form.instance.pk for form in self.initial_forms]
        keys = dict(zip(("article", "development", "start"), place, strict=True))
        return None not in place and Citation.objects.filter(**keys).exclude(pk__in=here).exists()


class DevelopmentCitations(CitationFormSet):
    """All citations of one development."""

    def clean(self):
        """Ask for at least one citation, of a published article for a published development; give it its id."""
        super().clean()
        kept = self.list_kept()
        validators.validate_citation_count(len(kept))
        if self.instance.state == State.PUBLISHED and self.has_changed():
            _refuse_all_hidden([form.instance.article for form in kept if form.instance.article_id])
        article = next((form.cleaned_data.get("article") for form in kept if form.is_valid()), None)
        fill_id(self.instance, article)


class ArticleCitations(CitationFormSet):
    """All citations of one article."""

    def clean(self):
        """Refuse to leave a development without a citation, a published one without a published article."""
        super().clean()
        kept = [form.instance.development_id for form in self.list_kept()]
        for development in self._list_losing():
            rest = development.citations.exclude(article=self.instance).select_related("article")
            if development.pk not in kept and not any(_is_enough(citation, development) for citation in rest):
                message = "Development “%(name)s” (%(slug)s) would be left without a citation; cite it elsewhere first."
                params = {"name": str(development), "slug": development.slug}
                raise ValidationError(message, code="citations", params=params)

    def _list_losing(self):
        leaving = [
            f.instance.pk for f in self.initial_forms if f in self.deleted_forms or "development" in f.changed_data
        ]
        return Development.objects.filter(citations__in=leaving).distinct()


class CitationsOfDevelopment(TabularRows):
    """The articles that report a development, at least one."""

    model = Citation
    form = CitationForm
    formset = DevelopmentCitations
    fields = ["article", "quote"]
    min_num = 1
    verbose_name_plural = "citations: which articles report it, in which words"

    def get_queryset(self, request):
        """Bring the articles along."""
        return super().get_queryset(request).select_related("article")


class CitationsOfArticle(TabularRows):
    """The developments that an article reports."""

    model = Citation
    form = CitationOfArticleForm
    formset = ArticleCitations
    fields = ["development", "quote"]
    verbose_name_plural = "citations: which developments it reports, in which words"

    def get_queryset(self, request):
        """Bring the developments along."""
        return super().get_queryset(request).select_related("development")


def refuse_textless(form):
    """Put an error at the quote of `form` if there is no text yet in which it could be found."""
    article = form.cleaned_data.get("article")
    if article and form.cleaned_data.get("quote") and not article.text:
        message = "The article has no text yet; add the text that these words come from."
        form.add_error("quote", ValidationError(message, code="textless"))


def fill_id(development, article):
    """Give a new development without an id the one made from what it says; raise ValidationError if it is taken.

    Who said it is, unless the development names a speaker, who the article says.
    """
    if development.pk or development.slug or not development.subject:
        return
    speaker = development.said_by or (article and article.said_by)
    parts = (development.subject.slug, development.date, development.stage, speaker.slug if speaker else "")
    slug = build_development_id(*parts)
    if Development.objects.filter(slug=slug).exists():
        message = "“%(id)s” is a development already: cite the article there, or give this one an id of its own."
        raise ValidationError(message, code="id", params={"id": slug})
    development.slug = slug


def _refuse_all_hidden(articles):
    if not any(is_presentable(article) for article in articles):
        raise ValidationError("None of the articles that report it is published.", code="citations")


def _is_enough(citation, development):
    return development.state != State.PUBLISHED or is_presentable(citation.article)

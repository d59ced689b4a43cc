"""The addresses of the public pages: each noun has a list and a page per record."""

from django.urls import path

from cooperation.api import feeds, files
from cooperation.exports.citations import FORMATS
from cooperation.filters import FILTERS
from cooperation.models import Partnership, Program
from cooperation.views import (
    about,
    changes,
    citing,
    design,
    details,
    dictionary,
    facets,
    home,
    lists,
    pictures,
    searching,
    theme,
)

NOUNS = [
    ("partnerships", "partnership", lists.PartnershipList, details.PartnershipDetail),
    ("programs", "program", lists.ProgramList, details.ProgramDetail),
    ("systems", "system", lists.SystemList, details.SystemDetail),
    ("parties", "party", lists.PartyList, details.PartyDetail),
    ("officials", "official", lists.OfficialList, details.OfficialDetail),
    ("instruments", "instrument", lists.InstrumentList, details.InstrumentDetail),
    ("publishers", "publisher", lists.PublisherList, details.PublisherDetail),
    ("articles", "article", lists.ArticleList, details.ArticleDetail),
    ("developments", "development", lists.DevelopmentList, details.DevelopmentRedirect),
]

FILES = (files.CsvFile, files.XlsxFile, files.JsonFile)

urlpatterns = [
    path("", home.HomePage.as_view(), name="home"),
    path("search/", searching.SearchPage.as_view(), name="search"),
    path("search/suggestions/", searching.SuggestionList.as_view(), name="search-suggestions"),
    path("pictures/", pictures.PicturePage.as_view(), name="pictures"),
    path("changes/", changes.ChangeList.as_view(), name="changes"),
    path("about/", about.AboutPage.as_view(), name="about"),
    path("about/data/", dictionary.DataPage.as_view(), name="data"),
    path("about/design/", design.DesignPage.as_view(), name="design"),
    path("theme/", theme.ChooseTheme.as_view(), name="theme"),
]
urlpatterns += [
    path(f"articles/<slug:slug>{f.suffix}", citing.ArticleCitation.as_view(format=f), name=f"article-{f.name}")
    for f in FORMATS
]
for noun, name, listing, detail in NOUNS:
    if FILTERS[noun].facets:
        page = facets.FacetPage.as_view(listing=listing)
        urlpatterns.append(path(f"{noun}/facets/<slug:name>/", page, name=f"{name}-facet"))
    urlpatterns += [
        path(f"{noun}/", listing.as_view(), name=f"{name}-list"),
        path(f"{noun}/<slug:slug>/", detail.as_view(), name=f"{name}-detail"),
    ]
    shown = {"noun": noun, "page": f"{name}-list"}
    urlpatterns += [path(f"{noun}{v.kind.suffix}", v.as_view(**shown), name=f"{name}-{v.kind.name}") for v in FILES]
    feed = feeds.ListFeed.as_view(**shown, title=listing.title, record_page=f"{name}-detail")
    urlpatterns += [path(f"{noun}.atom", feed, name=f"{name}-atom")]
for noun, name, model in (("programs", "program", Program), ("partnerships", "partnership", Partnership)):
    feed = feeds.RecordFeed.as_view(model=model, page=f"{name}-detail")
    urlpatterns += [path(f"{noun}/<slug:slug>.atom", feed, name=f"{name}-news")]

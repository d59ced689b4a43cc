"""Pages in three languages by their address, API and admin by what the reader prefers, and complete catalogues."""

import gettext
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from tests.factories import make_world

ROOT = Path(__file__).resolve().parents[1]
OTHERS = ["fr", "uk"]
ENTRY = re.compile(r'^(?:msgctxt (?P<context>.*)\n)?msgid (?P<msgid>(?:".*"\n?)+)', re.MULTILINE)


@pytest.mark.parametrize(
    ("path", "language"), [("/", "en"), ("/fr/", "fr"), ("/uk/programs/", "uk"), ("/about/", "en")]
)
@pytest.mark.django_db
def test_page_speaks_the_language_of_its_address(client, path, language):
    response = client.get(path, headers={"accept-language": "uk,fr;q=0.5"})
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()
    assert "Accept-Language" not in response.headers.get("Vary", "")


@pytest.mark.django_db
def test_api_labels_follow_cookie_then_accept_language(client):
    world = make_world()
    address = f"/api/v1/programs/{world['program'].slug}/"
    assert client.get(address).json()["mode_label"] == "Supply"
    response = client.get(address, headers={"accept-language": "fr"})
    assert response.json()["mode_label"] == "Fourniture"
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "uk"
    assert client.get(address, headers={"accept-language": "fr"}).json()["mode_label"] == "Постачання"


def test_admin_speaks_the_language_of_the_reader(client, db):
    response = client.get("/admin/login/", headers={"accept-language": "fr"})
    assert response.headers["Content-Language"] == "fr"
    assert "Mot de passe" in response.content.decode()


def test_staff_choose_the_language_of_the_admin(admin_client):
    page = admin_client.get("/admin/").content.decode()
    assert '<button type="submit" name="language" value="uk" lang="uk"' in " ".join(page.split())
    chosen = admin_client.post("/admin-language/", {"language": "uk", "next": "/admin/"})
    assert (chosen.status_code, chosen.headers["Location"]) == (302, "/admin/")
    assert admin_client.get("/admin/").headers["Content-Language"] == "uk"


def test_unknown_page_answers_in_the_language_of_its_prefix(client, db):
    response = client.get("/uk/nothing/")
    assert (response.status_code, response.headers["Content-Language"]) == (404, "uk")


def test_links_to_other_languages_keep_page_and_filters():
    assert render(
        "{% language_links as links %}{% for l in links %}{{ l.address }} {% endfor %}", "/fr/programs/?q=%C3%A9"
    ) == ("/programs/?q=%C3%A9 /fr/programs/?q=%C3%A9 /uk/programs/?q=%C3%A9 ")


def test_links_of_an_unknown_page_lead_to_the_first_page():
    text = "{% language_links as links %}{% for l in links %}{{ l.address }} {% endfor %}"
    assert render(text, "/nothing/", is_known=False) == "/ /fr/ /uk/ "


def test_alternate_links_name_each_language_and_the_default():
    text = "{% language_links as links %}{% alternate_links links %}"
    assert render(text, "/programs/").splitlines() == [
        '<link rel="alternate" hreflang="en" href="http://testserver/programs/">',
        '    <link rel="alternate" hreflang="fr" href="http://testserver/fr/programs/">',
        '    <link rel="alternate" hreflang="uk" href="http://testserver/uk/programs/">',
        '    <link rel="alternate" hreflang="x-default" href="http://testserver/programs/">',
    ]


def test_words_in_another_language_are_marked():
    with translation.override("uk"):
        text = '{% load languages %}<i{% lang "en" %}></i><b{% lang "uk" %}></b>'
        assert Template(text).render(Context()) == '<i lang="en"></i><b></b>'


@pytest.mark.parametrize("language", OTHERS)
def test_catalogue_has_every_string_and_no_other(catalogues, language):
    committed = read_entries(ROOT / "locale" / language / "LC_MESSAGES" / "django.po")
    assert catalogues[language] - committed == set()
    assert committed - catalogues[language] == set()


@pytest.mark.parametrize("language", OTHERS)
def test_catalogue_is_complete(language):
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    checked = subprocess.run(
        ["msgfmt", "--check-format", "--check-domain", "--statistics", "-o", "/dev/null", path],
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stderr
    assert re.fullmatch(r"\d+ translated messages\.\n", checked.stderr)


@pytest.mark.parametrize("language", OTHERS)
def test_compiled_catalogue_is_that_of_the_words(tmp_path, language):
    folder = ROOT / "locale" / language / "LC_MESSAGES"
    subprocess.run(["msgfmt", "-o", tmp_path / "django.mo", folder / "django.po"], check=True)
    assert read_compiled(folder / "django.mo") == read_compiled(tmp_path / "django.mo")


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory):
    """Return `{language: entries}` as `makemessages` finds them now, in a copy of the project."""
    assert shutil.which("xgettext"), "xgettext is missing: apt-get install gettext"
    copy = tmp_path_factory.mktemp("project")
    for name in ("cooperation", "portal", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", copy)
    (copy / "locale").mkdir()
    command = ["django-admin", "makemessages", "-l", "fr", "-l", "uk", "-v", "0"]
    python = ROOT / ".venv" / "bin"
    subprocess.run([python / command[0], *command[1:]], cwd=copy, check=True, env={"PATH": "/usr/bin:/bin"})
    return {code: read_entries(copy / "locale" / code / "LC_MESSAGES" / "django.po") for code in OTHERS}


def read_entries(path):
    """Return the (context, text) pairs of a catalogue, without its head."""
    found = ENTRY.finditer(re.sub(r"^#.*\n", "", path.read_text(), flags=re.MULTILINE))
    entries = {(entry["context"], join(entry["msgid"])) for entry in found}
    return entries - {(None, "")}


def join(quoted):
    """Return the text of a quoted entry, whatever its lines are."""
    return "".join(line.strip()[1:-1] for line in quoted.splitlines())


def read_compiled(path):
    """Return all translations of a compiled catalogue but its head, which tells when it was made."""
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    return {key: value for key, value in catalogue.items() if key}


def render(text, address, is_known=True):
    """Return what a template with the tags of languages writes on the page at `address`."""
    request = RequestFactory().get(address)
    with translation.override(address[1:3] if address.startswith(("/fr", "/uk")) else "en"):
        request.resolver_match = resolve(request.path) if is_known else None
        return Template("{% load languages %}" + text).render(Context({"request": request}))

"""The sentence with which a record's page begins, built from the data: names stand as they are, never inflected.

French and Ukrainian would need cases and articles for names, so that their patterns put names behind a colon.
"""

import re
from functools import reduce

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cooperation.choices import Mode, Reliability, Role, Stage
from cooperation.templatetags.figures import ceiling_words, date_words, day_words

register = template.Library()

MOST_NAMES = 3
EQUALS = {Role.PARTICIPANT, Role.CO_PRODUCER}
LASTING = {
    Stage.INTEREST,
    Stage.UNDER_DISCUSSION,
    Stage.PREPARING,
    Stage.UNDER_WAY,
    Stage.IN_SERVICE,
    Stage.SUSPENDED,
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@register.simple_tag(takes_context=True)
def sentence(context):
    """Return what a record is and how far it has got, in one sentence; asks for what its page's context has."""
    clauses = TELLERS[context["record"]._meta.model_name](context, context["record"])
    together = reduce(lambda told, clause: format_html(_("{}; {}"), told, clause), filter(None, clauses))
    return format_html("{}.", together)


@register.simple_tag
def name_list(records, most=MOST_NAMES):
    """Write the names of `records` as a list in words, such as “France, Italy and Ukraine”; at most so many names."""
    names = [_name(record) for record in records]
    left = len(names) - most
    if left > 0:
        names = [*names[:most], ngettext("{} other", "{} others", left).format(left)]
    if not names:
        return _("nobody named")
    *first, last = names
    leading = reduce(lambda told, name: format_html("{}, {}", told, name), first) if first else ""
    return format_html(_("{} and {}"), leading, last) if first else last


def _tell_program(context, program):
    story = context["story"]
    if not story.counted:
        return [_what(program), _("nothing that counts is known")]
    return [_what(program), _how_far(story.earned), _sources(story)]


def _what(program):
    roles, systems = program.roles, list(program.systems.all())
    if program.mode == Mode.SUPPLY and systems and Role.SUPPLIER in roles and Role.RECIPIENT in roles:
        givers = roles[Role.SUPPLIER]
        pattern = ngettext(
            "{givers} supplies {takers} with {systems}", "{givers} supply {takers} with {systems}", len(givers)
        )
        parts = {"givers": name_list(givers), "takers": name_list(roles[Role.RECIPIENT])}
        return format_html(pattern, systems=name_list(systems), **parts)
    mode = program.get_mode_display()
    what = format_html(_("{mode} of {systems}"), mode=mode, systems=name_list(systems)) if systems else mode
    if set(roles) <= EQUALS:
        parties = [party for group in roles.values() for party in group]
        return format_html(_("{what} by {parties}"), what=what, parties=name_list(parties)) if parties else what
    told = [
        format_html(_("{role}: {parties}"), role=_low(Role(r).label), parties=name_list(p)) for r, p in roles.items()
    ]
    return format_html("{} ({})", what, reduce(lambda one, other: format_html(_("{}; {}"), one, other), told))


def _how_far(earned):
    if earned is None:
        return _("nothing says how far it is")
    stage = Stage(earned.stage)
    words = {"stage": _low(stage.label), "date": date_words(earned.date)}
    if not _DAY.fullmatch(earned.date):
        far = format_html(_("{stage}, {date}"), **words)
    else:
        far = format_html(_("{stage} since {date}") if stage in LASTING else _("{stage} on {date}"), **words)
    if earned.said_by is None:
        return format_html("{}, {}", far, _("no speaker is named"))
    return format_html(_("{far}, says {speaker}"), far=far, speaker=_name(earned.said_by))


def _sources(story):
    articles, origins = story.article_count, story.origin_count
    return f"{_count_articles(articles)}, " + ngettext("%(total)s origin", "%(total)s origins", origins) % {
        "total": origins
    }


def _tell_partnership(context, partnership):
    heard = partnership.latest_then
    last = format_html(_("last heard of on {day}"), day=day_words(heard)) if heard else _("not heard of yet")
    who = format_html(_("Cooperation of {parties}"), parties=name_list(partnership.parties.all()))
    return [who, _count_programs(context["total"]), last]


def _tell_system(context, system):
    makers = list(system.makers.all())
    kind = system.get_category_display()
    what = format_html(_("{kind} made by {makers}"), kind=kind, makers=name_list(makers)) if makers else kind
    return [what, _count_programs(context["programs"].total)]


def _tell_party(context, party):
    kind, parent = party.get_kind_display(), party.parent
    what = format_html(_("{kind} of {parent}"), kind=kind, parent=_name(parent)) if parent else kind
    total = context["partner_total"]
    partners = ngettext("{} partner", "{} partners", total).format(total) if total else ""
    return [what, _count_programs(context["programs"].total), partners]


def _tell_official(context, official):
    position = format_html('<span lang="en">{}</span>', official.position) if _is_foreign("en") else official.position
    office = format_html("{} ({})", position, _name(official.party)) if official.position else _name(official.party)
    total = official.statement_count
    if not total:
        return [office, _("no statement is known")]
    said = ngettext("{} statement", "{} statements", total).format(total)
    last = format_html(_("the latest on {day}"), day=day_words(context["said"][0].effective_day))
    return [office, said, last]


def _tell_instrument(context, instrument):
    kind, provider = instrument.get_kind_display(), instrument.provider
    what = format_html(_("{kind} of {parent}"), kind=kind, parent=_name(provider)) if provider else kind
    ceiling = ceiling_words(instrument.ceiling) if instrument.ceiling else _("ceiling not known")
    return [what, ceiling, _count_programs(context["programs"].total)]


def _tell_publisher(context, publisher):
    letter, total = publisher.reliability, context["first_total"]
    grade = _low(Reliability(letter).label) if letter else _("reliability not graded")
    first = ngettext("first with {} development", "first with {} developments", total).format(total) if total else ""
    return [publisher.get_kind_display(), grade, _count_articles(publisher.article_count), first]


def _tell_article(context, article):
    day, publisher, total = day_words(article.published), _name(article.publisher), len(context["reports"])
    where = format_html(_("{publisher}, {day}"), publisher=publisher, day=day)
    who = article.said_by
    said = format_html(_("said by {speaker}"), speaker=_name(who)) if who else _("nobody is named as the speaker")
    reports = ngettext("%(total)s development", "%(total)s developments", total) % {"total": total}
    return [where, said, reports if total else _("no public development cites it")]


TELLERS = {
    "program": _tell_program,
    "partnership": _tell_partnership,
    "system": _tell_system,
    "party": _tell_party,
    "official": _tell_official,
    "instrument": _tell_instrument,
    "publisher": _tell_publisher,
    "article": _tell_article,
}


def _count_programs(total):
    return ngettext("%(total)s program", "%(total)s programs", total) % {"total": total} if total else _("no program")


def _count_articles(total):
    return ngettext("%(total)s article", "%(total)s articles", total) % {"total": total} if total else _("no article")


def _is_foreign(language):
    return language != get_language()


def _name(record):
    """Write a record's name; one that is not in the page's language says so."""
    name, language = conditional_escape(record.local_name), record.name_language
    return format_html('<span lang="{}">{}</span>', language, name) if _is_foreign(language) else name


def _low(label):
    """Return a label with a small letter, as inside a sentence."""
    words = str(label)
    return words[:1].lower() + words[1:]

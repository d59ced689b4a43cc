"""The portal's CSV as one statement: what no code above the database can beat."""

from django.db import connection

from cooperation.choices import Category, Mode, Role, Stage

PHASES = [(stage.value, stage.phase.label) for stage in Stage]


def build_export(party):
    """Return one SELECT with about the columns of the portal's CSV, for the programs of the party with that key."""
    gather = "string_agg" if connection.vendor == "postgresql" else "group_concat"
    roles = ", ".join(
        f"{gather}({column}, '; ') FILTER (WHERE role = '{role}')" + f" AS role_{number}_{column}"
        for number, role in enumerate(Role.values)
        for column in ("slug", "name")
    )
    named = f"{gather}(slug, '; ') AS slugs, {gather}(name, '; ') AS names"
    labels = ", ".join(
        _label(f"listed.{column}", codes) for column, codes in (("mode", Mode.choices), ("stage", Stage.choices))
    )
    return f"""
    WITH listed AS (
        SELECT program.* FROM cooperation_program program
        WHERE public AND latest_day IS NOT NULL AND partnership_id IN (
            SELECT partnership_id FROM cooperation_partnership_parties WHERE party_id = {party:d})
    ), members AS (
        SELECT partnership_id, {named} FROM cooperation_partnership_parties
        JOIN cooperation_party party ON party.id = party_id GROUP BY partnership_id
    ), equipped AS (
        SELECT program_id, {named}, {gather}(system.category, '; ') AS categories,
            {gather}({_label("system.category", Category.choices)}, '; ') AS labels
        FROM cooperation_program_systems JOIN cooperation_system system ON system.id = system_id
        WHERE program_id IN (SELECT id FROM listed) GROUP BY program_id
    ), held AS (
        SELECT program_id, {roles} FROM cooperation_programrole
        JOIN cooperation_party party ON party.id = party_id
        WHERE program_id IN (SELECT id FROM listed) GROUP BY program_id
    ), paid AS (
        SELECT program_id, {named} FROM cooperation_program_instruments
        JOIN cooperation_instrument instrument ON instrument.id = instrument_id
        WHERE program_id IN (SELECT id FROM listed) GROUP BY program_id
    ), told AS (
        SELECT program_id, count(DISTINCT development.id) AS developments, count(DISTINCT article_id) AS articles
        FROM cooperation_development development
        JOIN cooperation_citation citation ON citation.development_id = development.id
        JOIN cooperation_article article ON article.id = article_id
        WHERE development.public AND rank <> 'deprecated' AND article.public
            AND program_id IN (SELECT id FROM listed) GROUP BY program_id
    )
    SELECT listed.slug, listed.name, listed.names, partnership.slug, partnership.name, members.slugs, members.names,
        listed.mode, listed.stage, {labels}, {_label("listed.stage", PHASES)}, listed.latest_day,
        coalesce(equipped.categories, listed.category), equipped.labels, equipped.slugs, equipped.names, held.*,
        paid.slugs, paid.names, told.developments, told.articles, listed.external_ids, listed.created, listed.modified
    FROM listed JOIN cooperation_partnership partnership ON partnership.id = listed.partnership_id
    JOIN members ON members.partnership_id = listed.partnership_id
    LEFT JOIN equipped ON equipped.program_id = listed.id LEFT JOIN held ON held.program_id = listed.id
    LEFT JOIN paid ON paid.program_id = listed.id LEFT JOIN told ON told.program_id = listed.id
    ORDER BY listed.latest_day DESC, listed.id DESC
    """  # noqa: S608 - a number and the words of code lists


def _label(column, choices):
    """Return the words for the code in `column`."""
    cases = " ".join(f"WHEN '{value}' THEN '{str(label).replace(chr(39), 2 * chr(39))}'" for value, label in choices)
    return f"CASE {column} {cases} END"

"""The room plan of docs/architecture.md, held against the imports; each failure names the offender."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "cooperation"
REASONS = {"slow", "optional", "app-ready"}

LEVELS = {
    "choices": 0,
    "validators": 0,
    "text": 0,
    "dates": 0,
    "units": 0,
    "theme": 0,
    "rows": 0,
    "models": 1,
    "search": 2,
    "facets": 2,
    "settling": 2,
    "claims": 2,
    "editions": 3,
    "publication": 3,
    "saving": 3,
    "ledger": 3,
    "bundles": 4,
    "copies": 4,
    "evidence": 4,
    "changes": 4,
    "outlook": 4,
    "tokens": 4,
    "filters": 5,
    "exports": 5,
    "charts": 5,
    "imports": 5,
    "api.serializers": 5,
    "views": 6,
    "api": 6,
    "admin": 6,
    "sitemaps": 6,
    "templatetags": 6,
    "management": 6,
    "urls": 7,
    "api.urls": 7,
    "apps": 7,
}
SIBLINGS = {2: "indexes", 6: "doors"}  # rooms of these levels do not import each other
MODELS = [
    "records",
    "figures",
    "parties",
    "systems",
    "publishers",
    "partnerships",
    "programs",
    "articles",
    "developments",
    "facets",
    "search",
    "editions",
    "tokens",
]

FILES = sorted(
    p
    for p in APP.rglob("*.py")
    if ("migrations" not in p.parts and p.name != "__init__.py") or p.parent == APP / "admin"
)
MODULES = {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p for p in FILES}


def room_of(module):
    """Return the room of a dotted module of the app, None for the app itself."""
    parts = module.split(".")[1:]
    return next((name for name in (".".join(parts[:2]), *parts[:1]) if name in LEVELS), None)


def imports_of(tree):
    """Yield (node, module) for each absolute import of this project in `tree`; names that are modules count as such."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from ((node, name if name in MODULES or room_of(name) else node.module) for name in names)


@pytest.mark.parametrize("module", MODULES)
def test_module_imports_only_what_its_level_may(module):
    room = room_of(module)
    for node, target in imports_of(ast.parse(MODULES[module].read_text())):
        assert not target.startswith(("portal", "tests")), f"{module}:{node.lineno} imports {target}"
        other = room_of(target) if target.startswith("cooperation.") else None
        if other is None or room == other or {room, other} == {"api", "api.serializers"}:
            continue
        assert LEVELS[other] <= LEVELS[room], f"{module}:{node.lineno} imports {target} from above"
        is_sibling = LEVELS[other] == LEVELS[room] and LEVELS[room] in SIBLINGS
        assert not is_sibling, f"{module}:{node.lineno}: {SIBLINGS[LEVELS[room]]} do not import each other: {target}"


@pytest.mark.parametrize("name", MODELS)
def test_model_module_imports_only_earlier_siblings(name):
    for node, target in imports_of(ast.parse((APP / "models" / f"{name}.py").read_text())):
        if target.startswith("cooperation.models."):
            other = target.split(".")[2]
            assert MODELS.index(other) < MODELS.index(name), f"models/{name}.py:{node.lineno} imports {other}"


@pytest.mark.parametrize("module", MODULES)
def test_imports_are_plain(module):
    text = MODULES[module].read_text()
    tree = ast.parse(text)
    lines = text.splitlines()
    inner = {id(node) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for node in ast.walk(f)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        where = f"{module}:{node.lineno}"
        names = [alias.name for alias in node.names]
        assert "*" not in names, f"{where}: star import"
        if getattr(node, "module", None) and node.module.startswith("cooperation"):
            assert not [n for n in names if n.startswith("_")], f"{where}: an underscore name crosses files"
        if id(node) in inner:
            reason = re.search(r"#\s*([a-z-]+)", lines[node.lineno - 1])
            assert (reason[1] if reason else "") in REASONS, (
                f"{where}: an import inside a function needs its reason word"
            )


WRITES = {"save", "save_base", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
ROW_WRITES = {"insert_records", "insert_rows", "put_rows"}
RELATION_WRITES = {"add", "remove", "set", "clear", "create"}
RELATIONS = {"systems", "parties", "makers", "instruments", "citations", "developments", "roles_held"}


def find_writes(tree):
    """Yield the calls in `tree` that write rows: `update` writes rows if it takes keywords, or stands on a queryset."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ROW_WRITES:
            yield node
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner, verb = ast.unparse(node.func.value), node.func.attr
        is_relation = owner.split(".")[-1] in RELATIONS or "objects" in owner
        is_update = verb == "update" and (is_relation or any(keyword.arg for keyword in node.keywords))
        if (verb in WRITES or is_update or (verb in RELATION_WRITES and is_relation)) and owner != "ledger":
            yield node


def may_save(module, node):
    """Whether the call is a model's own `save` handing on to Django's, or a form's that does not commit."""
    text = ast.unparse(node)
    return (module.startswith("cooperation.models.") and text.startswith("super().save(")) or "commit=False" in text


@pytest.mark.parametrize(
    "module",
    sorted(
        set(MODULES)
        - {
            "cooperation.ledger",
            "cooperation.saving",
            "cooperation.rows",
            "cooperation.editions",
            "cooperation.settling.deriving",
            "cooperation.settling.places",
            "cooperation.facets.index",
            "cooperation.facets.stored",
            "cooperation.search.index",
            "cooperation.search.vocabulary",
        }
        - {"cooperation.tokens"}  # tokens are no records: no sum depends on them
    ),
)
def test_nothing_is_written_outside_the_ledger(module):
    tree = ast.parse(MODULES[module].read_text())
    found = [
        f"{module}:{node.lineno} {ast.unparse(node)[:80]}" for node in find_writes(tree) if not may_save(module, node)
    ]
    assert found == []


def test_write_finder_finds_writes():
    writes = [
        "Program.objects.filter(a=1).update(b=2)",
        "rows.update(stage=1)",
        "program.systems.set([])",
        "row.save()",
        "row.save_base()",
        "row.delete()",
        "Program._base_manager.update(a=1)",
        "Party.objects.create(a=1)",
        "insert_records(rows)",
    ]
    others = ["seen.add(1)", "known.update(other)", "ledger.delete(row)", "cache.set(1)", "data.clear()"]
    found = [ast.unparse(node) for line in writes + others for node in find_writes(ast.parse(line))]
    assert found == writes

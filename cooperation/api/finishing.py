"""The last touch on the OpenAPI document: rows of lists, headers, and examples that are real answers.

The examples of answers were made by `manage.py write_api_schema --examples` from the fixtures.
"""

import json
from copy import deepcopy
from pathlib import Path

EXAMPLES_FILE = Path(__file__).with_name("examples.json")
JSON = "application/json"
REF = "#/components/schemas/"
WITHDRAWN = {
    "type": "string",
    "format": "date-time",
    "description": "When the public lost the record; such a row has this and `id` alone.",
}
ERRORS = {
    400: {"stage": ["“signd” is not known; use one of interest, proposed, …"], "code": "invalid"},
    401: {"detail": "There is no such token.", "code": "invalid_token"},
    403: {"detail": "This token is not made for that; it needs the scope “read”.", "code": "insufficient_scope"},
    404: {"detail": "Not found.", "code": "not_found"},
    429: {"detail": "Request was throttled. Expected available in 12 seconds.", "code": "throttled"},
    500: {"detail": "A server error occurred.", "code": "error"},
    503: {"detail": "The database does not answer. Please try again in a while.", "code": "unavailable"},
}
HEADERS = {
    "ETag": ("What to send as `If-None-Match` next time; of a record's version, as `If-Match`.", {"type": "string"}),
    "Last-Modified": ("When anything changed; what to send as `If-Modified-Since`.", {"type": "string"}),
    "RateLimit": ("Requests left in this minute, and the seconds until the next.", {"type": "string"}),
    "RateLimit-Policy": ("Requests allowed in a minute.", {"type": "string"}),
    "Retry-After": ("Seconds to wait.", {"type": "integer"}),
    "Link": ("`next` and `prev` of a list.", {"type": "string"}),
}
HEADERS_OF = {
    "200": ("ETag", "Last-Modified", "RateLimit", "RateLimit-Policy"),
    "304": ("ETag", "Last-Modified"),
    "429": ("Retry-After", "RateLimit", "RateLimit-Policy"),
    "503": ("Retry-After",),
}
WRITTEN = {"post": ("RateLimit", "RateLimit-Policy"), "patch": ("ETag", "RateLimit", "RateLimit-Policy")}  # with 200


def finish(result, generator, request, public):
    """Return the finished document; a hook of drf-spectacular."""
    schemas = result["components"]["schemas"]
    result["components"]["headers"] = {
        name: {"description": description, "schema": schema} for name, (description, schema) in HEADERS.items()
    }
    examples = json.loads(EXAMPLES_FILE.read_text(encoding="utf-8"))
    enums = {tuple(schema["enum"]): name for name, schema in schemas.items() if "enum" in schema}
    for path in result["paths"].values():
        for method, operation in path.items():
            _describe_rows(operation, schemas)
            _name_enums(operation, enums)
            _add_headers(method, operation)
            _add_examples(operation, examples.get(operation["operationId"]))
    _drop_unused(result)
    return result


def _drop_unused(result):
    """Leave out the shapes that rows have taken the place of."""
    told = json.dumps(result, default=str)
    schemas = result["components"]["schemas"]
    for name in [name for name in schemas if f'"{REF}{name}"' not in told]:
        del schemas[name]


def _describe_rows(operation, schemas):
    """Give a list with `fields` rows of which only the id is sure."""
    if "fields" not in {parameter["name"] for parameter in operation.get("parameters", ())}:
        return
    page = schemas[operation["responses"]["200"]["content"][JSON]["schema"]["$ref"].removeprefix(REF)]
    name = page["properties"]["results"]["items"]["$ref"].removeprefix(REF).removesuffix("Row")
    row = deepcopy(schemas[name]) | {"required": ["id"]}
    row["properties"]["withdrawn"] = WITHDRAWN
    schemas[f"{name}Row"] = row
    page["properties"]["results"]["items"] = {"$ref": f"{REF}{name}Row"}


def _name_enums(operation, enums):
    """Have the values of a parameter that are a code list called by its name."""
    for parameter in operation.get("parameters", ()):
        items = parameter["schema"].get("items", {})
        if tuple(items.get("enum", ())) in enums:
            parameter["schema"]["items"] = {"$ref": f"{REF}{enums[tuple(items['enum'])]}"}


def _add_headers(method, operation):
    is_paged = "page" in {parameter["name"] for parameter in operation.get("parameters", ())}
    for status, response in operation["responses"].items():
        told = WRITTEN.get(method) if status == "200" else None
        names = [*(told or HEADERS_OF.get(status, ())), *(["Link"] if is_paged and status == "200" else [])]
        if names:
            response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _add_examples(operation, answer):
    for status, response in operation["responses"].items():
        value = answer if status == "200" else ERRORS.get(int(status))
        told = response.get("content", {}).get(JSON)
        if value is not None and told and "examples" not in told:
            told["example"] = value

"""Rows as JSON: the API's own objects under `results`, after what the file is; cut in the middle it is no JSON."""

import json

from rest_framework.renderers import JSONRenderer

OBJECTS = 500  # at a time: those of the API bring all that they name


def stream_json(selection, about, shape):
    """Yield the file piece by piece; `shape` makes the objects of a block of primary keys."""
    head = {
        "count": selection.count,
        "query": about.address,
        "as_of": about.as_of and str(about.as_of),
        "known_on": about.known_on and str(about.known_on),
        "licence": about.licence,
        "citation": about.citation,
    }
    render = JSONRenderer().render
    piece, separator = json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "results": [\n', b""
    for keys in selection.stream_keys(OBJECTS):
        objects = b",\n".join(map(render, shape(keys)))
        yield piece + separator + objects if objects else piece
        piece, separator = b"", b",\n" if objects else separator
    yield piece + b"\n]}\n"

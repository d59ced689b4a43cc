"""Search over all nouns: public records in which every word of a query begins a word, the best names first.

`search` answers the page and the API, `suggest` a field while one types, `find_keys` the parameter `q` of a list: the
same index and the same terms, so that a list shows what a group counts. Words are looked for in what is public today;
a record that is shown on another day is also found by the quotes of later articles.
"""

from cooperation.search.found import Group, Results, Suggestion, find_keys, search, suggest
from cooperation.search.highlights import cut_snippet, find_other_name, mark
from cooperation.search.terms import MAX_LENGTH, read_terms

__all__ = [
    "MAX_LENGTH",
    "Group",
    "Results",
    "Suggestion",
    "cut_snippet",
    "find_keys",
    "find_other_name",
    "mark",
    "read_terms",
    "search",
    "suggest",
]

"""The columns of every noun, in one list each: CSV, XLSX and the data dictionary read the same."""

from cooperation.exports.columns.developments import DEVELOPMENTS
from cooperation.exports.columns.programs import PARTNERSHIPS, PROGRAMS
from cooperation.exports.columns.references import ARTICLES, INSTRUMENTS, OFFICIALS, PARTIES, PUBLISHERS, SYSTEMS

TABLES = {
    table.noun: table
    for table in (
        PROGRAMS,
        DEVELOPMENTS,
        PARTNERSHIPS,
        ARTICLES,
        PARTIES,
        OFFICIALS,
        SYSTEMS,
        INSTRUMENTS,
        PUBLISHERS,
    )
}

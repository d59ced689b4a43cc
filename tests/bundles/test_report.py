"""What a report keeps of a load."""

import tracemalloc

from cooperation.bundles.report import Names, Report


def test_names_stay_in_their_order_be_they_packed_or_not():
    report = Report()
    names = [f"developments/rockets-{number}" for number in range(2_500)]
    for number, name in enumerate(names):
        assert len(report.created) == number
        report.created.append(name)
    assert report.created == names
    assert report.created != names[::-1]
    assert (report.counts()["created"], report.as_mapping()["created"]) == (2_500, names)
    assert names[0] in report.created
    assert report.updated == []


def test_names_of_a_whole_database_take_little_memory():
    names = Names()
    tracemalloc.start()
    for number in range(100_000):
        names.append(f"developments/rockets-of-some-kind-{number}-20260209-pledged")
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(names) == 100_000
    assert taken < 2_000_000  # a text takes a hundred bytes by itself

"""The page about the portal."""

import pytest


@pytest.mark.parametrize("count", [1, 3])
def test_about_query_count(count, make_scene, client, django_assert_num_queries):
    for n in range(count):
        make_scene(n)
    with django_assert_num_queries(5):
        client.get("/about/")


def test_about_explains_the_codes_and_names_the_sources(scene, read):
    _, words = read("/about/")
    assert "preparing Preparing Work Refurbish, modify, train crews, make ready to hand over. iati: 2; ocds:" in words
    assert "Gazette 1: 1 article" in words

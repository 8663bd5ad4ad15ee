"""The map of the results works by links alone, and the list is in step with it."""

import re
from html import unescape

import pytest

from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def hilo(practice):
    return cast.custodian(practice, name="Hilo Eye Clinic", city="Hilo", state="HI", zip_code="96720")


@pytest.fixture
def around_macon(practice):
    """Fourteen more places in the ZIP code of Lakeside's."""
    return [cast.custodian(practice, name=f"Macon Site {n:02}") for n in range(14)]


@pytest.fixture
def look(go, batch, custodian):
    """The page of a search: its chart, its list and its text."""

    def looked(query=""):
        page = go("wizard_providers", batch.pk, query=query)
        page.names = [one.facts.name for one in page.context["page_obj"]]
        page.chart, page.text = page.context["chart"], page.content.decode()
        return page

    return looked


def hrefs(page, kind):
    """Where the links of one kind lead."""
    return [
        unescape(link)
        for tag in re.findall(rf"<a [^>]*{kind}[^>]*>", page.text)
        for link in re.findall(r'href="([^"#]*)', tag)
    ]


def test_every_result_has_a_mark(look, hilo):
    assert {mark["first"].name for mark in look().chart.marks} == {
        "Hilo Eye Clinic",
        "Lakeside Family Medicine",
    }


def test_the_map_fits_what_was_found(look, hilo):
    assert look("?name=hilo").chart.window.width < look().chart.window.width


def test_the_map_shows_the_state_that_is_asked_for(look, hilo):
    page = look("?state=HI")
    assert page.chart.window.holds(page.chart.placed[0][1])
    assert page.text.count('class="is-asked"') == 1


def test_a_state_is_a_link_that_keeps_the_search(look):
    assert "?name=lake&state=TX" in hrefs(look("?name=lake"), 'data-state="TX"')


def test_a_moved_map_lists_what_is_in_it(look, hilo):
    page = look("?at=3200,6850,1500")
    assert page.names == ["Hilo Eye Clinic"]
    assert "1 of 2 are in this part of the map." in page.text


def test_an_empty_part_of_the_map_leads_back(look):
    page = look("?at=1000,1000,500")
    assert page.names == []
    assert "0 of 1 are in this part of the map." in page.text
    assert "Show all" in page.text


def test_a_new_search_lets_the_map_fit_again(look):
    """The form doesn't send the window along."""
    assert 'name="at"' not in look("?at=1000,1000,500").text


def test_choosing_keeps_the_window(look, hilo):
    assert 'name="search" value="at=3200%2C6850%2C1500"' in look("?at=3200,6850,1500").text


def test_marks_of_one_place_open_to_a_narrower_window_and_at_last_to_the_list(look, around_macon):
    page, widths = look(), []
    for _ in range(9):
        (link,) = hrefs(page, "mark--many")
        if "pick=" in link:
            break
        page = look(link)
        widths.append(page.chart.window.width)
        assert page.chart.listed == page.chart.found
    assert widths == sorted(widths, reverse=True)
    assert "result--picked" in look(link).text


def test_a_mark_picks_its_row_on_its_page(look, around_macon, hilo):
    """Hilo's row stands on the first page, that of the last in Macon on the second."""
    page = look()
    (link,) = hrefs(page, 'aria-label="Hilo')
    picked = look(link)
    assert re.search(r'<li class="result result--picked"[^>]*>', picked.text)
    assert "Hilo Eye Clinic" in picked.names


def test_a_row_picks_its_mark(look, hilo):
    (link,) = [link for link in hrefs(look(), "data-on-map") if link.endswith(f"pick=c{hilo.pk}")]
    assert [mark["id"] for mark in look(link).chart.marks if mark["is_picked"]] == [f"c{hilo.pk}"]


def test_the_ways_end_at_the_edge(look, hilo):
    assert hrefs(look("?at=5000,3750,10000"), 'data-way="out"') == []
    assert hrefs(look("?at=5000,3750,10000"), 'data-way="in"') == ["?at=5000,3750,5000"]


def test_who_has_no_place_is_listed_and_told(look, practice):
    cast.custodian(practice, name="Nowhere Clinic", zip_code="")
    page = look()
    assert "Nowhere Clinic" in page.names
    assert "1 of them has no place on the map." in page.text


@pytest.mark.parametrize("query", ["?at=x", "?at=1,2", "?at=-1,-1,-1", "?at=9e9,1,1", "?pick=%3Cb%3E"])
def test_any_other_window_is_that_of_the_results(look, query):
    assert look(query).names == ["Lakeside Family Medicine"]

from django.template import engines

from tests.ui.forms import KitchenForm


def drawn(name, data=None):
    return str(KitchenForm(data)[name].as_field_group())


def test_a_field_has_a_label_for_its_input():
    html = drawn("name")
    assert '<label for="id_name">First name</label>' in html
    assert 'id="id_name"' in html


def test_a_field_that_may_stay_empty_says_so():
    assert "(optional)" in drawn("fee")
    assert "(optional)" not in drawn("name")


def test_the_input_points_at_its_help_and_its_error():
    html = drawn("born", {"born": "13/30/2024"})
    assert 'aria-describedby="id_born_helptext id_born_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_born_helptext"' in html
    assert 'id="id_born_error"' in html


def test_what_was_typed_stays():
    assert 'value="13/30/2024"' in drawn("born", {"born": "13/30/2024"})


def test_markup_that_was_typed_shows_as_text():
    html = drawn("born", {"born": "<script>alert(1)</script>"})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_radios_are_a_fieldset_whose_legend_asks():
    html = drawn("dates", {})
    assert "<legend>Dates of service" in html
    assert html.count('type="radio"') == 3
    assert 'aria-describedby="id_dates_error"' in html
    assert "aria-invalid" not in html


def test_a_single_checkbox_stands_before_its_words():
    html = drawn("agree")
    assert html.index("<input") < html.index("I approve the estimate")


def test_the_summary_links_each_error_to_its_field():
    html = str(KitchenForm({"name": "Ann"}))
    assert 'href="#id_born">Birth date: Fill in the date as MM/DD/YYYY.' in html
    assert 'href="#id_dates">Dates of service' in html
    assert 'href="#id_name"' not in html


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in str(KitchenForm())


def test_a_multipage_list_keeps_its_filter(rf):
    from django.core.paginator import Paginator

    page = Paginator(range(60), 25).page(1)
    template = engines["django"].get_template("ui/pages.html")
    html = template.render({"page": page}, rf.get("/?status=qa&status=pending&page=1"))
    assert 'href="?status=qa&amp;status=pending&amp;page=2"' in html

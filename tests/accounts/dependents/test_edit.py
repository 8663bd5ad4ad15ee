from datetime import date

import pytest

from accounts.models import Dependent
from audit.models import Activity
from tests.accounts.dependents.conftest import LEO

pytestmark = pytest.mark.django_db


def said(leo, **changed):
    return LEO | {"seen": leo.version} | changed


def test_details_show_what_is_known(open_, aisha, leo):
    page = open_(aisha, "dependent_details", leo.pk).content.decode()
    assert "05/04/2015" in page
    assert "Oak Hill Elementary" in page
    assert "Sports" not in page


def test_what_was_typed_is_kept(open_, aisha, leo):
    answer = open_(aisha, "dependent_edit", leo.pk, post=said(leo, grade="5", birth_date="05/05/2015"))
    leo.refresh_from_db()
    assert answer.url == f"/dependents/{leo.pk}/details/"
    assert (leo.grade, leo.school, leo.birth_date) == ("5", "", date(2015, 5, 5))


def test_saving_the_same_changes_nothing(open_, aisha, leo):
    open_(aisha, "dependent_edit", leo.pk, post=said(leo, school="Oak Hill Elementary"))
    assert not Activity.objects.filter(event="dependent_changed").exists()


def test_bad_input_keeps_the_page(open_, aisha, leo):
    answer = open_(aisha, "dependent_edit", leo.pk, post=said(leo, birth_date="soon", sports="Judo"))
    assert answer.status_code == 422
    assert 'value="Judo"' in answer.content.decode()
    leo.refresh_from_db()
    assert leo.sports == ""


def test_a_second_page_is_told_and_then_may(open_, aisha, leo):
    second = said(leo, sports="Judo")
    open_(aisha, "dependent_edit", leo.pk, post=said(leo, sports="Soccer"))
    answer = open_(aisha, "dependent_edit", leo.pk, post=second)
    leo.refresh_from_db()
    assert (answer.status_code, leo.sports) == (422, "Soccer")
    assert "in the meantime" in answer.content.decode()
    open_(aisha, "dependent_edit", leo.pk, post=second | {"seen": answer.context["seen"]})
    leo.refresh_from_db()
    assert leo.sports == "Judo"


def test_a_mistake_does_not_hide_what_changed_meanwhile(open_, aisha, leo):
    stale = leo.version
    open_(aisha, "dependent_edit", leo.pk, post=said(leo, sports="Soccer"))
    answer = open_(aisha, "dependent_edit", leo.pk, post=LEO | {"seen": stale, "birth_date": "soon"})
    assert answer.context["seen"] == stale


@pytest.mark.parametrize("seen", ["", "0", "x" * 100_000, "\x00"])
def test_a_made_up_version_replaces_nothing(open_, aisha, leo, seen):
    assert open_(aisha, "dependent_edit", leo.pk, post=LEO | {"seen": seen}).status_code == 422


def test_nobody_becomes_a_second_of_the_same(open_, aisha, leo):
    lea = Dependent.add(by=aisha, first_name="Lea", last_name="Rahman", birth_date=leo.birth_date)
    answer = open_(aisha, "dependent_edit", lea.pk, post=LEO | {"seen": lea.version})
    assert answer.status_code == 422
    assert f'href="/dependents/{leo.pk}/details/"' in answer.content.decode()


def test_who_was_removed_in_another_tab_is_not_changed(open_, aisha, leo):
    leo.remove(by=aisha)
    assert open_(aisha, "dependent_edit", leo.pk, post=said(leo, sports="Judo")).status_code == 404


def test_a_removal_while_saving_is_404(open_, aisha, leo, monkeypatch):
    change = Dependent.change

    def late(self, **given):
        self.remove(by=aisha)
        return change(self, **given)

    monkeypatch.setattr(Dependent, "change", late)
    assert open_(aisha, "dependent_edit", leo.pk, post=said(leo, sports="Judo")).status_code == 404


@pytest.mark.parametrize("name", ["dependent", "dependent_details", "dependent_edit", "dependent_remove"])
def test_another_households_is_as_good_as_none(open_, noor, leo, name):
    assert open_(noor, name, leo.pk).status_code == 404
    assert open_(noor, name, leo.pk, post=said(leo)).status_code in (404, 405)
    leo.refresh_from_db()
    assert leo.removed_at is None


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**40])
@pytest.mark.parametrize("name", ["dependent", "dependent_details", "dependent_edit", "dependent_remove"])
def test_a_strange_number_is_404(open_, aisha, name, number):
    assert open_(aisha, name, number).status_code == 404

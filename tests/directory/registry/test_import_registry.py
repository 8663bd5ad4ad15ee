"""The registry's file is streamed in, once, whatever stops it; what can't be read stands aside with its reason."""

import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from bench import registry_file
from directory.finding.asking import Search
from directory.finding.find import find
from directory.models import RegistryBadRow, RegistryEntry, RegistryImport, Specialty
from directory.registry import BadFile, reading, run
from directory.registry.casing import written
from tests.directory.registry.conftest import ONE, TWO, line, take

pytestmark = pytest.mark.django_db


def test_a_facility_is_kept_with_its_place_and_its_specialties(registry_csv):
    take(registry_csv(ONE))
    entry = RegistryEntry.objects.get()
    assert (entry.name, entry.city, entry.state) == ("Pine Hollow Hospital, Inc", "Holtsville", "NY")
    assert entry.zip_code == "00501-1234"
    assert entry.taxonomies == "261QP2300X 282N00000X"
    assert entry.words == ("pine hollow hospital holtsville 00501 in_ny is_261qp2300x is_282n00000x")
    assert entry.updated_on == date(2011, 9, 26)


def test_a_physician_is_kept_by_their_name(registry_csv):
    take(registry_csv(TWO))
    entry = RegistryEntry.objects.get()
    assert entry.is_person
    assert entry.name == "María O'Neill, MD"
    assert entry.words.startswith("maria oneill ")


def test_from_inside_its_zip(registry_csv, tmp_path):
    path = tmp_path / "NPPES_Data_Dissemination.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(registry_csv(ONE, TWO), "npidata_pfile_20250101-20250131.csv")
        archive.writestr("npidata_pfile_20250101-20250131_fileheader.csv", "NPI")
        archive.writestr("othername_pfile_20250101-20250131.csv", "NPI,Other\n" * 9999)
    assert take(path).written == 2


@pytest.mark.parametrize("saved_as", ["utf-8-sig", "cp1252"])
def test_as_a_spreadsheet_saves_it(registry_csv, saved_as):
    path = registry_csv(TWO)
    path.write_bytes(path.read_text(encoding="utf-8").encode(saved_as))
    take(path)
    assert RegistryEntry.objects.get().name == "María O'Neill, MD"


def test_a_line_without_end_is_not_read_into_memory(registry_csv):
    path = registry_csv(ONE, "0" * (1 << 20))
    with pytest.raises(BadFile, match="Line 3 is longer"):
        take(path)


def test_a_zip_that_is_damaged_behind_is_taken_up_again_where_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "BATCH", 20)
    plain, path = tmp_path / "all.csv", tmp_path / "all.zip"
    registry_file.write(plain, 9000)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, "npidata_pfile_1.csv")
    whole = path.read_bytes()
    at = len(whole) * 3 // 4
    path.write_bytes(whole[:at] + bytes(64) + whole[at + 64 :])
    with pytest.raises(CommandError, match="is damaged"):
        call_command("import_registry", path)
    (stopped,) = RegistryImport.objects.all()
    assert 0 < stopped.rows < 9000


def test_two_commands_at_once_take_a_file_once(registry_csv, monkeypatch):
    monkeypatch.setattr(run, "BATCH", 1)
    path = registry_csv(ONE, TWO)
    with reading.opened(path) as one, reading.opened(path) as other:
        first, second = run.begin(path), run.begin(path)
        next(run.finish(first, one))
        with pytest.raises(BadFile, match="Another command"):
            next(run.finish(second, other))
    assert (RegistryImport.objects.get().rows, RegistryEntry.objects.count()) == (1, 1)


def test_again_changes_nothing(registry_csv):
    path = registry_csv(ONE, TWO)
    take(path)
    again = take(path)
    assert (again.rows, again.written, again.unchanged) == (2, 0, 2)


def test_a_newer_row_replaces_and_an_older_one_does_not(registry_csv):
    take(registry_csv(ONE))
    take(registry_csv(ONE | {"city": "MACON", "updated_on": "01/02/2020"}, name="new.csv"))
    take(registry_csv(ONE | {"city": "OLDTOWN", "updated_on": "01/02/2015"}, name="old.csv"))
    assert RegistryEntry.objects.get().city == "Macon"


def test_of_two_rows_of_one_npi_the_newer_counts(registry_csv):
    newer = ONE | {"city": "MACON", "updated_on": "01/02/2020"}
    take(registry_csv(newer, ONE))
    assert RegistryEntry.objects.get().city == "Macon"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("stopped_behind", [1, 2, 4])
def test_stopped_and_started_it_goes_on_and_takes_each_row_once(
    stopped_behind, packed, tmp_path, monkeypatch
):
    monkeypatch.setattr(run, "BATCH", 20)
    path = tmp_path / "all.csv"
    registry_file.write(path, 95)
    if packed:
        plain, path = path, tmp_path / "all.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(plain, "npidata_pfile_1.csv")
    stopped = take(path, batches=stopped_behind)
    assert stopped.rows == 20 * stopped_behind
    assert stopped.finished_at is None
    whole = take(path)
    assert whole.pk == stopped.pk
    assert (whole.rows, whole.written, whole.bad) == (95, 95, 0)
    assert whole.finished_at
    assert RegistryEntry.objects.count() == 95


@pytest.mark.parametrize(
    ("spoiled", "reason"),
    [
        ({"npi": "1497758545"}, "The NPI's check digit is wrong"),
        ({"npi": "149775854"}, "The NPI is not ten digits"),
        ({"npi": ""}, "No NPI"),
        ({"npi": "1.49776E+09"}, "The NPI was rounded by a spreadsheet"),
        ({"kind": "3"}, "Neither a person (1) nor an organization (2)"),
        ({"organization": ""}, "No name"),
        ({"state": "ZZ"}, "No state of the United States"),
        ({"zip_code": "ABCDE"}, "The ZIP code is not five or nine digits"),
        ({"phone": "6.31555E+09"}, "A phone number was rounded by a spreadsheet"),
        ({"updated_on": "31/31/2020"}, "A date can't be read"),
        ({"updated_on": "01/01/2999"}, "A date lies in the future"),
    ],
)
def test_a_bad_row_stands_aside_with_its_reason_and_the_others_are_taken(registry_csv, spoiled, reason):
    this = take(registry_csv(TWO, TWO | {"npi": "1700889755"}, ONE | spoiled))
    assert (this.rows, this.written, this.bad) == (3, 2, 1)
    assert RegistryBadRow.objects.get().reason == reason
    assert RegistryBadRow.objects.get().line == 4


def test_a_row_cut_off_in_the_middle_stands_aside(registry_csv):
    this = take(registry_csv(ONE, TWO, line(ONE)[:900]))
    assert (this.written, this.bad) == (2, 1)
    assert RegistryBadRow.objects.get().reason == (
        "The row has another number of columns than the first line"
    )


def test_only_some_of_each_reason_are_kept_and_all_are_counted(registry_csv, monkeypatch):
    monkeypatch.setattr(run, "KEPT_OF_A_REASON", 2)
    this = take(registry_csv(*[ONE] * 9, *[ONE | {"npi": ""}] * 5))
    assert this.bad == 5
    assert this.bad_rows.count() == 2


def test_what_a_spreadsheet_did_is_mended_where_nothing_was_lost(registry_csv):
    spoiled = ONE | {"npi": "1497758544.0", "phone": "6315550142.0", "zip_code": "5011234.0", "kind": "2.0"}
    header = "," + ",".join(f'"{one}"' for one in registry_file.header())
    this = take(registry_csv("0," + line(spoiled), header=header))
    entry = RegistryEntry.objects.get()
    assert (entry.npi, entry.phone, entry.zip_code) == ("1497758544", "6315550142", "00501-1234")
    assert this.mended == 1


def test_a_place_abroad_is_left_out(registry_csv):
    this = take(registry_csv(ONE, TWO | {"country": "CA", "state": "ON", "zip_code": "K1A 0B1"}))
    assert (this.written, this.abroad, this.bad) == (1, 1, 0)


@pytest.mark.parametrize(
    ("published", "read"),
    [
        ("PEKIN MRI, LLC", "Pekin MRI, LLC"),
        ("MERCY HOSPITAL OF ST. MARY'S", "Mercy Hospital of St. Mary's"),
        ("AZAR/FILIPOV MD PA", "Azar/Filipov MD PA"),
        ("THE DOCTORS' CLINIC", "The Doctors' Clinic"),
        ("MCDONALD & O'BRIEN", "McDonald & O'Brien"),
        ("HCA SERVICES", "HCA Services"),
        ("3418 VILLAGE DR", "3418 Village Dr"),
        ("iMed Group", "iMed Group"),
    ],
)
def test_capitals_are_written_as_people_do(published, read):
    assert written(published) == read


class TestDeactivated:
    def test_keeps_what_was_known(self, registry_csv):
        take(registry_csv(ONE))
        take(registry_csv({"npi": ONE["npi"], "deactivated_on": "03/01/2024"}, name="weekly.csv"))
        entry = RegistryEntry.objects.get()
        assert (entry.deactivated_on, entry.city) == (date(2024, 3, 1), "Holtsville")

    def test_by_its_own_list(self, registry_csv, tmp_path, capsys):
        take(registry_csv(ONE))
        ended = tmp_path / "ended.csv"
        ended.write_text(
            "NPPES Deactivated Records\nNPI,NPPES Deactivation Date\n1497758544,03/01/2024\n12,x\n"
        )
        call_command("import_registry", deactivations=ended)
        assert RegistryEntry.objects.get().deactivated_on == date(2024, 3, 1)
        assert "2 deactivations read; 1 entries ended by them, 1 bad rows" in capsys.readouterr().out

    def test_an_older_file_does_not_bring_it_back(self, registry_csv):
        take(registry_csv(ONE))
        take(registry_csv({"npi": ONE["npi"], "deactivated_on": "03/01/2024"}, name="weekly.csv"))
        take(registry_csv(ONE), again=True)
        assert RegistryEntry.objects.get().deactivated_on == date(2024, 3, 1)

    def test_reactivated_it_is_in_use_again(self, registry_csv):
        take(registry_csv(ONE))
        take(registry_csv({"npi": ONE["npi"], "deactivated_on": "03/01/2024"}, name="weekly.csv"))
        back = {"deactivated_on": "03/01/2024", "reactivated_on": "05/01/2024", "updated_on": "05/01/2024"}
        take(registry_csv(ONE | back, name="back.csv"))
        assert RegistryEntry.objects.get().deactivated_on is None

    def test_by_a_list_with_an_endless_line_is_refused(self, tmp_path):
        ended = tmp_path / "ended.csv"
        ended.write_text(f"NPI,NPPES Deactivation Date\n{'1' * (1 << 20)},x\n")
        with pytest.raises(CommandError, match="Line 2 is longer"):
            call_command("import_registry", deactivations=ended)


def test_specialties_get_their_words(tmp_path):
    path = tmp_path / "nucc_taxonomy.csv"
    path.write_text(
        "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section\n"
        "207RC0000X,Physicians,Internal Medicine,Cardiovascular Disease,…,,Cardiovascular Disease Physician,I\n"
    )
    call_command("import_registry", taxonomy=path)
    assert str(Specialty.objects.get(pk="207RC0000X")) == "Cardiovascular Disease Physician"


def test_what_was_taken_is_found(registry_csv, capsys):
    call_command("import_registry", registry_csv(ONE, TWO))
    assert [one.facts.pk for one in find(Search(name="pine holow hospitl"))] == [ONE["npi"]]
    assert "Index of names" in capsys.readouterr().out


class TestAnotherFile:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("NPI;Entity Type Code\n1;2\n", "another separator"),
            ("name,city\na,b\n", "lacks “NPI”"),
            ("", "lacks “NPI”"),
            ("a\0b\n", "not a CSV file"),
        ],
    )
    def test_is_refused_with_a_sentence(self, text, sentence, tmp_path):
        path = tmp_path / "some.csv"
        path.write_text(text)
        with pytest.raises(CommandError, match=sentence):
            call_command("import_registry", path)
        assert not RegistryImport.objects.exists()

    def test_whose_rows_are_nearly_all_bad_changes_nothing(self, registry_csv):
        path = registry_csv(ONE, *[ONE | {"npi": "1.49776E+09"}] * 9)
        with pytest.raises(CommandError, match=r"rounded by a spreadsheet\. Nothing was taken"):
            call_command("import_registry", path)
        assert not RegistryEntry.objects.exists()

    def test_that_is_not_there(self, tmp_path):
        with pytest.raises(CommandError, match="no file"):
            call_command("import_registry", tmp_path / "none.csv")

    def test_a_zip_of_something_else(self, tmp_path):
        path = tmp_path / "other.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "hello")
        with pytest.raises(CommandError, match="no registry file"):
            call_command("import_registry", path)

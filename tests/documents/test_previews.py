import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image

from documents import limited, previews, store
from documents.models import PreviewPack
from documents.previews import make_thumbnails, page_image, thumbnail, thumbnails
from outbox.queue import run_due
from tests.documents import make


def size(picture):
    return Image.open(io.BytesIO(picture)).size


def no_preview():
    return previews._no_preview(previews.PLANS[PreviewPack.Size.THUMBNAIL], "No preview")


def darkness(picture):
    return sum(Image.open(io.BytesIO(picture)).convert("L").histogram()[:128])


def test_a_thumbnail_is_150_pixels_wide(keep):
    assert size(thumbnail(keep(make.pdf()), 1)) == (150, 195)


def test_a_page_is_1100_pixels_wide(keep):
    assert size(page_image(keep(make.pdf()), 1)) == (1100, 1424)


def test_a_page_shows_what_stands_on_it(keep):
    assert darkness(page_image(keep(make.pdf()), 1)) > 500


def test_a_rotated_page_is_shown_as_it_is_read(keep):
    width, height = size(thumbnail(keep(make.pdf(rotate=90)), 1))
    assert width > height


def test_a_filled_form_shows_what_was_filled_in(keep):
    empty, filled = keep(make.pdf()), keep(make.pdf(change=make.with_filled_field))
    assert darkness(page_image(filled, 1)) > darkness(page_image(empty, 1))


@pytest.mark.parametrize("number", [0, -1, 4, 2**63])
def test_a_page_that_is_not_there_is_a_lookup_error(keep, number):
    with pytest.raises(LookupError):
        thumbnail(keep(make.pdf(3)), number)


def test_what_has_no_pages_has_no_thumbnail(keep):
    with pytest.raises(LookupError):
        thumbnail(keep(b"words", "a.txt", "authorization"), 1)


def test_each_frame_of_a_tiff_has_its_own(keep):
    assert len(thumbnails(keep(make.tiff(3), "a.tif"), 1, 3)) == 3


def test_thumbnails_are_made_by_the_job_in_packs(keep):
    document = keep(make.pdf(120))
    run_due(kind="documents.previews")
    assert sorted(document.preview_packs.values_list("first", flat=True)) == [1, 51, 101]
    assert len({thumbnail(document, number) for number in (1, 50, 51, 100, 101, 120)}) > 1


def test_pages_of_other_packs_are_told_apart(keep):
    document = keep(make.pdf(60))
    alone = keep(make.pdf(60))
    previews.make(alone, PreviewPack.Size.THUMBNAIL, 51, 60)
    assert thumbnail(document, 55) == thumbnail(alone, 55)


def test_running_the_job_twice_makes_nothing_twice(keep):
    document = keep(make.pdf())
    make_thumbnails(None, document.pk)
    make_thumbnails(None, document.pk)
    assert document.preview_packs.count() == 1


def test_the_job_of_a_deleted_document_does_nothing(db):
    make_thumbnails(None, 4711)


def test_previews_are_encrypted(keep):
    document = keep(make.pdf())
    thumbnail(document, 1)
    stored = default_storage.open(store.name_of(document.preview_packs.get().key)).read()
    assert b"JFIF" not in stored


def test_a_lost_pack_is_made_again(keep):
    document = keep(make.pdf())
    before = thumbnail(document, 1)
    previews._content.cache_clear()
    store.remove(document.preview_packs.get().key)
    assert thumbnail(document, 1) == before


@pytest.mark.django_db(transaction=True)
def test_many_who_look_at_once_make_it_once(keep, monkeypatch):
    document = keep(make.pdf(3))
    draw, drawn = previews._draw_packs, []

    def draw_and_count(*pack):
        drawn.append(1)
        return draw(*pack)

    def look(number):
        try:
            return thumbnail(document, number)
        finally:
            connection.close()

    monkeypatch.setattr(previews, "_draw_packs", draw_and_count)
    with ThreadPoolExecutor(3) as pool:
        assert all(pool.map(look, (1, 2, 3)))
    assert drawn == [1]


def test_two_who_make_the_same_pack_leave_one(keep, monkeypatch):
    document = keep(make.pdf())
    kept = previews._keep

    def another_is_first(*pack):
        kept(*pack)
        kept(*pack)

    monkeypatch.setattr(previews, "_keep", another_is_first)
    thumbnail(document, 1)
    stored = [
        name for folder in default_storage.listdir("")[0] for name in default_storage.listdir(folder)[1]
    ]
    assert sorted(stored) == sorted([document.key, document.preview_packs.get().key])


def test_a_page_that_can_not_be_drawn_says_so_and_the_others_are_shown(keep, monkeypatch):
    document = keep(make.pdf(3))
    run = limited.run

    def die_on_page_two(program, job, **how):
        last = 1 if job["first"] == 1 else job["last"]
        if job["first"] == 2:
            raise limited.ChildFailed("killed", [{"begun": 2}])
        reports = run(program, {**job, "last": last}, **how)
        if job["first"] == 1:
            raise limited.ChildFailed("killed", [*reports, {"begun": 2}])
        return reports

    monkeypatch.setattr(limited, "run", die_on_page_two)
    first, second, third = thumbnails(document, 1, 3)
    assert second == no_preview()
    assert len({first, second, third}) == 3


def test_a_file_that_kills_every_process_is_given_up(keep, monkeypatch):
    document = keep(make.pdf(50))
    tries = []

    def die(_program, job, **_how):
        tries.append(job["first"])
        raise limited.ChildFailed("killed", [{"begun": job["first"]}])

    monkeypatch.setattr(limited, "run", die)
    assert thumbnail(document, 50) == no_preview()
    assert tries == [1, 2, 3]


def test_slow_pages_hold_few_and_the_others_are_told(keep, monkeypatch):
    """A file of half a megabyte can hold whoever looks for a minute; nine looks held the whole process."""
    document = keep(make.pdf())
    monkeypatch.setattr(previews, "PATIENCE", 0.01)
    for _place in range(3):
        assert previews.PLACES.acquire(blocking=False)
    try:
        told = thumbnail(document, 1)
        assert not document.preview_packs.exists()
    finally:
        previews.PLACES.release(3)
    assert told == previews._no_preview(previews.PLANS[PreviewPack.Size.THUMBNAIL], "Busy: open this again")
    assert thumbnail(document, 1) != told


def test_what_is_there_is_shown_however_busy_it_is(keep, monkeypatch):
    document = keep(make.pdf())
    shown = thumbnail(document, 1)
    monkeypatch.setattr(previews, "PLACES", threading.BoundedSemaphore(1))
    previews.PLACES.acquire()
    assert thumbnail(document, 1) == shown

import io

import pikepdf
import pypdfium2
import pytest
from django.core.files.storage import default_storage
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from documents import assemble as assembling
from documents import limited
from documents.assemble import AssemblyFailed, Part, assemble
from documents.models import Document, Use
from tests.documents import make
from tests.documents.test_pictures import corners


def join(*parts, stamp="Request 4820-1173-94", **how):
    return assemble(parts, stamp=stamp, **how)


def texts(document):
    pdf = pypdfium2.PdfDocument(document.read())
    return [page.get_textpage().get_text_bounded() for page in pdf]


def drawn(content, number=1, scale=1):
    """A page as gray pixels."""
    return pypdfium2.PdfDocument(content)[number - 1].render(scale=scale).to_pil().convert("L")


def opened(document):
    return pikepdf.open(io.BytesIO(document.read()))


def test_the_chosen_pages_are_joined_in_order(keep):
    one, two = keep(make.pdf(3)), keep(make.pdf(2))
    said = texts(join((two, 2), (one, 3), (one, 1)))
    assert [text.split("\r\n")[0] for text in said] == ["This is page 2", "This is page 3", "This is page 1"]


def test_each_page_is_stamped(keep):
    said = texts(join(*[(keep(make.pdf(3)), number) for number in (1, 2, 3)]))
    assert [text.split("\r\n")[-1] for text in said] == [
        f"Request 4820-1173-94 · page {number} of 3" for number in (1, 2, 3)
    ]


def test_the_cover_comes_first_and_is_neither_stamped_nor_counted(keep):
    release = join((keep(make.pdf(1)), 1), cover_pdf=make.pdf(2))
    assert release.page_count == 3
    assert ["page 1 of 1" in text for text in texts(release)] == [False, False, True]


def test_the_result_is_kept_as_our_own(keep, rosa):
    release = join((keep(make.pdf(1)), 1), name="records 4820.pdf", by=rosa)
    assert (release.use, release.name, release.uploaded_by) == (
        Use.GENERATED,
        "records 4820.pdf",
        rosa.person,
    )


def test_a_page_may_come_twice(keep):
    document = keep(make.pdf(2))
    assert join((document, 1), (document, 1), (document, 2)).page_count == 3


@pytest.mark.parametrize("own", [0, 90, 180, 270])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_stamp_stands_below_what_was_there_and_hides_nothing(keep, own, turned):
    document = keep(make.pdf(size=(600, 780), rotate=own))
    before = drawn(make.pdf(size=(600, 780), rotate=(own + turned) % 360))
    after = drawn(join(Part(document, 1, turned)).read())
    assert after.size == (before.width, before.height + 16)
    above = after.crop((0, 0, *before.size))
    assert _difference(above, before) < 1
    assert min(after.crop((0, before.height, *after.size)).getextrema()) < 128


def _difference(one, other):
    """The mean difference of two gray pictures, 0 to 255; rounding of edges makes a little."""
    from PIL import ImageChops, ImageStat

    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]


@pytest.mark.parametrize("size", [(20, 20), (72, 400), (3000, 100), (14_000, 14_000)])
def test_the_stamp_is_readable_on_pages_of_any_size(keep, size):
    release = join((keep(make.pdf(size=size)), 1))
    page = pypdfium2.PdfDocument(release.read())[0]
    letters = page.get_textpage()
    last = letters.count_chars() - 1
    _left, bottom, right, top = letters.get_charbox(last)
    assert right < page.get_width()
    assert (top - bottom) / page.get_width() > 0.005
    assert texts(release)[0].endswith("page 1 of 1")


def test_a_page_that_shows_a_part_of_itself_shows_no_more(keep):
    def crop(made):
        made.pages[0].CropBox = Array([60, 400, 400, 600])
        made.pages[0].Contents = made.make_stream(b"0 g 0 0 612 390 re f")

    release = join((keep(make.pdf(change=crop)), 1))
    assert drawn(release.read()).crop((0, 0, 340, 200)).getextrema() == (255, 255)
    assert drawn(release.read()).size == (340, 216)


def test_unbalanced_drawing_does_not_move_the_stamp(keep):
    def unbalance(made):
        made.pages[0].Contents = made.make_stream(b"Q Q q q 0.1 0 0 0.1 300 300 cm")

    assert texts(join((keep(make.pdf(change=unbalance)), 1)))[0].endswith("page 1 of 1")


def test_scripts_attachments_and_metadata_are_left_behind(keep):
    release = join((keep(make.pdf(2, change=make.with_script)), 1))
    with opened(release) as pdf:
        plain = io.BytesIO()
        pdf.save(
            plain,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    for trace in (b"JavaScript", b"OpenAction", b"attached", b"Launch", b"Nobody Should Know", b"/AA"):
        assert trace not in plain.getvalue()


def test_what_was_filled_in_stays_visible_and_is_no_field(keep):
    release = join((keep(make.pdf(change=make.with_filled_field)), 1))
    with opened(release) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Annots" not in pdf.pages[0]
    red = pypdfium2.PdfDocument(release.read())[0].render(scale=1).to_pil().getpixel((150, 792 - 110))
    assert red[0] > 200
    assert red[1] < 60


def test_pages_left_out_leave_nothing_of_theirs(keep):
    """Scanners list every image with every page; only what the chosen page draws may go along."""

    def share(made):
        images = Dictionary()
        for number in (1, 2):
            images[f"/I{number}"] = made.make_stream(
                b"secret of page %d" % number,
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=4,
                Height=4,
                ColorSpace=Name.DeviceGray,
                BitsPerComponent=8,
            )
        resources = made.make_indirect(Dictionary(XObject=images))
        for number, page in enumerate(made.pages, 1):
            page.Resources = resources
            page.Contents = made.make_stream(b"q 99 0 0 99 9 9 cm /I%d Do Q" % number)

    with opened(join((keep(make.pdf(2, change=share)), 1))) as pdf:
        kept = b"".join(bytes(o.read_bytes()) for o in pdf.objects if isinstance(o, pikepdf.Stream))
    assert b"secret of page 1" in kept
    assert b"secret of page 2" not in kept


def test_a_layer_that_is_switched_off_stays_unseen(keep):
    def hide(made):
        layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("internal")))
        made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        made.pages[0].Resources.Properties = Dictionary(L=layer)
        made.pages[0].Contents = made.make_stream(b"/OC /L BDC 0 g 0 0 612 792 re f EMC")

    release = join((keep(make.pdf(change=hide)), 1))
    assert drawn(release.read()).crop((0, 0, 612, 790)).getextrema() == (255, 255)


def test_an_encrypted_source_goes_out_open(keep):
    locked = make.pdf(2, encryption=pikepdf.Encryption(owner="owner", user=""))
    with opened(join((keep(locked), 2))) as pdf:
        assert not pdf.is_encrypted


def test_a_broken_page_goes_out_as_it_looks(keep):
    def spoil(made):
        made.pages[0].Contents = Array([Dictionary(), 5, made.pages[0].Contents])
        made.pages[0].MediaBox = Array([0, 0, 0, 0])

    assert join((keep(make.pdf(2, change=spoil)), 1)).page_count == 1


@pytest.mark.parametrize(("size", "paper"), [((300, 400), (612, 808)), ((400, 300), (792, 628))])
def test_a_picture_becomes_a_letter_page(keep, size, paper):
    release = join((keep(make.picture("PNG", size), "a.png"), 1))
    assert pypdfium2.PdfDocument(release.read())[0].get_size() == paper


def test_a_scan_keeps_its_size_on_paper(keep):
    release = join((keep(make.picture("PNG", (425, 550), dpi=(200, 200)), "a.png"), 1))
    dark = drawn(release.read()).point(lambda value: 255 * (value < 128)).crop((0, 0, 612, 792)).getbbox()
    assert 36 <= dark[2] - dark[0] <= 40  # a quarter of 425 pixels, at 200 to the inch, in points


@pytest.mark.parametrize(
    ("orientation", "corner"), [(1, "top left"), (3, "bottom right"), (6, "top right"), (8, "bottom left")]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_stands_upright(keep, kind, orientation, corner):
    exif = Image.Exif()
    exif[0x0112] = orientation
    size = (660, 510)
    release = join((keep(make.picture(kind, size, exif=exif), "photo"), 1))
    page = drawn(release.read())
    file = io.BytesIO()
    page.crop((0, 0, page.width, page.height - 16)).save(file, "PNG")
    assert corners(file.getvalue()) == {corner}


def test_a_photo_does_not_say_where_it_was_taken(keep):
    exif = Image.Exif()
    exif[0x010E] = "at home, 33.7490 N"
    photo = make.picture("JPEG", exif=exif)
    assert b"at home" in photo
    assert b"at home" not in join((keep(photo, "photo.jpg"), 1)).read()


def test_a_fax_page_is_carried_over_in_black_and_white(keep):
    release = join(*[(keep(make.tiff(3), "fax.tif"), number) for number in (1, 2, 3)])
    assert release.page_count == 3
    with opened(release) as pdf:
        assert {
            o.BitsPerComponent for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/Width" in o
        } == {1}


def test_the_original_is_untouched(keep):
    content = make.pdf(change=make.with_filled_field)
    document = keep(content)
    join((document, 1))
    assert document.read() == content


@pytest.mark.parametrize("part", [(0,), (3,), (-1,), (1, 45)])
def test_a_page_that_is_not_there_is_not_left_out_silently(keep, part):
    with pytest.raises(AssemblyFailed):
        join((keep(make.pdf(2)), *part))


def test_nothing_is_no_release(db):
    with pytest.raises(AssemblyFailed):
        join()


def test_a_result_that_lacks_a_page_is_not_kept(keep, monkeypatch):
    document = keep(make.pdf(2))
    monkeypatch.setattr(limited, "run", lambda *_job, **_how: [{"pages": 1, "all": 1}])
    with pytest.raises(AssemblyFailed, match="2 pages were to be joined; the result has 1"):
        join((document, 1), (document, 2))
    assert Document.objects.count() == 1


def test_an_assembly_that_is_stopped_leaves_nothing(keep, monkeypatch):
    document = keep(make.pdf())
    monkeypatch.setattr(assembling, "LIMITS", limited.Limits(wall=0))
    with pytest.raises(AssemblyFailed):
        join((document, 1))
    stored = [
        name for folder in default_storage.listdir("")[0] for name in default_storage.listdir(folder)[1]
    ]
    assert stored == [document.key]

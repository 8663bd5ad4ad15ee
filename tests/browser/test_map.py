"""The map of the results by mouse, touch and keyboard, and by links alone; the list goes along."""

import pytest
from django.urls import reverse

from requests_app.models import Batch
from tests import cast, stage
from tests.looking import complaints, overflows, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACES = [
    ("Hilo Eye Clinic", "Hilo", "HI", "96720"),
    ("Anchorage Clinic", "Anchorage", "AK", "99501"),
    ("San Juan Clinic", "San Juan", "PR", "00901"),
    ("Seattle Clinic", "Seattle", "WA", "98101"),
    ("Dalton Clinic", "Dalton", "GA", "30720"),
    ("Dalton Imaging", "Dalton", "GA", "30720"),
    ("Boston Clinic", "Boston", "MA", "02108"),
]


@pytest.fixture
def step(rosa, custodian, practice):
    for name, city, state, zip_code in PLACES:
        cast.custodian(practice, name=name, city=city, state=state, zip_code=zip_code)
    batch = Batch.objects.create(
        organization=rosa.organization, owner=rosa.person, patient=stage.patient(rosa.organization)
    )
    return reverse("wizard_providers", args=[batch.pk])


@pytest.fixture
def opened(chromium, live_server, client, rosa, step):
    """`opened()` is the page of the search, by somebody's hands or (`script=False`) by links alone."""
    contexts = []

    def at(query="", *, width=1440, **options):
        client.force_login(rosa.person)
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, **options
        )
        contexts.append(context)
        value = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and page.errors.append(said.text))
        page.goto(step + query)
        return page

    yield at
    for context in contexts:
        context.close()


def window(page):
    """(x, y, width) of what is looked at."""
    return tuple(float(part) for part in page.locator("#map-view").get_attribute("data-window").split(","))


def middle(page):
    """The middle of the map on the screen."""
    box = page.locator("#map-view").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def wait_for_list(page, text):
    page.locator("#found [role=status]").get_by_text(text).wait_for()


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_it_can_be_read_by_everybody(opened, width):
    page = opened(width=width)
    page.locator(".mark").first.wait_for()
    picture(page, "map")
    assert overflows(page) == []
    assert complaints(page) == []
    assert page.errors == []


def test_dragged(opened):
    page = opened("?at=3200,6850,1500")
    wait_for_list(page, "1 of 8")
    x, y = middle(page)
    before = window(page)
    page.mouse.move(x - 60, y + 60)
    page.mouse.down()
    page.mouse.move(x + 120, y + 60, steps=5)
    page.mouse.up()
    after = window(page)
    assert after[0] < before[0]
    assert after[2] == before[2]
    wait_for_list(page, "0 of 8")
    assert page.errors == []


def test_the_wheel_keeps_what_is_under_the_pointer(opened):
    page = opened("?at=5000,3750,5000")
    box = page.locator("#map-view").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    before = window(page)
    page.mouse.wheel(0, -100)
    page.wait_for_function("!document.getElementById('map-view').dataset.window.endsWith(',5000')")
    after = window(page)
    assert after[2] < before[2]
    assert after[0] + after[2] / 4 == pytest.approx(before[0] + before[2] / 4, abs=10)  # less than a pixel


def test_by_keyboard(opened):
    page = opened()
    page.get_by_role("link", name="Zoom in").focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    assert window(page) == (3000, 3750, 5000)
    wait_for_list(page, "of 8 are in this part of the map")
    assert window(page) == (3000, 3750, 5000)
    page.keyboard.press("-")
    assert window(page)[2] == 10_000
    assert page.errors == []


def test_by_two_fingers(opened):
    page = opened(width=390, has_touch=True, is_mobile=True)
    x, y = middle(page)
    touch = page.context.new_cdp_session(page)

    def fingers(kind, *apart):
        points = [{"x": x + off, "y": y, "id": at} for at, off in enumerate(apart)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    before = window(page)
    fingers("touchStart", -30, 30)
    for off in (40, 60, 80):
        fingers("touchMove", -off, off)
    fingers("touchEnd")
    after = window(page)
    assert after[2] < before[2] / 2
    assert after[0] == pytest.approx(before[0], abs=after[2] / 10)
    wait_for_list(page, "of 8 are in this part of the map")


def test_a_finger_can_hit_every_mark(opened):
    page = opened(width=320, has_touch=True, is_mobile=True)
    sizes = page.locator(".mark__reach").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().width)"
    )
    assert min(sizes) >= 43.5
    ways = page.locator(".map__way").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(ways) >= 44


def test_a_mark_picks_its_row(opened):
    page = opened()
    page.get_by_role("link", name="Hilo Eye Clinic, Hilo, HI").click()
    page.locator(".result--picked strong").get_by_text("Hilo Eye Clinic").wait_for()
    page.locator(".result--picked:focus").wait_for()
    assert page.locator(".mark--picked").count() == 1
    assert page.errors == []


def test_a_row_lights_up_its_mark_and_picks_it(opened):
    page = opened()
    row = page.locator(".result", has_text="Seattle Clinic")
    row.hover()
    assert page.locator(".mark.is-near").get_attribute("aria-label") == "Seattle Clinic, Seattle, WA"
    row.get_by_role("link", name="On the map").click()
    page.locator(".mark--picked:focus").wait_for()


def test_as_one_types_the_map_follows(opened):
    page = opened()
    before = window(page)
    page.get_by_label("Facility or physician").press_sequentially("hilo")
    page.locator(".mark").nth(1).wait_for(state="detached")
    assert page.locator(".mark").get_attribute("aria-label") == "Hilo Eye Clinic, Hilo, HI"
    assert window(page)[2] < before[2]
    assert page.evaluate("document.activeElement.name") == "name"


def test_a_state_is_chosen_on_the_map_and_let_go(opened):
    page = opened()
    page.locator("[data-state=TX] use").click()
    page.locator(".is-asked").wait_for()
    assert page.get_by_label("State").input_value() == "TX"
    page.locator("[data-state=TX] use").click()
    page.locator(".is-asked").wait_for(state="detached")
    assert page.get_by_label("State").input_value() == ""


def test_several_open_until_the_list_names_them(opened):
    page = opened("?state=GA")
    page.get_by_role("link", name="2 around Dalton, GA").click()
    wait_for_list(page, "2 of 3 are in this part of the map")
    page.get_by_role("link", name="Show all").click()
    wait_for_list(page, "3 found")


@pytest.mark.parametrize("width", [1440, 390])
def test_by_links_alone(opened, width):
    page = opened("?state=GA", width=width, java_script_enabled=False)
    page.get_by_role("link", name="2 around Dalton, GA").click()
    assert "2 of 3 are in this part of the map" in page.locator("#found").inner_text()
    page.get_by_role("link", name="Zoom out").click()
    page.get_by_role("link", name="Left").click()
    page.get_by_role("link", name="Show all").click()
    assert "3 found" in page.locator("#found").inner_text()
    page.get_by_role("link", name="Lakeside Family Medicine, Macon, GA").click()
    assert page.locator(".result--picked strong").inner_text() == "Lakeside Family Medicine"
    picture(page, "map-links")

"""Makes the pictures of the docs: a page of the report that `make demo` wrote, and the best pages of the admin."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image
from PIL.Image import Dither
from playwright.sync_api import Browser, Page, sync_playwright

from consortium import clock
from consortium.models import Database, Gathering
from consortium.services.consortia import find_consortium
from consortium.services.editing import save_record
from consortium.services.policy import operator
from tests.browser.conftest import ARGUMENTS, served, with_example
from tests.browser.serving import AS
from tools import chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"

#: the page of the report that shows most: two languages, a state that changed, a text that is missing
PAGE = 27

#: pixels a point: sharp enough to read, small enough to keep
SCALE = 1.4

#: colours of the page of the report: enough for letters and signs, few enough to keep
COLOURS = 96

#: when the changes are made that the history tells; no picture shows the day on which it was taken
BEGUN = datetime(2026, 6, 15, 12, tzinfo=UTC)

#: the gathering that two people change
GATHERING = "samling-2026-2"

#: something done on a page that was opened
Deed = Callable[[Page, Database], None]


@dataclass(frozen=True)
class Shot:
    """A page of the admin as the docs show it, in Bokmål.

    :ivar who: a role, or the key of a person
    :ivar scale: pixels of the picture to one of the page
    """

    path: str
    who: str = "staff"
    width: int = 1280
    height: int = 860
    scale: float = 1
    deed: Deed | None = None


def write_status(page: Page, _database: Database) -> None:
    """Choose a state, and begin to write."""
    page.locator("[name=state][value=on_track]").check()
    page.locator("#summary").fill(
        "Alle 40 deltakere har en felles plan. Malen tas i bruk i begge kommunene fra høsten."
    )
    page.evaluate("scrollTo(0, 0)")


def write_second(page: Page, database: Database) -> None:
    """Send a form that somebody else has changed since it was opened."""
    topic = "Over halvveis: Hva viser følgeforskningen, og hvem fører arbeidet videre?"
    change(database, "Sivert Stabekk", 30, {"topic.nb": topic, "place": "Folkets hus, store sal"})
    page.locator("[name='topic.nb']").fill("Hva har vi lært hittil, og hva fører vi videre?")
    page.locator("main .actions button").first.click()
    page.locator("fieldset.rival").evaluate("each => scrollTo(0, each.getBoundingClientRect().top + scrollY - 60)")


def tell_history(page: Page, database: Database) -> None:
    """Let the host write the topic anew, and somebody translate it."""
    change(database, "Ylva Granstig", 60, {"topic.sv": "Vad visar följeforskningen, och vem för arbetet vidare?"})
    change(database, "Sivert Stabekk", 75, {"topic.nb": "Hva viser følgeforskningen, og hvem fører arbeidet videre?"})
    page.reload()


#: in this order; a status that is begun is a draft, which the other pages would tell
SHOTS = {
    "overview": Shot("/sub-projects/"),
    "report-page": Shot("/reports/"),
    "conflict": Shot(f"/gatherings/edit/?id={GATHERING}", deed=write_second),
    "history": Shot(f"/gatherings/history/?id={GATHERING}", deed=tell_history),
    "report-status": Shot("/status/DP-01/?status=new", "ragnhild-vindhei", 390, 1000, 1.6, write_status),
}


def main() -> None:
    """Make all pictures."""
    document = pypdfium2.PdfDocument(ROOT / "out/status-summary.pdf")
    page = document[PAGE - 1].render(scale=SCALE).to_pil()
    keep("status-summary", page.quantize(COLOURS, dither=Dither.NONE))
    with TemporaryDirectory() as folder, opened() as browser:
        database = with_example(Path(folder), ROOT / "out/example.xlsx")
        with served(database) as site:
            for name, shot in SHOTS.items():
                keep(name, take(browser, site, database, shot))
        database.engine.dispose()


def keep(name: str, picture: Image.Image) -> None:
    """Keep a picture."""
    picture.save(PICTURES / f"{name}.png", optimize=True)


def take(browser: Browser, site: str, database: Database, shot: Shot) -> Image.Image:
    """Open a page, do what is to be done there, and take a picture of it."""
    size = {"width": shot.width, "height": shot.height}
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]  # a width and a height
        locale="nb-NO",
        base_url=site,
        device_scale_factor=shot.scale,
        color_scheme="light",
    )
    context.add_cookies([{"name": AS, "value": shot.who, "url": site}])
    page = context.new_page()
    page.goto(shot.path)
    if shot.deed:
        shot.deed(page, database)
    page.evaluate("document.fonts.ready")
    taken = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    context.close()
    return taken


@contextmanager
def opened() -> Iterator[Browser]:
    """Open a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.present(), args=ARGUMENTS)
        yield browser
        browser.close()


def change(database: Database, who: str, minutes: int, said: dict[str, str]) -> None:
    """Let somebody change the gathering, so many minutes after the example was imported."""
    me = operator(who)
    with clock.stopped_at(BEGUN + timedelta(minutes=minutes)), database.write() as session:
        home = find_consortium(session, me, None)
        save_record(session, me, home=home, kind=Gathering, key=GATHERING, said=said)


if __name__ == "__main__":
    main()

"""Makes the pictures of the docs from the reports that `make demo` wrote."""

from pathlib import Path

import pypdfium2
from PIL.Image import Dither

ROOT = Path(__file__).resolve().parent.parent

#: the page that shows most: two languages, a state that changed, a text that is missing
PAGE = 13

#: pixels a point: sharp enough to read, small enough to keep
SCALE = 1.4


def main() -> None:
    """Draw one page of the status summary."""
    document = pypdfium2.PdfDocument(ROOT / "out/status-summary.pdf")
    picture = document[PAGE - 1].render(scale=SCALE).to_pil()
    picture.quantize(96, dither=Dither.NONE).save(ROOT / "docs/pictures/status-summary.png", optimize=True)


if __name__ == "__main__":
    main()

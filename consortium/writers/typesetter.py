"""Sets data with Typst, as a program of its own: ``python -I typesetter.py FOLDER/report.typ <data.json >report.pdf``.

Typst keeps what the last ten documents took and gives none of it back, which a server cannot afford. The folder holds
the template and the fonts. ``report.typ`` gives a PDF, ``charts.typ`` a PNG for each page, as lines in base64. Exit code
2: Typst refused the data; the reason is on standard error.
"""

import re
import sys
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typst import Compiler, PDFStandard, TypstError

#: accessible (PDF/UA-1) and fit for archives (PDF/A-2a) at once
STANDARDS: "list[PDFStandard]" = ["ua-1", "a-2a"]

#: the template of pictures, and how fine these are
PICTURES, PIXELS_PER_INCH = "charts.typ", 216

#: stands for a sign that no font has: to leave a gap unmarked would be worse, and PDF/UA forbids it
UNKNOWN = "□"

REFUSED = 2

_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(data: str, template: Path) -> bytes:
    """Set ``data`` by ``template``; a sign that no font has is shown as such.

    :raises TypstError: if Typst refuses the data
    """
    from typst import TypstError

    try:
        return _compile(data, template)
    except TypstError as fault:
        if not (missing := signs_without_glyph(fault)):
            raise
        return _compile(data.translate(dict.fromkeys(map(ord, missing), UNKNOWN)), template)


def _compile(data: str, template: Path) -> bytes:
    from typst import Compiler

    compiler = Compiler(template, template.parent, [template.parent], True, {"document": data})
    if template.name == PICTURES:
        return _pictures(compiler)
    # asked for, so that they are not printed; what matters stops the compiler
    pdf, _warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS)
    return cast("bytes", pdf)  # pages in a list are for pictures


def _pictures(compiler: "Compiler") -> bytes:
    pages, _warnings = compiler.compile_with_warnings(format="png", ppi=PIXELS_PER_INCH)
    pages = pages if isinstance(pages, list) else [cast("bytes", pages)]
    return b"\n".join(map(b64encode, pages))


def signs_without_glyph(fault: "TypstError") -> set[str]:
    """Find the signs that no font has, as Typst names them."""
    named = "".join(_NO_GLYPH.findall(fault.diagnostic))
    plain = _CODE.sub(lambda code: chr(int(code[1], 16)), named)
    return {sign for sign in plain if not sign.isascii() or not sign.isprintable()} - {UNKNOWN}


def main() -> int:
    """Read the data, write what it was set to, and tell by the exit code how it went."""
    from typst import TypstError

    try:
        done = typeset(sys.stdin.buffer.read().decode("utf-8"), Path(sys.argv[1]))
    except TypstError as fault:
        sys.stderr.buffer.write(fault.message.encode("utf-8"))
        return REFUSED
    sys.stdout.buffer.write(done)
    return 0


if __name__ == "__main__":
    sys.exit(main())

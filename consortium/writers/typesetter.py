"""Sets a document with Typst, as a program of its own: ``python -I typesetter.py FOLDER <data.json >document.pdf``.

Typst keeps what the last ten documents took and gives none of it back, which a server cannot afford. FOLDER holds the
template, ``report.typ``, and the fonts. Exit code 2: Typst refused the document; the reason is on standard error.
"""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typst import PDFStandard, TypstError

#: accessible (PDF/UA-1) and fit for archives (PDF/A-2a) at once
STANDARDS: "list[PDFStandard]" = ["ua-1", "a-2a"]

#: stands for a sign that no font has: to leave a gap unmarked would be worse, and PDF/UA forbids it
UNKNOWN = "□"

REFUSED = 2

_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(data: str, folder: Path) -> bytes:
    """Set ``data`` by the template in ``folder``; a sign that no font has is shown as such.

    :raises TypstError: if Typst refuses the document
    """
    from typst import TypstError

    try:
        return _compile(data, folder)
    except TypstError as fault:
        if not (missing := signs_without_glyph(fault)):
            raise
        return _compile(data.translate(dict.fromkeys(map(ord, missing), UNKNOWN)), folder)


def _compile(data: str, folder: Path) -> bytes:
    from typst import Compiler

    compiler = Compiler(folder / "report.typ", folder, [folder], True, {"document": data})
    # asked for, so that they are not printed; what matters stops the compiler
    pdf, _warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS)
    return cast("bytes", pdf)  # pages in a list are for pictures


def signs_without_glyph(fault: "TypstError") -> set[str]:
    """Find the signs that no font has, as Typst names them."""
    named = "".join(_NO_GLYPH.findall(fault.diagnostic))
    plain = _CODE.sub(lambda code: chr(int(code[1], 16)), named)
    return {sign for sign in plain if not sign.isascii() or not sign.isprintable()} - {UNKNOWN}


def main() -> int:
    """Read the data, write the PDF, and tell by the exit code how it went."""
    from typst import TypstError

    try:
        pdf = typeset(sys.stdin.buffer.read().decode("utf-8"), Path(sys.argv[1]))
    except TypstError as fault:
        sys.stderr.buffer.write(fault.message.encode("utf-8"))
        return REFUSED
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())

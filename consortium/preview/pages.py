"""The pages of a preview: a frame with the report in it, and what went wrong with a few lines around it."""

from html import escape
from pathlib import Path

from consortium.i18n.message import _
from consortium.preview.render import Failure

#: lines that are shown before and after the one that failed
AROUND = 4


def frame_page(title: str, language: str) -> bytes:
    """Make the page that shows the report and loads it anew."""
    waiting = escape(_("The report is loaded anew when you save.").say(language))
    updated = escape(_("Loaded anew.").say(language))
    lost = escape(_("The preview has ended. Start it again with “consortium plugin preview”.").say(language))
    name = escape(title)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{name}</title>\n<link rel="icon" href="data:,">\n<link rel="stylesheet" href="preview.css">\n'
        '<script type="module" src="preview.js"></script>\n</head>\n<body>\n'
        f'<header><h1>{name}</h1><p role="status" data-updated="{updated}" data-lost="{lost}">{waiting}</p></header>\n'
        f'<iframe src="report" title="{name}"></iframe>\n</body>\n</html>\n'
    ).encode()


def failed_page(failure: Failure, language: str) -> bytes:
    """Make the page that says what went wrong, and where."""
    title = escape(_("The report cannot be shown").say(language))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{title}</title>\n<link rel="stylesheet" href="preview.css">\n</head>\n<body class="failed">\n<main>\n'
        f'<h1>{title}</h1>\n<p class="fault" lang="en">{escape(failure.words)}</p>\n{_where(failure, language)}</main>\n</body>\n</html>\n'
    ).encode()


def _where(failure: Failure, language: str) -> str:
    if not failure.file:
        told = _("It is in no line of yours: look at what you return, and at what stands in pyproject.toml.")
        return f"<p>{escape(told.say(language))}</p>\n"
    told = _("{file}, line {line}").fill(file=failure.file, line=failure.line)
    return f"<h2>{escape(told.say(language))}</h2>\n<pre><code>{_lines(failure)}</code></pre>\n"


def _lines(failure: Failure) -> str:
    """Show a few lines around the one that failed, which is marked."""
    try:
        lines = Path(failure.file).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    first = max(failure.line - AROUND, 1)
    shown = enumerate(lines[first - 1 : failure.line + AROUND], start=first)
    return "\n".join(
        f"<mark>{number:>4} → {escape(line)}</mark>" if number == failure.line else f"{number:>4}   {escape(line)}"
        for number, line in shown
    )

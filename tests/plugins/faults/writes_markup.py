"""Writes what formats could take for their own: markup, formulas, templates, places."""

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    for words in ("<script>alert(1)</script>", "=HYPERLINK(0)", "{{ 7 * 7 }}", "{day}", "%(day)s", "#eval(1)"):
        yield said(telling, words)


consortium_report_variants = brings(fault)

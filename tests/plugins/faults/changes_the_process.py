"""Changes what a whole process shares: folder, mask, locale, zone, warnings, chance."""

import locale
import os
import random
import time
import warnings

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    os.chdir("/")
    os.umask(0)
    locale.setlocale(locale.LC_ALL, "C")
    os.environ["TZ"] = "Asia/Tokyo"
    time.tzset()
    warnings.simplefilter("error")
    random.seed(1)
    yield said(telling, "Changed.")


consortium_report_variants = brings(fault)

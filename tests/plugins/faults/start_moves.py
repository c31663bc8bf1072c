"""Changes the working directory when it is imported."""

import os

os.chdir("/")

"""Print the path of a Chromium that works, and install one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# the same engine without windows: the pages are the same, and open in less time
PACKAGE = "chromium-headless-shell"
NAMED = os.environ.get("CONSORTIUM_CHROMIUM")
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
HOME = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "consortium" / "chromium"
ROOT = HOME / "root"
WRAPPER = HOME / "chromium"
# Debian's Chromium draws no letter without a font, and recommends rather than needs one
FONTS = ("fontconfig-config", "fonts-dejavu-core", "fonts-liberation")
LIBRARIES = ("lib/*-linux-gnu*", "usr/lib/*-linux-gnu*", "usr/lib/*-linux-gnu*/pulseaudio")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")

SCRIPT = """#!/bin/sh
# written by tools/chromium.py
root='{root}'
export LD_LIBRARY_PATH="{libraries}"
export FONTCONFIG_FILE='{fonts}'
exec "$root/usr/lib/chromium/chromium-headless-shell" "$@"
"""

FONTS_FILE = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <cachedir>{root}/var/cache/fontconfig</cachedir>
  <include ignore_missing="yes">{root}/etc/fonts/conf.d</include>
</fontconfig>
"""

# a browser without fonts starts, and draws words of no width
PAGE = "data:text/html,<b>words</b><script>document.title=document.querySelector('b').offsetWidth>9?'seen':''</script>"


def present() -> str | None:
    """Return the Chromium that was named, is on the path or was unpacked before, if it works."""
    candidates = [NAMED] if NAMED else [*(shutil.which(name) for name in NAMES), str(WRAPPER)]
    return next((path for path in candidates if path and works(path)), None)


def works(path: str) -> bool:
    """Tell whether the browser at ``path`` starts and shows words."""
    command = [path, *FLAGS, "--dump-dom", PAGE]
    try:
        page = subprocess.run(command, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return page.returncode == 0 and b"<title>seen</title>" in page.stdout


def install() -> str | None:
    """Install Debian's Chromium: into the system as root, else into the user's cache."""
    print(f"Installing {PACKAGE} ...", file=sys.stderr)
    try:
        if os.geteuid() == 0:
            install_in_system()
        else:
            unpack_in_cache()
    except (OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
    return present()


def install_in_system() -> None:
    """Install the package as the administrator would."""
    run("apt-get", "-qq", "update")
    run("apt-get", "-qq", "install", "--no-install-recommends", PACKAGE, *FONTS)


def unpack_in_cache() -> None:
    """Unpack the package and all it needs without root, beside a script that starts it."""
    shutil.rmtree(HOME, ignore_errors=True)
    archives = download()
    ROOT.mkdir(parents=True)
    for archive in archives:
        run("dpkg", "-x", str(archive), str(ROOT))
    link_font_rules()
    write_wrapper()
    shutil.rmtree(HOME / "apt")


def download() -> list[Path]:
    """Fetch the package and all it needs, with apt directories of our own and an empty list of what is installed."""
    apt = HOME / "apt"
    for folder in ("lists/partial", "archives/partial"):
        (apt / folder).mkdir(parents=True)
    (apt / "status").touch()
    options = {
        "Dir::State": apt,
        "Dir::State::Lists": apt / "lists",
        "Dir::State::Status": apt / "status",
        "Dir::Cache": apt,
        "Dir::Cache::Archives": apt / "archives",
        "Debug::NoLocking": "true",
    }
    flags = [part for key, value in options.items() for part in ("-o", f"{key}={value}")]
    run("apt-get", *flags, "-qq", "update")
    run("apt-get", *flags, "-qq", "install", "--no-install-recommends", "--download-only", PACKAGE, *FONTS)
    # the system's own loader goes with the system's own C library only
    return sorted(archive for archive in (apt / "archives").glob("*.deb") if not archive.name.startswith("libc6_"))


def link_font_rules() -> None:
    """Turn the links to font rules, made for an installed package, to the unpacked files."""
    for link in (ROOT / "etc/fonts/conf.d").iterdir():
        if link.is_symlink() and link.readlink().is_absolute():
            target = ROOT / link.readlink().relative_to("/")
            link.unlink()
            link.symlink_to(target)


def write_wrapper() -> None:
    """Write the script that lets the browser find its libraries and fonts."""
    fonts = HOME / "fonts.conf"
    fonts.write_text(FONTS_FILE.format(root=ROOT), encoding="utf-8")
    libraries = ":".join(str(folder) for pattern in LIBRARIES for folder in ROOT.glob(pattern))
    WRAPPER.write_text(SCRIPT.format(root=ROOT, libraries=libraries, fonts=fonts), encoding="utf-8")
    WRAPPER.chmod(0o755)


def run(*command: str) -> None:
    """Run ``command`` with its output kept off ours; raise if it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=True, env=environment, stdout=sys.stderr)


def main() -> None:
    """Print the path, or say in one line what to install."""
    path = present() or (None if NAMED else install())
    if path is None:
        sys.exit(f"No Chromium works here: install the package {PACKAGE!r}, or name one in CONSORTIUM_CHROMIUM.")
    print(path)


if __name__ == "__main__":
    main()

"""Build the site: ``python docs/site.py site`` writes the chapter on the small digits.

``--all`` adds what GitHub Pages shows as well: the chapter on MNIST (fetched once, 15 MB) and the
API reference (``python -m pip install -e '.[docs]'``). Open ``site/index.html`` in a browser.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from scratch.chapter import figures
from scratch.chapter.compute import compute
from scratch.chapter.output import PAGE
from scratch.chapter.page import page

HERE = Path(__file__).parent
MNIST, REFERENCE = f"mnist/{PAGE}", f"reference/{PAGE}"


def build(folder, *, everything=False, compute=compute):
    """Write the site into a folder; return the files written."""
    beside = ((MNIST, "The same on MNIST"), (REFERENCE, "API reference")) if everything else ()
    written = [write_chapter(folder / PAGE, compute("digits"), beside)]
    if everything:
        back = ((f"../{PAGE}", "On the small digits"), (f"../{REFERENCE}", "API reference"))
        written.append(write_chapter(folder / MNIST, compute("mnist"), back))
        written.append(write_reference(folder / REFERENCE))
    return written


def write_chapter(file, lesson, links):
    """Write a lesson's page, and return where."""
    file.parent.mkdir(parents=True, exist_ok=True)
    stills = figures.stills(figures.draw(lesson))
    file.write_text(page(lesson, stills, links), encoding="utf-8")
    return file


def write_reference(file):
    """Build the API reference, and return where it begins."""
    shutil.rmtree(file.parent, ignore_errors=True)
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-E", str(HERE / "reference")]
    subprocess.run([*sphinx, str(file.parent)], check=True)
    return file


def main():
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="with MNIST and the API reference")
    options = parser.parse_args()
    for file in build(options.folder, everything=options.all):
        print(file)


if __name__ == "__main__":
    main()

"""Everything that is checked, one session each: `nox` runs all, `nox -s lint wheel` some.

`nox -l` lists them. A Python that is not on this machine is skipped, and nox says so.
"""

import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False

PROJECT = nox.project.load_toml("pyproject.toml")["project"]
PYTEST = PROJECT["optional-dependencies"]["test"][0]


def lower_bounds(requirements):
    """Turn ``numpy>=2.0`` into ``numpy==2.0``, and so on: the oldest that pyproject allows."""
    return [requirement.replace(">=", "==") for requirement in requirements]


@nox.session
def lint(session):
    """Check the code by ruff's rules, and the types."""
    session.install("-e", ".[dev]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("python", "-m", "mypy.stubtest", "scratch.textbook")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session):
    """Run the tests with the newest versions: ``nox -s tests-3.12 -- -x tests/metrics``."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "pytest", *session.posargs)


def install_oldest(session, *requirements):
    """Install the oldest versions that these requirements allow, and the package without others."""
    # an old scikit-learn does not find what a newer one has cached: the tests on MNIST skip
    session.env["SCIKIT_LEARN_DATA"] = session.create_tmp()
    session.install(*lower_bounds(requirements))
    session.install("--no-deps", "-e", ".")


# Old scikit-learn and matplotlib call newer libraries by names that these have renamed since.
QUIET = ["-W", "ignore::DeprecationWarning"]
SLOW = [
    *("--ignore=tests/benchmarks", "--ignore-glob=*/chapter/test_page*.py"),
    *("--ignore=tests/chapter/test_for_everyone.py", "--ignore=tests/chapter/test_site.py"),
]
NO_MNIST = ["--ignore-glob=*_mnist.py"]


@nox.session
def oldest(session):
    """Run the package and its tests with the oldest versions that it asks for.

    What is compared with a newer scikit-learn is skipped: see `oldest_judge`.
    """
    install_oldest(session, *PROJECT["dependencies"], PYTEST)
    session.run("python", "-m", "scratch", "--out", str(Path(session.create_tmp()) / "chapter"))
    session.run("python", "-m", "pytest", *QUIET, *(session.posargs or SLOW + NO_MNIST))


@nox.session
def oldest_judge(session):
    """Run what is compared with scikit-learn, with the oldest one that the tests ask for."""
    numpy, matplotlib, _ = PROJECT["dependencies"]
    install_oldest(session, numpy, matplotlib, *PROJECT["optional-dependencies"]["test"])
    where = session.posargs or SLOW + NO_MNIST
    session.run("python", "-m", "pytest", "--judged", *QUIET, *where)


@nox.session
def tools(session):
    """Run what is tried with data frames, skops and mlflow, which other sessions skip."""
    session.install("-e", ".[test,tools]")
    session.run("python", "-m", "pytest", *(session.posargs or ["tests/like_sklearn"]))


@nox.session
def scale(session):
    """Run what is tried with Dask: training on many workers, and the code of docs/scale.md."""
    session.install("-e", ".[test,scale]")
    where = [
        "tests/test_scale.py",
        "tests/test_scale_page.py",
        "tests/linear_model/test_estimator.py",
    ]
    session.run("python", "-m", "pytest", *(session.posargs or [*where, "-k", "scale or dask"]))


@nox.session
def coverage(session):
    """Run the tests, and fail if they leave out more than 2 % of the lines and branches."""
    session.install("-e", ".[test]", "coverage>=7.10")
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *session.posargs)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def docs(session):
    """Build the reference from the docstrings, into docs/_build: a warning is an error."""
    session.install("-e", ".[docs]")
    out = "docs/_build"
    session.run("sphinx-build", "-W", "--keep-going", "-q", "-E", "docs/reference", out)
    session.log(f"open {Path(out, 'index.html').resolve()}")


@nox.session
def wheel(session):
    """Run what a person gets who has no clone: the wheel, away from the checkout."""
    dist = Path(session.create_tmp()).resolve() / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    session.env["PYTHONPATH"] = ""
    session.install("build", "twine")
    session.run("python", "-m", "build", "--outdir", str(dist))
    session.run("python", "-m", "twine", "check", "--strict", *map(str, dist.iterdir()))
    session.install("--force-reinstall", *map(str, dist.glob("*.whl")))
    with session.chdir(dist):
        session.run("python", "-m", "scratch", "--out", "chapter")
        session.run("scratch", "--help", silent=True)
        session.run("python", "-m", "scratch", "exercises", "mine.py")
        session.run("python", "-m", "scratch", "check", "mine.py", success_codes=[1])  # not written
        copy = "import scratch.textbook, shutil; shutil.copy(scratch.textbook.__file__, 'book.py')"
        session.run("python", "-c", copy)
        session.run("python", "-m", "scratch", "check", "--all", "book.py")
    if not (dist / "chapter" / "index.html").exists():
        session.error("the page was not written")

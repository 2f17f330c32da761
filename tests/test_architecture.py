"""The layers of the house: who imports whom, read from the imports of every file."""

import ast
import functools
import graphlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("scratch/**/*.py"), *ROOT.glob("benchmarks/**/*.py")])

# Each room, from the ground up, and the rooms that it may import.
MAY_IMPORT = {
    "scratch.textbook": set(),
    "scratch.like_sklearn.native": set(),  # the leaf of its room that exceptions stand on
    "scratch.like_sklearn.scorers": set(),
    "scratch.exceptions": {"like_sklearn.native"},
    "scratch.typing": set(),  # names for annotations: every room may import it
    "scratch.validation": {"exceptions"},
    "scratch.losses": {"exceptions", "validation"},
    "scratch.solvers": {"exceptions", "validation", "losses"},
    "scratch.metrics": {
        *("exceptions", "validation", "losses", "metrics.displays", "like_sklearn.scorers"),
    },
    "scratch.metrics.displays": {
        *("exceptions", "validation", "losses", "metrics", "like_sklearn.native"),
    },
    "scratch.margin_losses": {"losses"},
    "scratch.like_sklearn": {"exceptions", "solvers", "like_sklearn.native"},
    "scratch.linear_model": {
        *("exceptions", "validation", "losses", "margin_losses", "solvers"),
        *("like_sklearn", "like_sklearn.native"),
    },
    "scratch.scale": {"validation", "linear_model"},
    "scratch.datasets": {"exceptions"},
    "scratch.command_line": set(),  # what every command line of the package needs
    "scratch.exercises": {"textbook", "command_line"},
    "scratch.chapter": {
        *("textbook", "losses", "metrics", "linear_model", "solvers", "datasets"),
        *("exercises", "command_line"),
    },
    "scratch.__main__": {"chapter", "exercises", "command_line"},
    "scratch": set(),
    "benchmarks": {
        *("textbook", "exceptions", "validation", "losses", "solvers", "metrics"),
        *("linear_model", "scale", "datasets", "command_line"),
    },
}
# What a room's files may import when they are loaded, beside the standard library and NumPy.
ON_LOADING = {
    "scratch.chapter": {"sklearn", "matplotlib"},
    # SciPy and threadpoolctl come with sklearn; each peer has a file, loaded where it is installed
    "benchmarks": {
        *("sklearn", "scipy", "matplotlib", "threadpoolctl"),
        *("torch", "jax", "mlxtend", "dask", "dask_ml", "distributed"),
    },
}
# Where scikit-learn may be named at all, be it in a function: look-alikes, its data, its judges.
KNOW_SKLEARN = {
    *("scratch.like_sklearn", "scratch.like_sklearn.native", "scratch.like_sklearn.scorers"),
    "scratch.datasets",
    *("scratch.exercises", "scratch.chapter", "benchmarks"),
}


def module_of(path):
    """Return the dotted name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module):
    """Return the room that a module lies in, one of `MAY_IMPORT`."""
    found = [room for room in MAY_IMPORT if f"{module}.".startswith(f"{room}.")]
    room = max(found, key=len)
    assert room != "scratch" or module == "scratch", f"{module} is in no room of the design"
    return room


MODULES = {module_of(path): path for path in FILES}


tree_of = functools.cache(lambda path: ast.parse(path.read_text(encoding="utf-8")))


@functools.cache
def imports_of(path, *, on_loading=False):
    """Return the modules that a file imports; `on_loading`: without those in functions."""
    tree = tree_of(path)
    nodes = list(ast.iter_child_nodes(tree)) if on_loading else ast.walk(tree)
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports name their room in full"
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                found.add(inner if inner in MODULES else node.module)
    return frozenset(found)


@pytest.mark.parametrize("module", MODULES)
def test_a_room_imports_only_rooms_below_it(module):
    room = room_of(module)
    allowed = {room, "scratch", "scratch.typing", *(f"scratch.{name}" for name in MAY_IMPORT[room])}
    ours = {name for name in imports_of(MODULES[module]) if name in MODULES}
    assert {room_of(name) for name in ours} <= allowed


@pytest.mark.parametrize("module", MODULES)
def test_a_file_loads_numpy_alone_unless_its_room_may_load_more(module):
    loaded = {name.split(".")[0] for name in imports_of(MODULES[module], on_loading=True)}
    ours = {"scratch", "benchmarks", "numpy"} | ON_LOADING.get(room_of(module), set())
    assert loaded - set(sys.stdlib_module_names) <= ours


@pytest.mark.parametrize("module", MODULES)
def test_scikit_learns_types_are_looked_up_in_one_room(module):
    if room_of(module) not in KNOW_SKLEARN:
        assert not [name for name in imports_of(MODULES[module]) if name.startswith("sklearn")]
        assert "sys.modules" not in MODULES[module].read_text(encoding="utf-8")


def test_the_textbook_imports_numpy_and_nothing_else():
    assert imports_of(ROOT / "scratch/textbook.py") == {"numpy"}


def test_imports_run_in_no_circle():
    graph = {module: imports_of(path) & set(MODULES) - {module} for module, path in MODULES.items()}
    list(graphlib.TopologicalSorter(graph).static_order())  # raises CycleError


@pytest.mark.parametrize("path", sorted(ROOT.glob("tests/**/*.py")), ids=lambda p: p.stem)
def test_no_test_imports_another_test(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"^\s*(from|import) [\w.]*\btest_", text, re.MULTILINE)
    assert not re.search(r"^\s*from tests\S* import [^(\n]*(\([^)]*)?\btest_", text, re.MULTILINE)


def test_the_design_names_every_room():
    """Each folder and file at the top of scratch/ is a room of the table above."""
    for path in (ROOT / "scratch").iterdir():
        if path.suffix == ".py" or (path / "__init__.py").exists():
            room_of(module_of(path / "__init__.py" if path.is_dir() else path))

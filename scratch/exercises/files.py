"""A learner's file, notebook or module, loaded; what goes wrong is told with their own lines."""

import ast
import builtins
import contextlib
import importlib
import importlib.util
import json
import linecache
import sys
import traceback
import types
from pathlib import Path

FORBIDDEN = ("scratch", "sklearn", "scipy")


class LoadError(Exception):
    """A file or module can't be imported; the message is the traceback, shortened to it."""


def load_file(path):
    """Import a file by its path, as `python FILE` finds its neighbours: their folder comes first.

    Raises
    ------
    LoadError
        If there is no such file, or it raises an error.
    """
    path = Path(path).resolve()
    if not path.is_file():
        raise LoadError(f"there is no file {path.name} in {path.parent}")
    if path.suffix not in (".py", ".ipynb"):
        raise LoadError(f"{path.name} is no Python file: its name does not end in .py")
    module = types.ModuleType(f"_exercises_in_{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    _run(lambda: _execute(path, module), path.parent)
    return module


def _execute(path, module):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        exec(compile(text, str(path), "exec"), vars(module))
        return
    definitions = ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign
    for number, source in enumerate(cells(text), start=1):
        name = f"{path.name}, cell {number}"
        linecache.cache[name] = len(source), None, source.splitlines(keepends=True), name
        for node in ast.parse(source, name).body:
            if isinstance(node, definitions):
                code = compile(ast.Module([node], []), name, "exec")
                ignored = Exception if isinstance(node, ast.Assign) else ()
                with contextlib.suppress(ignored):  # a result of what is not run here
                    exec(code, vars(module))


def cells(text):
    """The code of a notebook's cells, without IPython's magic."""
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "code":
            lines = "".join(cell["source"]).splitlines()
            yield "\n".join("" if line.lstrip()[:1] in ("%", "!") else line for line in lines)


def load_object(name):
    """Import what ``module:name`` names, from the current folder or what is installed.

    Raises
    ------
    LoadError
        If there is no such module or name, or the module raises an error.
    """
    module, separator, attribute = name.rpartition(":")
    if not separator or not attribute or not module:
        raise LoadError(f"{name!r} is not of the form module:Class")
    if module.endswith((".py", ".ipynb")):
        loaded = load_file(module)
    else:
        loaded = _run(lambda: importlib.import_module(module), Path.cwd())
    if not hasattr(loaded, attribute):
        raise LoadError(f"{module} has no {attribute}")
    return getattr(loaded, attribute)


def forbid_imports(folder):
    """Let imports of what has the solutions fail in files of a folder."""
    real, ours = builtins.__import__, Path(__file__).parent

    def checked(name, scope=None, *rest):
        file = str((scope or {}).get("__file__", ""))
        theirs = file.startswith(str(folder)) and not file.startswith(str(ours))
        if theirs and name.partition(".")[0] in FORBIDDEN:
            raise ImportError(
                f"an exercise is written with NumPy alone, without {name.partition('.')[0]}"
                " (--allow-imports lets it in)"
            )
        return real(name, scope, *rest)

    builtins.__import__ = checked


def _run(load, folder):
    sys.path.insert(0, str(folder))
    try:
        return load()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: a file that ends the process
        raise LoadError(_told(error, folder)) from None


def _told(error, folder):
    told = traceback.TracebackException.from_exception(error)
    own = [
        frame
        for frame in told.stack
        if Path(frame.filename).is_relative_to(folder) or ", cell " in frame.filename
    ]
    lines = traceback.StackSummary.from_list(own).format() if own else []
    start = ["Traceback (most recent call last):\n"] if own else []
    return "".join([*start, *lines, *told.format_exception_only()]).rstrip()

"""How the reference is built: ``nox -s docs``."""

import scratch

project = "scratch"
author = "the scratch maintainers"
copyright = f"2026, {author}"
version = release = scratch.__version__

extensions = ["sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
exclude_patterns = ["_build"]
default_role = "literal"  # `name` in a docstring is code
nitpicky = False  # names of types such as "array_like" are words, not links

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings say more: shapes, ranges, defaults
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False

html_theme = "alabaster"
html_theme_options = {"description": "recognise handwritten digits", "page_width": "60rem"}

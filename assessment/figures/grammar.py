"""Altair without the wait for a grammar that it never uses.

Altair imports jsonschema, and jsonschema, where JupyterLab is installed, compiles at once the grammars with which it
could tell an IRI from other text: three seconds of every start, of a command as of a notebook. No chart holds an
IRI to be checked. The grammars are therefore read when somebody first asks for one, with the same answer.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

NAME = "rfc3987_syntax"


class DeferredGrammar(ModuleType):
    """Stand for the package of grammars until something of it is used."""

    def __init__(self, spec):
        super().__init__(spec.name)
        self.__spec__, self.__path__ = spec, spec.submodule_search_locations

    def is_valid_syntax(self, *arguments, **options):
        """Ask the grammars themselves; jsonschema takes this function when it is imported."""
        return real_grammar().is_valid_syntax(*arguments, **options)

    def __getattr__(self, name):
        return getattr(real_grammar(), name)


def defer_grammar():
    """Have the grammars read when they are first used; nothing to do where they are loaded already or absent."""
    if NAME not in sys.modules and (spec := find_spec(NAME)) is not None:
        sys.modules[NAME] = DeferredGrammar(spec)


def real_grammar() -> ModuleType:
    """Read the grammars, in place of what stands for them."""
    if isinstance(sys.modules.get(NAME), DeferredGrammar):
        del sys.modules[NAME]
    return import_module(NAME)

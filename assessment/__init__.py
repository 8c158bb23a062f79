"""Apprenance: assess and grow the learning maturity of an organisation.

The house, from the ground up (imports point down only):

- ``faults``: what is wrong with an input, as data
- ``texts``: the words of the interface, in French and English
- ``statistics``: plain psychometrics; ``documents``: the pen
- ``framework``: what is assessed
- ``responses``: who answered what
- ``scoring``: from responses to released scores; ``systems``: the map of actors and of what acts on what
- ``example``: the fictional commune Valclair
- ``workspace``: one durable file for one organisation
- ``figures``: released tables in, charts out
- ``report``, ``widgets``: what people hold and what they see
- ``apps``: one function a tool notebook
- ``cli``: the command ``apprenance``

Names are loaded when they are first used: importing the package costs nothing.

Examples
--------
>>> import assessment
>>> framework = assessment.load_framework("collectivite-apprenante")
>>> len(framework.dimensions)
13
"""

__version__ = "0.1.0"

HOMES = {
    "load_framework": "framework",
    "load_responses": "responses",
    "check_responses": "responses",
    "load_units": "responses",
    "tally": "scoring",
    "score_dimensions": "scoring",
    "score_groups": "scoring",
    "score_tension": "scoring",
    "release": "scoring",
    "compare_groups": "scoring",
    "compare_roles": "scoring",
    "compare_with_rest": "scoring",
    "compare_several": "scoring",
    "compare_waves": "scoring",
    "compare_benchmark": "scoring",
    "score_reliable_change": "scoring",
    "score_certainty": "scoring",
    "analyse_map": "systems",
    "load_map": "systems",
    "check_map": "systems",
    "load_example": "example",
    "open_workspace": "workspace",
    "plot_profile": "figures",
    "plot_tension": "figures",
    "plot_groups": "figures",
}

__all__ = sorted([*HOMES, "apps"])


def __getattr__(name: str):
    from importlib import import_module  # here, for importing the package costs nothing

    if name == "apps":
        return import_module("assessment.apps")
    if name in HOMES:
        return getattr(import_module(f"assessment.{HOMES[name]}"), name)
    raise AttributeError(f"module 'assessment' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]

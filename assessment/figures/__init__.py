"""Released tables in, charts out; each chart with its text alternative and its table.

Charts name styles, never colours (`theme`). Nothing is computed here: what is drawn stands in the released rows.
"""

from importlib import import_module

from assessment.figures.grammar import defer_grammar

defer_grammar()

HOUSE = {
    "confidentiality": ("describe_confidentiality",),
    "profile": ("plot_profile", "title_profile", "describe_profile", "table_profile"),
    "tension": ("plot_tension", "title_tension", "describe_tension", "table_tension"),
    "groups": ("plot_groups", "title_groups", "describe_groups", "table_groups"),
    "item_labels": ("item_parts",),
    "participation": ("participation_parts",),
    "quality": ("quality_parts", "describe_quality", "table_quality"),
    "comparisons": ("describe_comparisons", "table_comparisons"),
    "compared": ("comparison_parts",),
    "changes": ("describe_change", "table_change"),
    "agenda": ("agenda_parts",),
    "answers": ("plot_answers", "title_answers", "describe_answers", "table_answers"),
    "chapters": ("chapter_parts",),
    "choices": ("describe_choices", "table_choices", "describe_role_choices", "table_role_choices"),
    "context": ("describe_tension_context",),
    "framing": ("mandate_parts", "readiness_part"),
    "visible": ("merger_part",),
    "mandate": ("mandate_page",),
    "map_on_paper": ("map_page",),
    "outcomes": ("describe_outcome_weights", "table_outcome_weights"),
    "matrix": ("plot_priorities", "title_priorities", "describe_unplaced"),
    "priorities": ("describe_priorities", "table_priorities"),
    "shared_vision": ("describe_shared_vision", "table_shared_vision"),
    "headlines": ("headline", "source_note"),
    "radar": ("plot_radar", "title_radar", "describe_radar", "table_radar"),
    "roles": ("plot_roles", "title_roles", "describe_roles", "table_roles"),
    "ties": ("describe_dimension_ties", "table_dimension_ties"),
    "loop_list": ("map_loops",),
    "map_differences": ("map_difference",),
    "map_layers": ("map_layer",),
    "map_measures": ("map_measure", "measure_offers"),
    "map_readings": ("map_reading", "reading_offers"),
    "map_scenarios": ("map_scenario",),
    "waves": ("plot_waves", "title_waves", "describe_waves", "table_waves"),
    "elsewhere": ("elsewhere_part", "plot_benchmark", "title_benchmark"),
    "group_level": ("group_level_part", "plot_group_level"),
    "texts_shown": ("texts_parts",),
    "voices": ("describe_plurality", "table_plurality"),
}

__all__ = [name for names in HOUSE.values() for name in names]


def __getattr__(name: str):
    """Import a figure when it is first asked for: altair takes a third of a second, words do not need it."""
    for module, names in HOUSE.items():
        if name in names:
            return getattr(import_module(f"assessment.figures.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

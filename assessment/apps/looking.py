"""What a person looks at in a diagnostic: a chapter, a wave, a unit, a role; only what was released can be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.apps.campaign import Campaign
from assessment.figures.rows import group_name
from assessment.texts import LANGUAGES, word

ALL = ""
"""Every unit, every role."""


@dataclass(frozen=True)
class Choice:
    """What a person looks at.

    Parameters
    ----------
    language, chapter, wave
        The page's language, the chapter that is open, and the wave it tells of.
    unit, role
        The group that is looked at; `ALL` for everybody.
    dimension
        Whose items are looked at.
    """

    language: str
    chapter: str
    wave: str
    unit: str = ALL
    role: str = ALL
    dimension: str = ""

    @property
    def cell(self) -> dict[str, str]:
        """The unit and role as far as they are chosen, in the order in which the lattice crosses them."""
        return {name: value for name, value in (("unit", self.unit), ("role", self.role)) if value}


def valid_choice(
    campaign: Campaign, asked: Mapping[str, str], chapters: Sequence[str], filters: Sequence[str]
) -> tuple[Choice, bool]:
    """Keep of what is asked what the campaign shows.

    Parameters
    ----------
    campaign
        What was released.
    asked
        ``language, chapter`` and values of filters.
    chapters
        The chapters there are.
    filters
        Those of the chapter: what is chosen in others is left alone.

    Returns
    -------
    tuple
        The choice, and whether a group had to be let go because it is not shown.

    Examples
    --------
    >>> from assessment.apps.profile import example_campaign
    >>> asked = {"language": "en", "chapter": "profile", "wave": "1999", "unit": "nobody"}
    >>> choice, moved = valid_choice(example_campaign(), asked, ["profile"], ["wave", "unit", "role"])
    >>> choice.wave, choice.unit, moved
    ('2026', '', True)
    """
    wave = asked.get("wave")
    chosen = Choice(
        asked.get("language", LANGUAGES[0]),
        asked["chapter"] if asked.get("chapter") in chapters else chapters[0],
        wave if wave in campaign.waves else campaign.waves[-1],
        *((asked.get(column) or ALL) if column in filters else ALL for column in ("unit", "role")),
        dimension=valid_dimension(campaign, asked.get("dimension", "")),
    )
    if not chosen.cell or campaign.is_shown(chosen.wave, **chosen.cell):
        return chosen, False
    return replace(chosen, unit=ALL, role=ALL), True


def valid_dimension(campaign: Campaign, asked: str) -> str:
    """Give the dimension that is asked for, or the first."""
    known = [one.id for one in campaign.framework.dimensions]
    return asked if asked in known else known[0]


def filters_block(campaign: Campaign, chosen: Choice, names: Sequence[str]) -> dict:
    """Offer the filters of a chapter; what shows nothing beside what is chosen cannot be picked, and says why.

    Parameters
    ----------
    campaign
        What was released.
    chosen
        What is looked at.
    names
        The filters: ``wave``, ``unit``, ``role``, ``dimension``.
    """
    offered = [OPTIONS[name](campaign, chosen, name) for name in names]
    items = [
        {
            "id": name,
            "label": word(f"diagnostic.{name}", chosen.language),
            "value": getattr(chosen, name),
            "options": options,
        }
        for name, options in zip(names, offered, strict=True)
        if options
    ]
    return {"kind": "filters", "id": "choose", "label": word("diagnostic.filters", chosen.language), "items": items}


def wave_options(campaign: Campaign, chosen: Choice, name: str) -> list[dict]:
    """Offer the waves."""
    one = word("diagnostic.one_wave", chosen.language)
    return [{"value": wave, "label": wave or one} for wave in campaign.waves]


def group_options(campaign: Campaign, chosen: Choice, column: str) -> list[dict]:
    """Offer the groups of a column, and everybody; nothing where it has none."""
    hidden = word("figures.reason_confidential", chosen.language, min_group=campaign.settings.min_group)
    options = []
    for group in campaign.groups(chosen.wave, column)["group"].dropna().unique():
        cell = {"unit": chosen.unit, "role": chosen.role, column: group}
        shown = campaign.is_shown(chosen.wave, **{one: value for one, value in cell.items() if value})
        label = group_name(column, group, campaign.framework, campaign.unit_names, chosen.language)
        options.append({"value": group, "label": label, "disabled": not shown, "note": None if shown else hidden})
    everybody = {"value": ALL, "label": word(f"diagnostic.every_{column}", chosen.language)}
    return [everybody, *options] if options else []


def dimension_options(campaign: Campaign, chosen: Choice, name: str) -> list[dict]:
    """Offer the dimensions."""
    return [{"value": one.id, "label": one.name[chosen.language]} for one in campaign.framework.dimensions]


OPTIONS = {"wave": wave_options, "unit": group_options, "role": group_options, "dimension": dimension_options}
"""What each filter offers."""

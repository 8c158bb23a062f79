"""What somebody has read of the example's texts before others see them: nearly all; one question is left to try on."""

from collections.abc import Mapping
from typing import Any

from assessment.example.loading import load_example
from assessment.practices.texts_read import KEPT_BACK, SHOWN, choose, key_of, new_reading

LEFT = ("2026", "verbatim_event")
"""The wave and the question nobody has read yet: whoever opens the example can try how it is done."""

REWORDED = {
    "Une demi-journée passée à l'urbanisme pour comprendre les dossiers, maintenant je sais quoi demander aux gens.": (
        "Une demi-journée passée [dans un autre service] pour comprendre les dossiers, maintenant je sais quoi "
        "demander aux gens."
    ),
    "Appeler le syndicat des eaux avant chaque réfection, dès le chantier de la rue qui suit.": (
        "Appeler [un partenaire] avant chaque réfection, dès le chantier de la rue qui suit."
    ),
}
"""Texts that would let somebody be recognised, and the words they are shown in."""

NOT_SHOWN = ("Je passe mes journées à chercher des remplacements, le projet de service attend depuis un an.",)
"""Texts that no words in brackets would hide the author of."""


def example_reading() -> Mapping[str, Any]:
    """Give the reading of the example's texts, as a person of the mandate group would have left it.

    Returns
    -------
    Mapping
        A reading of `assessment.practices.texts_read`.

    Notes
    -----
    **Missing answers**: empty texts are none; the texts of `LEFT` are still to be read.

    Examples
    --------
    >>> sorted({one["choice"] for one in example_reading()["choices"]})
    ['kept_back', 'shown']
    """
    reading = new_reading()
    for row in load_example().verbatims.to_dict("records"):
        wave, question, text = row["wave"], row["question"], row["text"]
        if text and (wave, question) != LEFT:
            choice = KEPT_BACK if text in NOT_SHOWN else SHOWN
            reading = choose(reading, key_of(wave, question, text), choice, REWORDED.get(text))
    return reading

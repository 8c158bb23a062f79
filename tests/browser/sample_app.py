"""A small app around `ChartPage`, as a notebook has one: pages made of altair charts, answered in callbacks.

Copied beside the sample notebooks, whose only line is `show(...)`. It scores nothing: its numbers are invented.
"""

import hashlib
import time

import altair as alt
import pandas as pd
from IPython.display import display

from assessment.widgets import ChartPage

DIMENSIONS = {
    "fr": [
        "Apprentissage continu",
        "Dialogue et questionnement",
        "Collaboration et apprentissage en équipe",
        "Systèmes de partage des connaissances",
        "Vision commune et pouvoir d'agir des agents",
        "Lien avec l'environnement, les usagers et les partenaires",
        "Encadrement qui soutient l'apprentissage",
    ],
    "en": [
        "Continuous learning",
        "Dialogue and inquiry",
        "Collaboration and team learning",
        "Systems to capture and share learning",
        "Shared vision and empowerment of staff",
        "Connection with the environment, users and partners",
        "Leadership that supports learning",
    ],
}
REALITY = [52.1, 47.8, 58.3, 38.9, 44.2, 55.0, 49.6]
VISION = [71.4, 73.9, 76.2, 74.8, 69.7, 72.3, 77.1]
WORDS = {
    "fr": {
        "title": "Profil d'apprentissage",
        "subtitle": "Où en est la commune de Valmont-sur-Loire, vu par 214 agents et élus, et où elle veut aller.",
        "badge": "Commune fictive",
        "wave": "Vague",
        "unit": "Service",
        "role": "Fonction",
        "all": "Toute la commune",
        "roles": "Toutes",
        "upload": "Ouvrir votre fichier",
        "hint": "Excel ou CSV, 50 Mo au plus. Vos données restent sur cette machine.",
        "example": "Revenir à l'exemple",
        "few": "moins de 10 personnes",
        "reality": "Réalité",
        "vision": "Vision",
        "dimension": "Dimension",
        "score": "Score (0 à 100)",
        "gap": "Écart",
        "caption": "Score par dimension, de 0 à 100",
    },
    "en": {
        "title": "Learning profile",
        "subtitle": "Where the commune of Valmont-sur-Loire stands, as seen by 214 staff and councillors.",
        "badge": "Fictitious commune",
        "wave": "Wave",
        "unit": "Department",
        "role": "Role",
        "all": "The whole commune",
        "roles": "All",
        "upload": "Open your file",
        "hint": "Excel or CSV, 50 MB at most. Your data stay on this machine.",
        "example": "Back to the example",
        "few": "fewer than 10 people",
        "reality": "Reality",
        "vision": "Vision",
        "dimension": "Dimension",
        "score": "Score (0 to 100)",
        "gap": "Gap",
        "caption": "Score by dimension, 0 to 100",
    },
}
LONG_UNIT = "Direction générale adjointe des solidarités et de la petite enfance"
ANSWERS = {
    "fr": [
        "Pas du tout d'accord",
        "Plutôt pas d'accord",
        "Ni d'accord ni pas d'accord",
        "Plutôt d'accord",
        "Tout à fait d'accord",
    ],
    "en": ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"],
}


def number(value, language):
    """Write a score with one decimal."""
    return f"{value:.1f}".replace(".", "," if language == "fr" else ".")


def profile_chart(language, shift):
    words = WORDS[language]
    table = pd.DataFrame(
        {"dimension": DIMENSIONS[language], "reality": [x + shift for x in REALITY], "vision": VISION}
    ).assign(low=lambda t: t.reality - 4, high=lambda t: t.reality + 4)
    y = alt.Y("dimension:N", sort=None, title=None)
    axis = alt.X("reality:Q", title=words["score"], scale=alt.Scale(domain=[0, 100]))
    base = alt.Chart(table).encode(y=y)
    gap = base.mark_rule(style="link").encode(x=axis, x2="vision:Q")
    interval = base.mark_rule(style="interval").encode(x="low:Q", x2="high:Q")
    long = table.melt("dimension", ["reality", "vision"], "kind", "score")
    long["kind"] = long["kind"].map(words)
    shape = alt.Shape("kind:N", title=None, scale=alt.Scale(domain=[words["reality"], words["vision"]]))
    color = alt.Color("kind:N", title=None, scale=alt.Scale(domain=[words["reality"], words["vision"]]))
    points = (
        alt.Chart(long)
        .mark_point(size=110)
        .encode(
            y=y,
            x=alt.X("score:Q"),
            shape=shape,
            color=color,
            tooltip=[alt.Tooltip("dimension:N", title=words["dimension"]), alt.Tooltip("score:Q", format=".1f")],
        )
    )
    return (gap + interval + points).properties(width="container", height={"step": 40}).to_dict()


def bars_chart(language, shift):
    words = WORDS[language]
    table = pd.DataFrame(
        {"dimension": DIMENSIONS[language], "gap": [v - r - shift for v, r in zip(VISION, REALITY, strict=True)]}
    )
    y = alt.Y("dimension:N", sort="-x", title=None)
    bars = alt.Chart(table).mark_bar().encode(y=y, x=alt.X("gap:Q", title=f"{words['vision']} − {words['reality']}"))
    labels = (
        alt.Chart(table)
        .mark_text(style="value-label", align="left", dx=6)
        .encode(y=y, x="gap:Q", text=alt.Text("gap:Q", format=".1f"))
    )
    return (bars + labels).properties(width="container").to_dict()


def answers_chart(language, shift):
    rows = [
        (dimension, answer, rank, share)
        for index, dimension in enumerate(DIMENSIONS[language])
        for rank, (answer, share) in enumerate(zip(ANSWERS[language], shares(index, shift), strict=True))
    ]
    table = pd.DataFrame(rows, columns=["dimension", "answer", "rank", "share"])
    return (
        alt.Chart(table)
        .mark_bar(cornerRadiusEnd=0)
        .encode(
            y=alt.Y("dimension:N", sort=None, title=None),
            x=alt.X("share:Q", title=None, stack="normalize", axis=alt.Axis(format="%")),
            color=alt.Color("answer:N", title=None, sort=ANSWERS[language], scale=alt.Scale(range="diverging")),
            order="rank:Q",
            tooltip=["dimension:N", "answer:N", alt.Tooltip("share:Q", format=".0%")],
        )
        .properties(width="container")
        .to_dict()
    )


def shares(index, shift):
    first = [0.08 + 0.01 * index, 0.22 - 0.01 * index, 0.24, 0.33 + shift / 100, 0.13 - shift / 100]
    return [share / sum(first) for share in first]


def waves_chart(language, shift):
    table = pd.DataFrame(
        [
            (wave, kind, value)
            for kind, values in (("reality", [41, 44.5, 49.4 + shift]), ("vision", [70, 72.1, 73.6]))
            for wave, value in zip(["2022", "2024", "2026"], values, strict=True)
        ],
        columns=["wave", "kind", "score"],
    )
    table["kind"] = table["kind"].map(WORDS[language])
    base = alt.Chart(table).encode(
        x=alt.X("wave:O", title=None),
        y=alt.Y("score:Q", title=None, scale=alt.Scale(domain=[30, 90])),
        color=alt.Color("kind:N", title=None),
        shape=alt.Shape("kind:N", title=None),
    )
    return (base.mark_line() + base.mark_point(size=90)).properties(width="container", height=240).to_dict()


def page(choice, notices=()):
    """Make the page of a choice."""
    language = choice.get("language", "fr")
    words = WORDS[language]
    first = {"wave": "2026", "unit": "all", "role": "all", "chapter": "profile"}
    chosen = first | {k: v for k, v in choice.items() if k != "language"}
    shift = {"2026": 0, "2024": -5}.get(chosen["wave"], 0) + {"all": 0}.get(chosen["unit"], 3)
    options = {
        "wave": [("2026", "2026"), ("2024", "2024"), ("2022", "2022", words["few"])],
        "unit": [("all", words["all"]), ("dga", LONG_UNIT), ("ct", "Centre technique"), ("ccas", "CCAS", words["few"])],
        "role": [("all", words["roles"]), ("agent", "Agents"), ("head", "Encadrants")],
    }
    back = {"kind": "actions", "id": "back", "items": [{"id": "example", "label": words["example"]}]}
    filters = [
        {"id": key, "label": words[key], "value": chosen[key], "options": [option(*one) for one in options[key]]}
        for key in ("wave", "unit", "role")
    ]
    chapters = [{"id": key, "label": TEXTS[language][key][0]} for key in ("profile", "gaps", "answers")]
    return {
        "language": language,
        "title": words["title"],
        "lead": words["subtitle"],
        "header": {"organisation": words["badge"], "home": {"label": "Accueil", "href": "0_accueil.ipynb"}},
        "blocks": [
            *notices,
            *([back] if notices else []),
            {"kind": "tabs", "id": "chapter", "label": "Chapitres", "value": chosen["chapter"], "items": chapters},
            {"kind": "filters", "id": "choose", "label": "Filtres", "items": filters},
            {"kind": "facts", "id": "facts", "items": facts(language, shift)},
            *passages(language, shift),
            door(words),
        ],
        "footnote": "Apprenance · DLOQ, Marsick et Watkins (2003) · " + chosen["wave"],
    }


def door(words):
    return {"kind": "upload", "id": "file", "label": words["upload"], "hint": words["hint"], "accept": ".csv,.xlsx"}


def option(value, label, note=None):
    return {"value": value, "label": label, **({"disabled": True, "note": note} if note else {})}


def facts(language, shift):
    french = language == "fr"
    told = [
        ("Répondants", "214", "sur 350 invités, soit 61\u202f%"),
        ("Maturité d'ensemble", number(49.4 + shift, language), "sur 100 · intervalle 47,1 à 51,7"),
        ("Niveau", "2 / 5", "«\u202fDes pratiques isolées\u202f»"),
        ("Écart à la vision", number(24.2 - shift, language), "points"),
    ]
    english = [
        ("Respondents", "214", "of 350 invited, 61%"),
        ("Overall maturity", number(49.4 + shift, language), "out of 100 · interval 47.1 to 51.7"),
        ("Level", "2 / 5", "“Isolated practices”"),
        ("Gap to the vision", number(24.2 - shift, language), "points"),
    ]
    return [dict(zip(("label", "value", "note"), one, strict=True)) for one in (told if french else english)]


def table(language, shift):
    words = WORDS[language]
    rows = [
        [name, number(reality + shift, language), number(vision, language), vision - reality - shift]
        for name, reality, vision in zip(DIMENSIONS[language], REALITY, VISION, strict=True)
    ]
    numeric = [{"label": words[key], "numeric": True} for key in ("reality", "vision", "gap")]
    return {
        "caption": words["caption"],
        "columns": [{"label": words["dimension"]}, *numeric],
        "rows": [*rows, ["CCAS", None, None, None]],
    }


TEXTS = {
    "fr": {
        "profile": (
            "Sept dimensions, deux regards",
            "Le partage des connaissances est la dimension la plus basse et celle où l'attente est la plus forte.",
        ),
        "gaps": ("Les écarts à combler d'abord", "Quatre écarts dépassent 25 points."),
        "answers": ("Ce que répondent les agents", "Les avis sont partagés : près d'un tiers n'est pas d'accord."),
        "profile_alt": "Réalité et vision par dimension.",
        "gaps_alt": "Écart entre vision et réalité.",
        "answers_alt": "Répartition des réponses.",
        "waves_alt": "Évolution depuis 2022.",
        "note": "Les traits fins sont des intervalles de confiance à 95\u202f%.",
    },
    "en": {
        "profile": ("Seven dimensions, two views", "Sharing knowledge scores lowest, and most is hoped for there."),
        "gaps": ("The gaps to close first", "Four gaps exceed 25 points."),
        "answers": ("What people answer", "Opinions are divided: almost a third disagree."),
        "profile_alt": "Reality and vision by dimension.",
        "gaps_alt": "Gap between vision and reality.",
        "answers_alt": "Distribution of answers.",
        "waves_alt": "Change since 2022.",
        "note": "Thin lines are 95% confidence intervals.",
    },
}


def passages(language, shift):
    texts = TEXTS[language]
    charts = {
        "profile": [(profile_chart, "profile_alt")],
        "gaps": [(bars_chart, "gaps_alt")],
        "answers": [(answers_chart, "answers_alt"), (waves_chart, "waves_alt")],
    }
    return [
        {
            "kind": "passage",
            "id": key,
            "title": texts[key][0],
            "told": texts[key][1],
            "charts": [
                {"spec": draw(language, shift), "alt": texts[alt_], "title": texts[alt_][:-1], "note": "n = 214"}
                for draw, alt_ in drawn
            ],
            "table": table(language, shift),
            "note": texts["note"] if key == "profile" else None,
        }
        for key, drawn in charts.items()
    ]


def empty_page(language="fr"):
    """Make the page of somebody who has no data yet."""
    lines = ["Ouvrez votre fichier de réponses, ou revenez à l'exemple."]
    notice = {"kind": "notice", "tone": "info", "title": "Aucune réponse à montrer", "lines": lines}
    return {**page({"language": language}), "blocks": [notice, door(WORDS[language])]}


def show(kind="page", wait=0.0):
    """Show the app; `wait` is how long, in seconds, an answer is held back so that a test can see the waiting."""
    view = ChartPage(page=empty_page() if kind == "empty" else page({}))
    choice = {}

    def answer(event):
        time.sleep(wait)
        choice.update({} if event.name else event.values)
        view.page = page(choice, [refused(event)] if event.name else ())

    view.on_event(answer)
    display(view)


def refused(event):
    """Tell of a file what came through."""
    lines = [f"{len(event.content)} octets", hashlib.sha256(event.content).hexdigest()]
    title = f"«\u202f{event.name}\u202f» n'a pas pu être lu"
    return {"kind": "notice", "id": "wrong", "tone": "problem", "title": title, "lines": lines}

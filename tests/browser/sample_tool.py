"""A small app around `ToolPage` that shows every kind of block and field; what is done is told back in a paragraph.

Copied beside the sample notebooks, whose only line is `show()`.
"""

import json
import time

from assessment.widgets.tool_page import ToolPage

UNITS = ["Voirie et propreté", "Petite enfance", "Direction générale", "Médiathèque"]
ROLES = ["Élus", "Encadrants", "Agents"]
HOSTILE = '<img src=x onerror="window.harmed = true">'


def show(screen="all"):
    """Show the page."""
    return Sample().view


class Sample:
    """The page and what was done on it."""

    def __init__(self):
        self.language, self.done, self.more, self.removed = "fr", "", 0, False
        self.view = ToolPage(page=self.page())
        self.view.on_event(self.answer)

    def answer(self, event):
        """Tell back what was done."""
        if event.action == "language":
            self.language = event.values["language"]
        elif event.action == "more":
            self.more += 1
        elif event.action in ("remove", "undo"):
            self.removed = event.action == "remove"
        elif event.action == "work":
            for done in range(4):
                self.view.tell_work("work", done, 4)
                time.sleep(0.05)
        elif event.action == "take":
            self.view.send_file("essai.csv", b"a;b\n1;2\n", "text/csv")
        size = len(event.content) if event.name else ""
        self.done = f"{event.action} {json.dumps(event.values, ensure_ascii=False)} {event.name or ''}{size}"
        self.view.page = self.page()

    def page(self):
        """Write the page."""
        say = {"fr": lambda fr, en: fr, "en": lambda fr, en: en}[self.language]
        added = [{"kind": "paragraph", "text": f"Ajout {number}"} for number in range(self.more)]
        return {
            "language": self.language,
            "title": say("Tous les blocs", "All the blocks"),
            "lead": "Une page qui montre chaque sorte de bloc.",
            "header": {
                "organisation": "Communauté de communes du Pays de Valclair",
                "campaign": "Diagnostic 2026",
                "state": {"kind": "saved", "text": "Enregistré"},
                "home": {"label": "Accueil", "href": "0_accueil.ipynb"},
            },
            "blocks": [
                {"kind": "paragraph", "id": "done", "text": self.done or "rien"},
                *added,
                *self.notices(),
                {"kind": "facts", "items": [{"label": "Agents", "value": "1 234", "note": "au 1er janvier"}]},
                self.steps(),
                self.form(say),
                self.table(say),
                self.files(),
                self.work(),
                self.faults(),
            ],
            "footnote": "Note de bas de page.",
        }

    def notices(self):
        """Say one thing in each tone."""
        tones = {"info": "À savoir", "good": "C’est fait", "warning": "Attention", "problem": "Un problème"}
        for tone, title in tones.items():
            yield {"kind": "notice", "id": tone, "tone": tone, "title": title, "lines": [f"Une ligne. {HOSTILE}"]}
        if self.removed:
            undo = [{"id": "undo", "label": "Annuler"}]
            yield {"kind": "notice", "id": "removed", "tone": "info", "title": "La ligne est retirée", "actions": undo}

    def steps(self):
        """List a journey."""
        items = [
            {"id": "a", "title": "Cadrage", "state": "done", "text": "Qui participe.", "actions": [link("Revoir")]},
            {"id": "b", "title": "Questionnaire", "state": "next", "actions": [link("Ouvrir")]},
            {"id": "c", "title": "Diagnostic", "state": "later", "note": "Demande des réponses."},
        ]
        return {"kind": "steps", "label": "Parcours", "items": items}

    def form(self, say):
        """Ask with every kind of field."""
        options = [{"value": one.lower(), "label": one} for one in ROLES]
        rows = [{"id": str(index), "label": one} for index, one in enumerate(UNITS)]
        columns = [{"id": str(index), "label": one} for index, one in enumerate(ROLES)]
        values = [[1, 2, 12], [0, 1, 8], [None, 3, 2], [None, 1, 4]]
        fields = [
            {"kind": "text", "id": "name", "label": say("Nom", "Name"), "required": True, "hint": "En toutes lettres."},
            {"kind": "long_text", "id": "aim", "label": say("But", "Aim")},
            {"kind": "whole", "id": "people", "label": say("Personnes", "People"), "min": 0, "max": 5000, "value": 12},
            {"kind": "decimal", "id": "hours", "label": say("Heures", "Hours"), "value": 1.5},
            {"kind": "date", "id": "start", "label": say("Début", "Start"), "value": "2026-03-02"},
            {"kind": "choice", "id": "way", "label": say("Façon", "Way"), "options": options, "value": "agents"},
            {"kind": "menu", "id": "unit", "label": say("Service", "Unit"), "options": options},
            {"kind": "choices", "id": "roles", "label": say("Rôles", "Roles"), "options": options, "value": ["élus"]},
            {"kind": "yes_no", "id": "again", "label": say("Déjà fait", "Done before")},
            {
                "kind": "grid",
                "id": "staff",
                "label": say("Effectifs", "Headcounts"),
                "rows": rows,
                "columns": columns,
                "corner": say("Service", "Unit"),
                "value": values,
            },
        ]
        return {
            "kind": "section",
            "title": say("Le formulaire", "The form"),
            "text": "Une phrase qui dit à quoi il sert.",
            "blocks": [
                {
                    "kind": "form",
                    "id": "frame",
                    "fields": fields,
                    "submit": {"id": "save", "label": say("Enregistrer", "Save")},
                    "actions": [{"id": "draft", "label": say("Garder pour plus tard", "Keep for later")}],
                }
            ],
        }

    def table(self, say):
        """Show a table that can be read in another order."""
        columns = [{"label": say("Service", "Unit")}, {"label": "Agents", "numeric": True}, {"label": HOSTILE}]
        rows = [["Voirie", 12, "a"], ["Accueil", 3, None], ["Écoles", 41, "b"]]
        table = {"kind": "table", "caption": "Services", "sortable": True, "columns": columns, "rows": rows}
        fold = {"kind": "details", "label": "Comment c’est compté", "blocks": [{"kind": "paragraph", "text": "Ainsi."}]}
        items = [{"id": "more", "label": "Ajouter"}, {"id": "remove", "label": "Retirer", "values": {"row": 2}}]
        blocks = [table, fold, {"kind": "actions", "items": items}]
        return {"kind": "section", "title": say("Le tableau", "The table"), "blocks": blocks}

    def files(self):
        """Take a file and give one."""
        upload = {
            "kind": "upload",
            "id": "bring",
            "label": "Choisir un fichier",
            "hint": "1 Mo au plus.",
            "accept": ".csv",
        }
        blocks = [upload | {"largest": 1024 * 1024}, {"kind": "download", "id": "take", "label": "Télécharger"}]
        return {"kind": "section", "title": "Les fichiers", "blocks": blocks}

    def work(self):
        """Show work under way."""
        bar = {"kind": "progress", "id": "work", "label": "Lecture des réponses", "done": 3, "total": 10}
        bar["cancel"] = {"id": "cancel", "label": "Arrêter"}
        begin = {"kind": "actions", "items": [{"id": "work", "label": "Travailler"}]}
        return {"kind": "section", "title": "Le travail", "blocks": [bar, begin]}

    def faults(self):
        """Say what is wrong with a file."""
        item = {"where": "réponses.csv, ligne 7, colonne st_04", "text": "6 n’est pas une réponse possible."}
        return {"kind": "faults", "title": "Ce fichier a des erreurs", "items": [item], "more": "… et 3 autres."}


def link(label):
    """Lead to a notebook beside this one."""
    return {"href": "3_diagnostic.ipynb", "label": label}

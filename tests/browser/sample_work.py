"""A small app whose work lasts until it is let go: the page answers meanwhile, the bar moves, Stop ends it."""

import threading

from assessment.apps.shell import work_block
from assessment.apps.work import Work
from assessment.widgets.tool_page import ToolPage

PATIENCE = 60


def show():
    """Show the page."""
    return Sample().view


class Sample:
    """A page beside whose work something else can be done; a step of the work is done for each press of a button."""

    def __init__(self):
        self.told, self.presses, self.steps = "rien", 0, threading.Semaphore(0)
        self.view = ToolPage(page={"language": "fr", "title": "Travail"})
        self.work = Work(self.view)
        self.view.on_event(self.answer)
        self.view.page = self.page()

    def answer(self, event):
        """Begin, go on, fail, stop, or answer beside the work."""
        if event.action in ("begin", "fail"):
            self.steps = threading.Semaphore(0)
            do = self.count if event.action == "begin" else self.stumble
            self.work.start("count", do, self.done, self.failed)
        elif event.action == "step":
            self.steps.release()
            return  # the page is not written anew: the bar moves by itself
        elif event.action == "stop":
            self.work.stop()
            self.told = "arrêté"
        else:
            self.presses += 1
        self.view.page = self.page()

    def count(self, progress):
        """Do four steps, each when it is let go."""
        for step in range(4):
            progress(step, 4)
            if not self.steps.acquire(timeout=PATIENCE):
                raise TimeoutError
        return "fini"

    def stumble(self, progress):
        """Fail as no work should."""
        raise ZeroDivisionError("secret")

    def done(self, result):
        """Tell what came of it."""
        self.told = f"{result} dans {threading.current_thread().name}"
        self.view.page = self.page()

    def failed(self, error):
        """Tell what went wrong."""
        self.told = type(error).__name__
        self.view.page = self.page()

    def page(self):
        """Write the page."""
        names = ("begin", "Commencer"), ("step", "Avancer"), ("fail", "Échouer"), ("beside", "À côté")
        blocks = [
            {"kind": "paragraph", "id": "told", "text": self.told},
            {"kind": "paragraph", "id": "beside", "text": f"{self.presses} fois"},
            {"kind": "actions", "items": [{"id": id_, "label": label} for id_, label in names]},
        ]
        if self.work.running:
            blocks.insert(0, work_block("fr", "count", "Calcul en cours", self.work.far))
        return {"language": "fr", "title": "Travail", "blocks": blocks}

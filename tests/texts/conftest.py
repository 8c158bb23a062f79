"""Whatever refusal these tests provoke is told in both languages: a sentence that misses a value fails here."""

import pytest

from assessment.faults import Faults
from assessment.texts.telling import one_line, tell


@pytest.fixture(scope="module", autouse=True)
def tell_every_refusal():
    raised = Faults.__init__

    def told(self, faults):
        raised(self, faults)
        for fault in self.faults[:100]:
            for language in ("fr", "en"):
                text = tell(fault, language)
                for place in ("row", "column", "item"):
                    assert one_line(str(fault.place.get(place, "")))[:40] in text

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Faults, "__init__", told)
        yield

"""What the tests of all writers stand on: people answer what their role is asked, and the questionnaire asks it."""

import pytest


@pytest.mark.parametrize("form", ["full", "short"])
@pytest.mark.parametrize("name", ["plain", "one", "long", "collectivite-apprenante"])
def test_a_questionnaire_asks_each_role_what_its_framework_says_and_once(asked, asked_of, name, form):
    questionnaire = asked(name, form)
    for role in ("", *(one.id for one in questionnaire.roles)):
        met = [one.column for one in questionnaire.statements() if one.roles is None or role in one.roles]
        put = asked_of(questionnaire.framework, role, form)
        assert sorted(met) == sorted(put.scales)
        beside = [one for one in questionnaire.questions if role in (questionnaire.roles_of(one) or (role,))]
        assert beside == list(put.questions)

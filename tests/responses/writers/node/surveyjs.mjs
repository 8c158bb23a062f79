// SurveyJS' own library, which every form of it runs on, without a page.
import { Model, settings } from "survey-core";

settings.animationEnabled = false;

export async function open(text) {
  const form = JSON.parse(text);
  const errors = (new Model(form).jsonErrors ?? []).map((error) => error.message);
  return { form, errors };
}

// Only what is seen can be answered: pages that are visible, and their questions.
function fill(survey, person) {
  const asked = [];
  const beside = [];
  for (const page of survey.visiblePages) {
    for (const question of page.questions.filter((one) => one.isVisibleInSurvey)) {
      const name = question.name;
      if (page.name.startsWith("page-")) {
        const code = name.split("/")[1];
        asked.push(code);
        const value = person.answers[code] ?? "";
        question.value = value === "" || value === "na" ? value || undefined : Number(value);
      } else if (page.name === "to_finish") {
        beside.push(name);
        const chosen = person.chosen[name] ?? [];
        if (question.getType() === "comment") question.value = person.texts[name] || undefined;
        else if (question.getType() === "checkbox") question.value = chosen.length ? chosen : undefined;
        else question.value = chosen[0];
      }
    }
  }
  return { asked, beside };
}

function said(survey, name, value) {
  const question = survey.getQuestionByName(name);
  if (question) question.value = value || undefined;
}

export async function answer(form, person) {
  const survey = new Model(form);
  if (person.before !== null) {
    said(survey, "role", person.before);
    fill(survey, person);
  }
  said(survey, "role", person.role);
  said(survey, "unit", person.unit);
  const { asked, beside } = fill(survey, person);
  while (!survey.isLastPage) if (!survey.nextPage()) throw new Error(`stopped on ${survey.currentPage.name}`);
  if (!survey.completeLastPage()) throw new Error("not sent");
  return { asked, beside, data: survey.data };
}

export async function texts(form, language) {
  const survey = new Model(form);
  survey.locale = language;
  const found = [["title", survey.processedTitle]];
  for (const question of survey.getAllQuestions(true)) {
    if (question.getType() === "html" || question.inputType) continue;
    found.push([question.name, question.locTitle.renderedHtml]);
    if (question.description) found.push([`${question.name}?`, question.locDescription.renderedHtml]);
    for (const one of question.choices ?? []) found.push([`${question.name}=${one.value}`, one.locText.renderedHtml]);
  }
  for (const panel of survey.getAllPanels(true)) found.push([panel.name, panel.locTitle.renderedHtml]);
  return found;
}

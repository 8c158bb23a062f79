// SurveyJS' own library, which every form of it runs on, without a page.
import { Model, settings } from "survey-core";

settings.animationEnabled = false;

export async function open(text) {
  const form = JSON.parse(text);
  const errors = (new Model(form).jsonErrors ?? []).map((error) => error.message);
  return { form, errors };
}

// Only what is seen can be answered: pages that are visible, and their questions. All answers are given at once, for no
// question but the role decides what is seen, and the library looks through the whole form after each.
function fill(survey, person) {
  const [asked, beside, given] = [[], [], {}];
  for (const page of survey.visiblePages) {
    for (const { name } of page.questions.filter((one) => one.isVisibleInSurvey)) {
      if (page.name.startsWith("page-")) {
        const code = name.split("/")[1];
        asked.push(code);
        const value = person.answers[code] ?? "";
        given[name] = value === "" || value === "na" ? value || undefined : Number(value);
      } else if (page.name === "to_finish") {
        beside.push(name);
        const chosen = person.chosen[name] ?? [];
        const several = survey.getQuestionByName(name).getType() === "checkbox";
        given[name] = person.texts[name] || (several && chosen.length ? chosen : chosen[0]);
      }
    }
  }
  survey.mergeData(given);
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

// Answers questionnaires by the tools' own libraries: one line of JSON in, one out, as long as there are any.
//
// {"tool": "xlsform" | "surveyjs", "form": TEXT} opens a form: {"errors": […]}.
// {"people": [{"role", "unit", "before", "answers", "chosen", "texts"}, …]} answers it once for each person, who says
// "before" as role at first and takes it back: {"responses": [{"asked": […], "beside": […], "data": …}, …]}.
// {"texts": LANGUAGE} says what a reader of that language is shown: {"texts": [[NAME, TEXT], …]}.
import { createInterface } from "node:readline";

import * as surveyjs from "./surveyjs.mjs";
import * as xlsform from "./xlsform.mjs";

const tools = { surveyjs, xlsform };
let tool, form;

async function answered(line) {
  if (line.form !== undefined) {
    tool = tools[line.tool];
    ({ form, errors: line.errors } = await tool.open(line.form));
    return { errors: line.errors };
  }
  if (line.texts !== undefined) return { texts: await tool.texts(form, line.texts) };
  const responses = [];
  for (const person of line.people) responses.push(await tool.answer(form, person));
  return { responses };
}

for await (const line of createInterface({ input: process.stdin })) {
  let told;
  try {
    told = await answered(JSON.parse(line));
  } catch (error) {
    told = { failed: String(error.stack ?? error) };
  }
  process.stdout.write(JSON.stringify(told) + "\n");
}

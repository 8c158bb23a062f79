// The widget of the diagnostic: the page of a tool with filters, chapters, and passages that have charts.
import { makeFilters } from "./chart_page/filters.js";
import { makePassage } from "./chart_page/passage.js";
import { makeTabs } from "./chart_page/tabs.js";
import { readTokens } from "./theme.js";
import { KINDS } from "./tool_page/blocks.js";
import { pageOf } from "./tool_page/page.js";
import { makeTooltip } from "./tooltip.js";

const CHART_KINDS = { ...KINDS, filters: makeFilters, passage: makePassage, tabs: makeTabs };

/** What charts stand in: the colours of the theme, one tooltip, and whoever waits until they are drawn. */
function makeScene(root, settle) {
  root.classList.add("ap-chartpage");
  const tooltip = makeTooltip(root);
  let shown = null;
  return {
    context(page, theme) {
      tooltip.hide();
      if (shown?.theme !== theme) shown = { theme, tokens: readTokens(root) };
      return { ...shown, tooltip, drawn: settle };
    },
    destroy: () => tooltip.destroy(),
  };
}

export default { render: pageOf(CHART_KINDS, makeScene) };

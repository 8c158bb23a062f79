// The widget of the tools: a page of blocks.
import { KINDS } from "./tool_page/blocks.js";
import { pageOf } from "./tool_page/page.js";

export default { render: pageOf(KINDS) };

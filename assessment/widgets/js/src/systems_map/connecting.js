// Drawing a tie by dragging from one element to another, or by touching one, then the other.
// cytoscape-edgehandles is known to this file only.
import cytoscape from "cytoscape";
import edgehandles from "cytoscape-edgehandles";

cytoscape.use(edgehandles);

const CONNECTABLE = "node[type = 'actor'], node[type = 'variable']";

/** `connect(source, target)` gets the drawing's ids; `began(id | null)` which end has been touched. */
export function makeConnecting(cy, { connect, began }) {
  const handles = cy.edgehandles({
    // A tie of an element to itself is touched twice, not dragged: an unsteady touch would draw one.
    canConnect: (source, target) => !source.same(target) && source.is(CONNECTABLE) && target.is(CONNECTABLE),
    hoverDelay: 60, snap: true, snapThreshold: 24, snapFrequency: 30, noEdgeEventsInDraw: true, disableBrowserGestures: true,
  });
  let on = false;
  let source = null;

  function choose(node) {
    source?.removeClass("source");
    source = node;
    source?.addClass("source");
    began(source ? source.id() : null);
  }

  function tapped({ target }) {
    if (!on) return;
    if (target === cy || !target.is?.(CONNECTABLE)) return choose(null);
    if (!source) return choose(target);
    const from = source;
    choose(null);
    connect(from.id(), target.id());
  }

  function completed(_event, from, to, added) {
    added.remove();
    choose(null);
    connect(from.id(), to.id());
  }

  const forget = () => handles.stop();
  cy.on("tap", tapped);
  cy.on("ehcomplete", completed);
  document.addEventListener("pointerup", forget);
  return {
    /** Whether the tool is in hand: dragging draws instead of moving. */
    use(wanted) {
      on = wanted;
      if (on) handles.enableDrawMode();
      else {
        handles.disableDrawMode();
        choose(null);
      }
    },
    get source() {
      return source?.id() ?? null;
    },
    cancel: () => choose(null),
    choose: (id) => choose(cy.getElementById(id)),
    /** Begins a tie at a node, from a handle outside of the drawing. */
    start: (id) => handles.start(cy.getElementById(id)),
    destroy() {
      document.removeEventListener("pointerup", forget);
      cy.off("tap", tapped);
      cy.off("ehcomplete", completed);
      handles.destroy();
    },
  };
}

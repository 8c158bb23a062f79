// Messages to Python and their answers, by a number each; one that is not answered in time is an error that can be told.

const PATIENCE = 20_000;

/** Gives `ask(content)`, a promise of the answer, and `destroy`. */
export function makeAsking(model, noAnswer, patience = PATIENCE) {
  const waiting = new Map();
  const own = Math.random().toString(36).slice(2);
  let count = 0;

  const receive = (content) => {
    const resolve = waiting.get(content?.request);
    if (!resolve) return;
    waiting.delete(content.request);
    resolve(content);
  };
  model.on("msg:custom", receive);

  return {
    ask(content) {
      const request = `${own}-${(count += 1)}`;
      return new Promise((resolve) => {
        const timer = setTimeout(() => receive({ request, refused: [noAnswer()] }), patience);
        waiting.set(request, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        try {
          model.send({ ...content, request });
        } catch {
          receive({ request, refused: [noAnswer()] }); // the connection is gone
        }
      });
    },
    destroy: () => model.off("msg:custom", receive),
  };
}

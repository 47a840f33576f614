/* marks.js: what the editor has decided, kept in the browser, and the files that --align takes.
 *
 * A mark belongs to a dispatch and to its text: {text, pairs, sure, roles, lines, body, seen}.  "pairs" is as in pairs.js, absent where they are
 * as the program found them; "sure" are keys of pairs that the editor has confirmed; "roles" by line, absent where none was changed; with them
 * go "lines", the roles of all, and "body", the lines of the paragraphs that pairs count.  Where the text has changed since, the mark is void. */
"use strict";

diglot.marks = (function () {
  const prefix = `diglot:${location.pathname}:`;
  const memory = new Map();    // where the browser keeps nothing
  let isKept = true;

  const read = (name) => {
    if (memory.has(name))
      return memory.get(name);
    try {
      const value = JSON.parse(localStorage.getItem(prefix + name));

      memory.set(name, value);
      return value;
    } catch {
      return null;
    }
  };

  const write = (name, value) => {
    memory.set(name, value);
    try {
      if (value === null)
        localStorage.removeItem(prefix + name);
      else
        localStorage.setItem(prefix + name, JSON.stringify(value));
    } catch {
      isKept = false;
    }
  };

  const get = (summary) => {
    const mark = read(summary.id);

    return mark && mark.text === summary.text ? mark : {};
  };

  /* What was decided on another text. */
  const isVoid = (summary) => {
    const mark = read(summary.id);

    return !!mark && mark.text !== summary.text && (mark.pairs !== undefined || mark.sure?.length > 0 || mark.roles !== undefined);
  };

  const set = (summary, change) => {
    const mark = { ...get(summary), text: summary.text, ...change };

    if (mark.pairs === summary.pairs)
      delete mark.pairs;
    write(summary.id, mark);
  };

  /* What the program has not done yet. */
  const isMended = (summary) => get(summary).pairs !== undefined || get(summary).roles !== undefined;
  const isDecided = (summary) => isMended(summary) || get(summary).sure?.length > 0;

  /* All pairs of a dispatch, as --align takes them, and all roles where one was changed; where roles alone were, pairs are left to be found
   * anew. */
  const alignment = (summary) => {
    const mark = get(summary), isPaired = mark.pairs !== undefined || mark.sure?.length > 0 || mark.roles === undefined;
    const pairs = diglot.pairs.rows(diglot.pairs.parse(mark.pairs ?? summary.pairs));
    const lines = (mark.lines ?? []).map(([n, role]) => ({ n, role })).sort((one, two) => one.n - two.n);
    const range = (first, n) => Array.from({ length: n }, (_, i) => first + i);

    return {
      file: summary.input,
      ...(summary.parts > 1 ? { part: { n: summary.part, of: summary.parts } } : {}),
      ...(lines.length > 0 ? { lines } : {}),
      ...(lines.length > 0 && isPaired ? { body: mark.body } : {}),
      ...(isPaired ? { beads: pairs.map(({ first, n }) => ({ a: range(first[0], n[0]), b: range(first[1], n[1]) })) } : {}),
    };
  };

  const download = (name, text) => {
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));

    diglot.el("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  const save = (summary) => {
    const base = summary.input.split(/[/!]/).pop().replace(/\.txt$/i, "");

    download(`${base}${summary.parts > 1 ? `-${summary.part}` : ""}.json`, JSON.stringify(alignment(summary), null, 1) + "\n");
  };

  /* One object a line for every dispatch that something was decided on. */
  const saveAll = () => {
    const decided = diglot.summaries.filter(isDecided);

    download("alignment.jsonl", decided.map((summary) => JSON.stringify(alignment(summary)) + "\n").join(""));
    return decided.length;
  };

  return { read, write, get, set, isVoid, isMended, isDecided, alignment, save, saveAll, isKept: () => isKept };
})();

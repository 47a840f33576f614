/* core.js: the name that all scripts share, the data's way in, elements without markup, words folded for the search.
 *
 * A page opened from disk may not read files, but may run scripts beside it; so data come as calls of diglot.batch, list, more, words
 * and dispatch. Every string in them is text of somebody else's: it only ever becomes a text node or an attribute that holds no code. */
"use strict";

const diglot = {
  summaries: [],               // of all lists, in the order of the inputs
  byId: new Map(),
  details: new Map(),          // id → details, as they are loaded
  texts: new Map(),            // id → folded text, once the search has asked for it
  total: 0,                    // dispatches that the lists have, loaded or not
  missing: [],                 // lists that are not there yet
};

(function () {
  const PAGES_AT_ONCE = 10;
  const numbers = new Map();   // id → place among all inputs
  let batch = { shards: 1 };
  const wordFiles = [];
  const laterPages = [];       // of the lists, which are loaded once the first of each is shown
  let rest;                    // the promise of those

  /* Called by the data. */
  diglot.batch = (told) => { batch = told; };
  diglot.more = (rows) => {
    for (const [number, summary] of rows) {
      summary.number = number;
      summary.folded = diglot.fold([summary.input, summary.a?.title, summary.b?.title].join("\n"));
      numbers.set(summary.id, number);
      diglot.byId.set(summary.id, summary);
      diglot.summaries.push(summary);
    }
  };
  diglot.list = (head, rows) => {
    diglot.more(rows);
    diglot.total += head.rows;
    for (let page = 2; page <= head.pages; page++)
      laterPages.push(`list-${head.shard}-${head.shards}-${page}`);
    for (let chunk = 1; chunk <= head.words; chunk++)
      wordFiles.push(`words-${head.shard}-${head.shards}-${chunk}`);
  };
  diglot.words = (rows) => {
    for (const [id, text] of rows)
      diglot.texts.set(id, diglot.fold(text));
  };
  diglot.dispatch = (summary, details) => { diglot.details.set(summary.id, details); };

  /* The one way to an address of a script. */
  const isName = (name) => /^[a-z0-9-]+$/.test(name);
  const policy = window.trustedTypes
    ? window.trustedTypes.createPolicy("diglot", { createScriptURL: (name) => {
      if (!isName(name))
        throw new TypeError("not a name of data");
      return `data/${name}.js`;
    } })
    : { createScriptURL: (name) => (isName(name) ? `data/${name}.js` : "about:blank") };

  /* Runs data/NAME.js; false where it is not there. */
  diglot.load = (name) => new Promise((resolve) => {
    const script = document.createElement("script");

    script.src = policy.createScriptURL(name);
    script.addEventListener("load", () => { script.remove(); resolve(true); });
    script.addEventListener("error", () => { script.remove(); resolve(false); });
    document.head.append(script);
  });

  const sort = () => diglot.summaries.sort((one, two) => one.number - two.number || one.part - two.part);

  diglot.loadLists = async () => {
    await diglot.load("batch");
    const names = Array.from({ length: batch.shards }, (_, i) => `list-${i + 1}-${batch.shards}`);
    const found = await Promise.all(names.map(diglot.load));

    diglot.missing = names.filter((_, i) => !found[i]);
    sort();
  };

  const loadPages = async (told) => {
    while (laterPages.length > 0) {
      const names = laterPages.splice(0, PAGES_AT_ONCE);
      const found = await Promise.all(names.map(diglot.load));

      diglot.missing.push(...names.filter((_, i) => !found[i]));
      sort();
      told();
    }
  };

  /* Loads what the lists' first pages have not; @told is called whenever there is more. */
  diglot.loadRest = (told) => (rest ??= loadPages(told));

  /* Loads all the texts; @progress is told which share is there. */
  diglot.loadTexts = async (progress) => {
    for (let i = 0; wordFiles.length > 0; i++) {
      progress(i / (i + wordFiles.length));
      await diglot.load(wordFiles.shift());
    }
  };

  diglot.loadDetails = async (id) => {
    if (!diglot.details.has(id))
      await diglot.load(id);
    return diglot.details.get(id);
  };

  /* An element with attributes, listeners (onclick: function) and children: elements, and strings, which become text. */
  diglot.el = (tag, attributes, ...children) => {
    const node = document.createElement(tag);

    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function")
        node.addEventListener(name.slice(2), value);
      else if (value === true)
        node.setAttribute(name, "");
      else if (value !== false && value !== undefined && value !== null)
        node.setAttribute(name, value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  };

  /* Text of a dispatch in its language and direction, apart from what stands around it. */
  diglot.bdi = (side, text, tag = "bdi", attributes = {}) =>
    diglot.el(tag, { lang: side.lang, dir: side.rtl ? "rtl" : "ltr", ...attributes }, text);

  /* A name of a file, in which nothing may turn the direction or hide. */
  diglot.printable = (name) => name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (ch) =>
    `<U+${ch.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}>`);

  /* An address that the program wrote: below or beside the page, never one with a scheme. */
  diglot.isAddress = (address) => /^\.\.?\//.test(address || "");

  const same = new Map([["ى", "ي"], ["ی", "ي"], ["ئ", "ي"], ["ة", "ه"], ["ک", "ك"], ["ٱ", "ا"], ["ؤ", "و"], ["ς", "σ"], ["ß", "ss"]]);
  const zeros = [0x660, 0x6F0, 0x966];

  /* What the search compares: no accents, vowel signs, tatweel or formatting characters, small letters, one form for letters that
   * typists exchange, digits 0 to 9. */
  diglot.fold = (text) => text.normalize("NFKD").replace(/[\p{M}\p{Cf}\u0640]+/gu, "").toLowerCase()
    .replace(/[ىیئةکٱؤςß]/g, (ch) => same.get(ch))
    .replace(/[٠-٩۰-۹०-९]/g, (ch) => {
      const code = ch.codePointAt(0);

      return String(code - zeros.findLast((zero) => zero <= code));
    });

  diglot.announce = (text) => {
    const live = document.getElementById("live");

    /* The same words twice are two events. */
    live.textContent = live.textContent === text ? text + "\u00A0" : text;
  };
})();

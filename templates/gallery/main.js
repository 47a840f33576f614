/* main.js: the bar with language and colours, and which of the two views is shown: #ID is a dispatch, nothing the list. */
"use strict";

diglot.main = (function () {
  const { el, marks, strings } = diglot;
  const t = (...args) => strings.text(...args);
  let last;                    // the dispatch that was looked at last

  const select = (id, label, options, value, onchange) =>
    el("label", {}, label, el("select", { id, onchange: (event) => onchange(event.target.value) },
      options.map(([key, text, lang]) => el("option", { value: key, selected: key === value, lang }, text))));

  const setTheme = (theme) => {
    document.documentElement.dataset.theme = theme;
    marks.write("theme", theme);
  };

  const setLanguage = (code) => {
    marks.write("language", code);
    strings.choose(code);
    show();
    document.getElementById("language").focus();
  };

  const showBar = () => {
    const themes = [["auto", t("themeAuto")], ["light", t("themeLight")], ["dark", t("themeDark")]];

    document.getElementById("skip").textContent = t("skip");
    document.getElementById("bar").replaceChildren(
      el("a", { class: "name", href: "#" }, el("span", { lang: "en", dir: "ltr" }, "Diglot"), " ", el("span", { class: "quiet" }, t("title"))),
      el("div", { class: "line" },
        select("language", t("language"), strings.codes.map((code) => [code, strings.nameOf(code), code]), strings.code, setLanguage),
        select("theme", t("theme"), themes, document.documentElement.dataset.theme, setTheme)));
  };

  const show = async () => {
    const main = document.getElementById("main");
    const id = location.hash.slice(1);
    const summary = diglot.byId.get(id);

    showBar();
    document.title = summary ? `${diglot.printable(summary.input)} – Diglot` : `${t("title")} – Diglot`;
    document.body.classList.toggle("in-dispatch", !!summary);
    if (summary) {
      last = id;
      scrollTo(0, 0);
      await diglot.dispatchView.open(main, id);
    } else {
      await diglot.listView.open(main, last);
    }
    document.documentElement.dataset.ready = summary ? id : "list";
    performance.mark("listed");
  };

  const onKey = (event) => {
    const isTyping = event.target.closest("input, select, textarea");

    if (event.key === "Escape" && location.hash.length > 1) {
      location.hash = "";
    } else if (event.key === "/" && !isTyping && document.getElementById("search")) {
      event.preventDefault();
      document.getElementById("search").focus();
    }
  };

  const start = async () => {
    document.documentElement.dataset.theme = marks.read("theme") || "auto";
    strings.choose(marks.read("language") || navigator.language.split("-")[0]);
    await diglot.loadLists();
    if (location.hash.length > 1 && !diglot.byId.has(location.hash.slice(1)))
      await diglot.loadRest(() => {});
    await show();
    addEventListener("hashchange", show);
    addEventListener("keydown", onKey);
    await diglot.loadRest(() => diglot.listView.grow());
    document.documentElement.dataset.whole = "yes";
  };

  start();
  return { show };
})();

/* strings.js: the words of the interface, in its languages.  A string of several forms has one for each plural category of its language
 * (CLDR), chosen by {n}. */
"use strict";

diglot.strings = (function () {
  const all = {
    en: {
      name: "English", dir: "ltr", digits: "en-GB",
      title: "Review", skip: "Skip to the dispatches", back: "All dispatches",
      dispatches: { one: "{n} dispatch", other: "{n} dispatches" }, shown: { one: "{n} shown", other: "{n} shown" },
      search: "Search", searchHint: "Headline or file, in either language", inTexts: "In the texts too", reading: "Reading the texts: {share}",
      language: "Language", theme: "Colours", themeAuto: "As the system", themeLight: "Light", themeDark: "Dark",
      filter: "Show", all: "All", failed: "Failed", doubtful: "Doubtful pairs", unpaired: "Paragraphs alone", warned: "Warnings",
      mended: "Mended", unseen: "Not opened yet",
      more: "More limits", lowestBelow: "Lowest score under", widestOver: "Worst line over (em)", wasteOver: "White over (%)",
      from: "From", to: "Until", clear: "Remove all limits",
      sort: "Sort by", direction: "Direction of the order", ascending: "Ascending", descending: "Descending",
      byNumber: "Order of the batch", byInput: "File", byDate: "Date", byStatus: "Status", byLowest: "Lowest score", byWidest: "Worst line",
      byWaste: "White", byPages: "Pages",
      dispatch: "Dispatch", statusSet: "Set", statusFailed: "Failed", statusMended: "Mended", statusSeen: "Opened",
      nothing: "No dispatch is like that.", empty: "There is no dispatch in this gallery.",
      missing: "{n} of the batch's parts are not there yet.",
      notKept: "This browser keeps no marks for this page; save before you leave it.",
      saveAll: "Save all decisions", savedAll: { one: "The decisions on {n} dispatch were saved.", other: "The decisions on {n} dispatches were saved." },
      nothingToSave: "No line was changed, and no pair mended or confirmed yet.",
      previous: "Previous dispatch", next: "Next dispatch", openOutput: "Open the PDF", save: "Save lines and pairs", saved: "Lines and pairs were saved. Give the file to --align.",
      part: "dispatch {n} of its file",
      pages: { one: "{n} page", other: "{n} pages" }, beads: { one: "{n} pair", other: "{n} pairs" },
      figureLowest: "lowest score {value}", figureWidest: "worst line {value} em", figureLoose: { one: "{n} loose line", other: "{n} loose lines" },
      figureWaste: "{value} white", figureDoubtful: { one: "{n} doubtful", other: "{n} doubtful" },
      heads: "Heads and captions", pairs: "Pairs", pictures: "Pages", messages: "Messages", noMessages: "No messages.",
      noText: "Nothing could be read of this dispatch.", gone: "The data of this dispatch cannot be loaded.",
      picture: "Page {n}", place: "line {line}", placeColumn: "line {line}, column {column}",
      error: "Error", warning: "Warning", note: "Note",
      pair: "Pair {n}", score: "score {value}", isDoubtful: "doubtful", isAlone: "alone", isSure: "confirmed", isFixed: "fixed by a file", isMended: "mended",
      paragraph: "{language}, paragraph {n}", alone: "no counterpart",
      tools: "Tools for the pairs", join: "Join with next", split: "Split", unpair: "Unpair", moveUp: "Move up", moveDown: "Move down",
      shiftUp: "Shift up", shiftDown: "Shift down", confirm: "Confirm", undo: "Undo", redo: "Redo", reset: "As found",
      nextDoubtful: "Next doubtful", keys: "Keys",
      joined: "Pairs {n} and {next} joined.", wasSplit: "Pair {n} split.", wasUnpaired: "Pair {n} parted.", moved: "Paragraph moved to pair {n}.",
      shifted: "Column shifted from pair {n} on.", confirmed: "Pair {n} confirmed.", unconfirmed: "Pair {n} is open again.",
      undone: "Undone.", redone: "Done again.", wasReset: "Pairs as the program found them.", noMoreDoubtful: "No pair is doubtful any more.",
      cannot: "That cannot be done here.",
      voided: "The text or what its lines are has changed since you mended it; lines and pairs are the program’s.",
      lines: "Lines", firstDoubtful: "Doubtful ones first", roleOf: "What line {n} is", onPage: "On the page", offPage: "Off the page",
      hide: "Hide", show: "Show", hideLine: "Hide line {n}", showLine: "Show line {n}", isChanged: "changed", bothTexts: "Both texts stand on this line.",
      wasRole: "Line {n}: {role}.", role: "Role", unsure: "Doubtful lines", figureUnsure: { one: "{n} doubtful line", other: "{n} doubtful lines" },
      "role-headline": "Headline", "role-deck": "Deck", "role-kicker": "Kicker", "role-byline": "Byline", "role-source": "Source", "role-dateline": "Place and date", "role-body": "Body",
      "role-crosshead": "Crosshead", "role-list": "Item of a list", "role-verse": "Line of verse", "role-table": "Row of a table", "role-caption": "Caption", "role-footnote": "Footnote", "role-signoff": "Credits",
      "role-contact": "Contact", "role-boilerplate": "About the issuer", "role-notice": "Copyright", "role-note": "For editors", "role-marker": "Name of a language", "role-furniture": "Furniture", "role-end": "End mark",
      keyRow: "other pair", keySide: "other side", keyEnds: "first or last pair", keyDispatch: "previous or next dispatch", keySearch: "search",
      keyBack: "back to the list",
    },
    ar: {
      name: "العربية", dir: "rtl", digits: "ar-u-nu-arab",
      title: "المراجعة", skip: "تجاوز إلى البرقيات", back: "كل البرقيات",
      dispatches: { zero: "لا برقيات", one: "برقية واحدة", two: "برقيتان", few: "{n} برقيات", many: "{n} برقية", other: "{n} برقية" },
      shown: { zero: "لا يظهر شيء", one: "تظهر واحدة", two: "تظهر اثنتان", few: "تظهر {n}", many: "تظهر {n}", other: "تظهر {n}" },
      search: "بحث", searchHint: "العنوان أو اسم الملف، بأي من اللغتين", inTexts: "في النصوص أيضًا", reading: "جارٍ قراءة النصوص: {share}",
      language: "اللغة", theme: "الألوان", themeAuto: "حسب النظام", themeLight: "فاتحة", themeDark: "داكنة",
      filter: "إظهار", all: "الكل", failed: "المتعذّرة", doubtful: "أزواج مشكوك فيها", unpaired: "فقرات بلا مقابل", warned: "تحذيرات",
      mended: "المصحَّحة", unseen: "لم تُفتح بعد",
      more: "شروط أخرى", lowestBelow: "أدنى درجة أقل من", widestOver: "أسوأ سطر يتجاوز (em)", wasteOver: "البياض يتجاوز (٪)",
      from: "من", to: "إلى", clear: "إزالة كل الشروط",
      sort: "ترتيب حسب", direction: "اتجاه الترتيب", ascending: "تصاعدي", descending: "تنازلي",
      byNumber: "ترتيب الدفعة", byInput: "الملف", byDate: "التاريخ", byStatus: "الحالة", byLowest: "أدنى درجة", byWidest: "أسوأ سطر",
      byWaste: "البياض", byPages: "الصفحات",
      dispatch: "البرقية", statusSet: "صُفَّت", statusFailed: "تعذّرت", statusMended: "صُحِّحت", statusSeen: "فُتحت",
      nothing: "لا توجد برقية بهذه الصفة.", empty: "لا توجد برقيات في هذا المعرض.",
      missing: "أجزاء من الدفعة لم تصل بعد، وعددها {n}.",
      notKept: "هذا المتصفح لا يحفظ العلامات لهذه الصفحة؛ احفظ عملك قبل مغادرتها.",
      saveAll: "حفظ كل القرارات",
      savedAll: { zero: "لم يُحفظ شيء.", one: "حُفظت أزواج برقية واحدة.", two: "حُفظت أزواج برقيتين.", few: "حُفظت أزواج {n} برقيات.", many: "حُفظت أزواج {n} برقية.", other: "حُفظت أزواج {n} برقية." },
      nothingToSave: "لم يُغيَّر أي سطر ولم يُصحَّح أي زوج أو يُؤكَّد بعد.",
      previous: "البرقية السابقة", next: "البرقية التالية", openOutput: "فتح ملف PDF", save: "حفظ الأسطر والأزواج", saved: "حُفظت الأسطر والأزواج. مرِّر الملف إلى ‎--align‎.",
      part: "البرقية {n} في ملفها",
      pages: { zero: "لا صفحات", one: "صفحة واحدة", two: "صفحتان", few: "{n} صفحات", many: "{n} صفحة", other: "{n} صفحة" },
      beads: { zero: "لا أزواج", one: "زوج واحد", two: "زوجان", few: "{n} أزواج", many: "{n} زوجًا", other: "{n} زوج" },
      figureLowest: "أدنى درجة {value}", figureWidest: "أسوأ سطر {value} em",
      figureLoose: { zero: "لا أسطر متباعدة", one: "سطر متباعد واحد", two: "سطران متباعدان", few: "{n} أسطر متباعدة", many: "{n} سطرًا متباعدًا", other: "{n} سطر متباعد" },
      figureWaste: "البياض {value}",
      figureDoubtful: { zero: "لا شك", one: "واحد مشكوك فيه", two: "اثنان مشكوك فيهما", few: "{n} مشكوك فيها", many: "{n} مشكوكًا فيها", other: "{n} مشكوك فيها" },
      heads: "العناوين والتعليقات", pairs: "الأزواج", pictures: "الصفحات", messages: "الرسائل", noMessages: "لا رسائل.",
      noText: "تعذّرت قراءة هذه البرقية.", gone: "تعذّر تحميل بيانات هذه البرقية.",
      picture: "الصفحة {n}", place: "السطر {line}", placeColumn: "السطر {line}، العمود {column}",
      error: "خطأ", warning: "تحذير", note: "ملاحظة",
      pair: "الزوج {n}", score: "الدرجة {value}", isDoubtful: "مشكوك فيه", isAlone: "بلا مقابل", isSure: "مؤكَّد", isFixed: "مثبَّت بملف", isMended: "مصحَّح",
      paragraph: "{language}، الفقرة {n}", alone: "لا مقابل لها",
      tools: "أدوات الأزواج", join: "ضمّ إلى التالي", split: "تقسيم", unpair: "فصل", moveUp: "نقل إلى أعلى", moveDown: "نقل إلى أسفل",
      shiftUp: "إزاحة إلى أعلى", shiftDown: "إزاحة إلى أسفل", confirm: "تأكيد", undo: "تراجع", redo: "إعادة", reset: "كما كانت",
      nextDoubtful: "المشكوك فيه التالي", keys: "المفاتيح",
      joined: "ضُمّ الزوجان {n} و{next}.", wasSplit: "قُسّم الزوج {n}.", wasUnpaired: "فُصل الزوج {n}.", moved: "نُقلت الفقرة إلى الزوج {n}.",
      shifted: "أُزيح العمود ابتداءً من الزوج {n}.", confirmed: "أُكِّد الزوج {n}.", unconfirmed: "أُلغي تأكيد الزوج {n}.",
      undone: "تم التراجع.", redone: "تمت الإعادة.", wasReset: "عادت الأزواج كما وجدها البرنامج.", noMoreDoubtful: "لم يبقَ زوج مشكوك فيه.",
      cannot: "لا يمكن ذلك هنا.",
      voided: "تغيّر النص أو وظائف أسطره منذ أن صحّحته؛ الأسطر والأزواج كما وجدها البرنامج.",
      lines: "الأسطر", firstDoubtful: "المشكوك فيها أولًا", roleOf: "ما هو السطر {n}", onPage: "على الصفحة", offPage: "خارج الصفحة",
      hide: "إخفاء", show: "إظهار", hideLine: "إخفاء السطر {n}", showLine: "إظهار السطر {n}", isChanged: "مغيَّر", bothTexts: "في هذا السطر نصّان معًا.",
      wasRole: "السطر {n}: {role}.", role: "الوظيفة", unsure: "أسطر مشكوك فيها",
      figureUnsure: { zero: "لا شك في الأسطر", one: "سطر مشكوك فيه", two: "سطران مشكوك فيهما", few: "{n} أسطر مشكوك فيها", many: "{n} سطرًا مشكوكًا فيه", other: "{n} سطر مشكوك فيه" },
      "role-headline": "العنوان", "role-deck": "عنوان ثانٍ", "role-kicker": "فوق العنوان", "role-byline": "الكاتب", "role-source": "المصدر", "role-dateline": "المكان والتاريخ", "role-body": "المتن",
      "role-crosshead": "عنوان فرعي", "role-list": "بند في قائمة", "role-verse": "بيت شعر", "role-table": "صف في جدول", "role-caption": "شرح الصورة", "role-footnote": "حاشية", "role-signoff": "أسماء المحررين",
      "role-contact": "جهة الاتصال", "role-boilerplate": "نبذة عن الجهة", "role-notice": "حقوق النشر", "role-note": "للمحررين", "role-marker": "اسم اللغة", "role-furniture": "زوائد", "role-end": "علامة النهاية",
      keyRow: "زوج آخر", keySide: "الجهة الأخرى", keyEnds: "أول زوج أو آخره", keyDispatch: "البرقية السابقة أو التالية", keySearch: "بحث",
      keyBack: "العودة إلى القائمة",
    },
  };
  let code = "en";

  const choose = (wanted) => {
    code = all[wanted] ? wanted : "en";
    document.documentElement.lang = code;
    document.documentElement.dir = all[code].dir;
  };

  const number = (value, digits = 0) =>
    value.toLocaleString(all[code].digits, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const percent = (share) => share.toLocaleString(all[code].digits, { style: "percent", maximumFractionDigits: 1 });

  /* The string @key with its {places} filled; numbers in the interface's digits. */
  const text = (key, values = {}) => {
    const found = all[code][key];
    const form = typeof found === "string" ? found : found[new Intl.PluralRules(code).select(values.n)] ?? found.other;

    return form.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? number(values[name]) : values[name]));
  };

  /* "2025-11-18T19:40" as the interface writes it, in the reader's order, but never in the reader's time zone. */
  const date = (iso) => {
    const [day, time] = iso.split("T");
    const shown = new Date(`${day}T00:00:00Z`).toLocaleDateString(all[code].digits, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

    return time ? `${shown} ${time.replace(/\d+/g, (digits) => Number(digits).toLocaleString(all[code].digits, { minimumIntegerDigits: 2 }))}` : shown;
  };

  const languageName = (tag) => {
    try {
      return new Intl.DisplayNames(code, { type: "language" }).of(tag);
    } catch {
      return tag;
    }
  };

  return { choose, text, number, percent, date, languageName, codes: Object.keys(all), nameOf: (c) => all[c].name, get code () { return code; } };
})();

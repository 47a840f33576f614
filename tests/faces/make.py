#!/usr/bin/python3
"""Makes the faces that stand here: letters are boxes, so that pages set in them hang on no face of the machine.

usage: make.py        (python3-fonttools)

Boxes has Latin, Crates Arabic, each in the cuts that a page is set in.  What is drawn means nothing, but widths and heights differ from letter to
letter and from cut to cut, marks have no width, and some letters go below the line.
"""
import os
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

LATIN = [chr(c) for c in range(0x20, 0x7F)] + list("\u00a0«»°·©×ÉàäçèéêñöüßÄÖÜ–—‘’“”„•…€←→")
ARABIC = [" ", "\u00a0", "(", ")", "[", "]", ":", ".", "!", "/", "-", "–", "“", "”", "«", "»", "…", "%"] + [chr(c) for c in range(0x30, 0x3A)] + \
    [chr(c) for c in (0x60C, 0x61B, 0x61F, *range(0x621, 0x63B), *range(0x640, 0x653), *range(0x660, 0x66D), 0x670, 0x671, 0x67E, 0x686, 0x6A9, 0x6AF, 0x6CC)]


def is_mark(c):
    return 0x64B <= ord(c) <= 0x652 or ord(c) == 0x670


def build(family, style, chars, stretch, weight, italic, base):
    order = [".notdef"] + [f"u{ord(c):04X}" for c in chars]
    metrics, glyphs = {".notdef": (500, 40)}, {}
    for name, c in zip(order, ["\0", *chars]):
        n = ord(c) * 7919 % 97
        width = 500 if c.isdigit() else 230 if c in " \u00a0.,:;!'" else 90 + 3 * n if c == "\u0640" else 290 + 4 * n
        width, height, depth = int(width * stretch), 330 + 5 * (n % 71), -150 if n % 5 == 0 else 0
        pen = TTGlyphPen(None)
        if is_mark(c):
            width, height, depth = 0, 760 + 3 * (n % 30), 690
        if c not in " \u00a0":
            left, right = (-160, -60) if is_mark(c) else (40 - weight // 4, width - 40 + weight // 4)
            pen.moveTo((left, depth)), pen.lineTo((left + italic, height)), pen.lineTo((right + italic, height)), pen.lineTo((right, depth)), pen.closePath()
        glyphs[name] = pen.glyph()
        metrics[name] = (width, getattr(glyphs[name], "xMin", 0))
    b = FontBuilder(1000, isTTF=True)
    b.setupGlyphOrder(order)
    b.setupCharacterMap({ord(c): f"u{ord(c):04X}" for c in chars})
    b.setupGlyf(glyphs)
    b.setupHorizontalMetrics({name: (metrics[name][0], getattr(glyphs[name], "xMin", 0)) for name in order})
    b.setupHorizontalHeader(ascent=base, descent=-300)
    b.setupNameTable({"familyName": family, "styleName": style, "psName": family + "-" + style.replace(" ", "")})
    bold, slanted = "Bold" in style, "Italic" in style
    b.setupOS2(sTypoAscender=base, sTypoDescender=-300, usWinAscent=base, usWinDescent=300, fsType=0, usWeightClass=700 if bold else 400, sxHeight=430, sCapHeight=640,
               fsSelection=(0x20 if bold else 0) | (1 if slanted else 0) | (0x40 if not bold and not slanted else 0))
    b.setupPost(keepGlyphNames=False, italicAngle=-10 if slanted else 0)
    b.font["head"].macStyle = (1 if bold else 0) | (2 if slanted else 0)
    b.font["head"].created = b.font["head"].modified = 3600000000
    marks = [f"u{ord(c):04X}" for c in chars if is_mark(c)]
    if marks:
        b.addOpenTypeFeatures("table GDEF { GlyphClassDef , , [%s], ; } GDEF;" % " ".join(marks))
    b.font.recalcTimestamp = False
    b.save(os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{family.lower()}-{style.lower().replace(' ', '-')}.ttf"))


for style, stretch, weight, italic in (("Regular", 1, 0, 0), ("Bold", 1.07, 60, 0), ("Italic", .94, 0, 90), ("Bold Italic", 1.02, 60, 90)):
    build("Boxes", style, LATIN, stretch, weight, italic, 850)
    if not italic:
        build("Crates", style, ARABIC, stretch, weight, 0, 1000)

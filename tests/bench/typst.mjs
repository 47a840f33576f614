// The rows of ROWS.json, [[left, right], ...], set by Typst: node typst.mjs ROWS.json OUT.pdf, with the npm package
// @myriaddreamin/typst-ts-node-compiler in node_modules of the working folder.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

const { NodeCompiler } = createRequire(process.cwd() + '/')('@myriaddreamin/typst-ts-node-compiler');
const [, , rows, out] = process.argv;
const fontPaths = ['/usr/share/fonts/opentype/fonts-hosny-amiri', '/usr/share/fonts/truetype/gentiumplus'];
const compiler = NodeCompiler.create({ workspace: tmpdir(), fontArgs: [{ fontPaths }] });

compiler.mapShadow(tmpdir() + '/rows.json', readFileSync(rows));
const { result } = compiler.compile({ mainFileContent: `
#set page(paper: "a4", margin: 51pt)
#set par(justify: true, leading: 6.3pt)
#let left(it) = text(lang: "en", font: "Gentium Plus", size: 10.2pt, hyphenate: true, it)
#let right(it) = text(lang: "ar", dir: rtl, font: "Amiri", size: 12pt, it)
#grid(columns: (54fr, 46fr), column-gutter: 25.5pt, row-gutter: 14pt,
  ..json("/rows.json").map(((a, b)) => (left(a), right(b))).flatten())` });
writeFileSync(out, compiler.pdf(result));

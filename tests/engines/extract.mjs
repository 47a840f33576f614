// What a viewer's engine gives back for "select all, copy": node extract.mjs pdfium|pdfjs|mupdf FILE.pdf...
// writes FILE.pdf.ENGINE.txt beside each file.  The engines come from node_modules in the working folder.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.cwd() + '/');
const load = name => import(pathToFileURL(require.resolve(name)).href);
// PDF.js asks for these when it is loaded: Debian 12's Node.js has not the first, and where nothing is drawn the others may be empty.
process.getBuiltinModule ??= name => require(name);
globalThis.DOMMatrix ??= class {};
globalThis.ImageData ??= class {};
globalThis.Path2D ??= class {};

async function pdfium() {
  const { PDFiumLibrary } = await load('@hyzyla/pdfium');
  const library = await PDFiumLibrary.init();

  return async data => {
    const document = await library.loadDocument(data);
    const text = [...document.pages()].map(page => page.getText() + '\n').join('');

    document.destroy();
    return text;
  };
}

async function pdfjs() {
  const { getDocument } = await load('pdfjs-dist/legacy/build/pdf.mjs');

  return async data => {
    const document = await getDocument({ data: new Uint8Array(data), verbosity: 0 }).promise;
    let text = '';

    for (let n = 1; n <= document.numPages; n++) {
      const { items } = await (await document.getPage(n)).getTextContent();

      text += items.map(item => item.str + (item.hasEOL ? '\n' : '')).join('') + '\n';
    }
    await document.destroy();
    return text;
  };
}

async function mupdf() {
  const { Document } = await load('mupdf');

  return async data => {
    const document = Document.openDocument(data, 'application/pdf');
    let text = '';

    for (let n = 0; n < document.countPages(); n++)
      text += document.loadPage(n).toStructuredText('preserve-whitespace').asText() + '\n';
    document.destroy();
    return text;
  };
}

const [, , engine, ...files] = process.argv;
const extract = await { pdfium, pdfjs, mupdf }[engine]();

for (const file of files)
  writeFileSync(`${file}.${engine}.txt`, await extract(readFileSync(file)));

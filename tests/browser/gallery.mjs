// The review page in a real Chromium, opened from disk as its user opens it:
//   node gallery.mjs PROGRAM SAMPLES, in a folder that has node_modules with playwright-core.
// The browser is the one that CHROMIUM names, else Debian's.  Nothing but files may be asked for.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const [program, samples] = process.argv.slice(2);
const { chromium } = createRequire(process.cwd() + '/')('playwright-core');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const folder = mkdtempSync(join(tmpdir(), 'diglot-browser-'));
const gallery = join(folder, 'review');
const hostile = [
  '</script><img src=x onerror="window.hacked=1"> "quoted" \'single\' \u202Eturned',
  'The harbour, which is <b>closed</b> since 4 May 2025, opens on Sunday after 12 days of work; \u2067the pilots are relieved.\u2028\u2029', '',
  'إعادة فتح الميناء <script>window.hacked=2</script>',
  'يعاد فتح الميناء المغلق منذ 4 أيار/مايو 2025 يوم الأحد بعد 12 يوماً من العمل، والمرشدون مرتاحون.', '',
].join('\n');
// Results of matches may be an own kind of line or not.
const results = [
  'Selma beat Tamra in the last minute', 'Source: Agencies 11 May 2025', 'Selma United won the derby in front of 9,000 people on Sunday.',
  'Selma 3 - 2 Tamra', 'Karun 0 - 0 Lahn', 'Demir 1 - 4 Nader', 'The next round is played on Saturday.', '',
  'سلمى تهزم تمرة في الدقيقة الأخيرة', 'المصدر: وكالات 11 أيار/مايو 2025', 'فاز سلمى يونايتد بالديربي أمام 9 آلاف متفرج يوم الأحد.',
  'سلمى 3 - 2 تمرة', 'كارون 0 - 0 لان', 'دمير 1 - 4 نادر', 'وتقام الجولة المقبلة يوم السبت.', '',
].join('\n');
const hostileName = '<img src=x onerror=window.hacked=3>"\u202E.txt';

let browser;
const diglot = (...args) => spawnSync(program, ['-q', ...args], { cwd: folder, encoding: 'utf8' });

before(async () => {
  mkdirSync(join(folder, 'in'));
  for (const name of readdirSync(samples))
    cpSync(join(samples, name), join(folder, 'in', name));
  writeFileSync(join(folder, 'in', hostileName), hostile);
  writeFileSync(join(folder, 'in', 'results.txt'), results);
  writeFileSync(join(folder, 'in', 'empty.txt'), '\n');
  assert.equal(diglot('-o', 'out/', '--gallery', 'review', 'in').status, 1);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: flags });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

// A page on the gallery in @where, in a browser that knows nothing yet; what it complains of and asks for is gathered.
async function openGallery({ where = gallery, locale = 'en', viewport = { width: 1400, height: 900 }, colorScheme = 'light' } = {}) {
  const context = await browser.newContext({ locale, viewport, colorScheme, acceptDownloads: true });
  const page = await context.newPage();

  page.complaints = [];
  page.requests = [];
  page.on('console', message => { if (['error', 'warning'].includes(message.type())) page.complaints.push(message.text()); });
  page.on('pageerror', error => page.complaints.push(String(error)));
  page.on('request', request => page.requests.push(request.url()));
  await page.goto(`file://${where}/index.html`);
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'list');
  return page;
}

async function close(page) {
  assert.deepEqual(page.complaints, []);
  assert.deepEqual(page.requests.filter(url => !/^(file|blob):/.test(url)), []);
  await page.context().close();
}

const idOf = (page, name) => page.evaluate(wanted => diglot.summaries.find(s => s.input.endsWith(wanted)).id, name);
const names = page => page.locator('.row .file').allTextContents();
const pairsOf = (page, id) => page.evaluate(wanted => diglot.marks.get(diglot.byId.get(wanted)).pairs, id);

async function openDispatch(page, name) {
  const id = await idOf(page, name);

  await page.evaluate(wanted => { location.hash = wanted; }, id);
  await page.waitForFunction(wanted => document.documentElement.dataset.ready === wanted, id);
  return id;
}

async function save(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator(button).click()]);
  const path = join(folder, download.suggestedFilename());

  await download.saveAs(path);
  return path;
}

test('it opens from disk and asks for files alone', async () => {
  const page = await openGallery();

  assert.match(await page.locator('.count').textContent(), new RegExp(`^${readdirSync(join(folder, 'in')).filter(name => name.endsWith('.txt')).length} dispatches`));
  await page.waitForFunction(() => [...document.querySelectorAll('.thumb img')].filter(image => image.complete && image.naturalWidth === 112).length > 3);
  await close(page);
});

test('of twenty thousand the first are there at once, and then all', async t => {
  const where = join(folder, 'long');
  const rows = 20000, length = 400;

  cpSync(gallery, where, { recursive: true });
  const text = readFileSync(join(where, 'data', 'list-1-1.js'), 'utf8');
  const summary = JSON.parse(text.split('\n').find(line => /flood-en-ar/.test(line)).replace(/,$/, ''))[1];
  const page = first => Array.from({ length }, (_, i) => JSON.stringify([first + i, { ...summary, id: (first + i).toString(16).padStart(16, '0'), input: `wire/${first + i}.txt` }])).join(',\n');
  writeFileSync(join(where, 'data', 'list-1-1.js'), `diglot.list({"shard":1,"shards":1,"words":0,"pages":${rows / length},"rows":${rows}},[\n${page(1)}\n]);\n`);
  for (let nth = 2; nth <= rows / length; nth++)
    writeFileSync(join(where, 'data', `list-1-1-${nth}.js`), `diglot.more([\n${page((nth - 1) * length + 1)}\n]);\n`);

  const view = await openGallery({ where });
  const listed = await view.evaluate(() => performance.getEntriesByName('listed')[0].startTime);

  t.diagnostic(`the first rows of ${rows} after ${Math.round(listed)} ms`);
  assert.match(await view.locator('.count').textContent(), /^20,000 dispatches/);
  await view.waitForFunction(() => document.documentElement.dataset.whole === 'yes');
  t.diagnostic(`all after ${Math.round(await view.evaluate(() => performance.now()))} ms`);
  await view.fill('#search', 'wire/19999');
  assert.equal((await names(view)).length, 1);
  await view.fill('#search', '');
  assert.equal(await view.locator('[data-filter=all] b').textContent(), '20,000');
  // One that is on a later page is shown whoever sends its address.
  await view.goto(`file://${where}/index.html#${(12345).toString(16).padStart(16, '0')}`);
  await view.reload();
  await view.waitForFunction(() => document.documentElement.dataset.ready.length === 16);
  await view.context().close();
});

test('a click on a column sorts, the worst first', async () => {
  const page = await openGallery();
  const figures = async column => (await page.locator(`.row > :nth-child(${column})`).allTextContents()).map(text => parseFloat(text.replace(/^[^\d]*/, ''))).filter(value => !Number.isNaN(value));
  const sorted = (values, by) => assert.deepEqual(values, [...values].sort(by));

  await page.locator('[data-order=byLowest] button').click();
  sorted(await figures(5), (a, b) => a - b);
  assert.equal(await page.locator('[data-order=byLowest]').getAttribute('aria-sort'), 'ascending');
  await page.locator('[data-order=byWidest] button').click();
  sorted(await figures(6), (a, b) => b - a);
  await page.locator('[data-order=byWaste] button').click();
  sorted(await figures(7), (a, b) => b - a);
  await page.locator('[data-order=byWaste] button').click();
  assert.equal(await page.locator('[data-order=byWaste]').getAttribute('aria-sort'), 'ascending');
  await page.locator('[data-order=byStatus] button').click();
  assert.match((await names(page))[0], /empty\.txt/);
  await page.selectOption('#order', 'byDate');
  assert.ok((await page.locator('.row .date').first().textContent()).match(/20\d\d/));
  await close(page);
});

test('the search finds both languages, whatever the spelling', async () => {
  const page = await openGallery();
  const search = async text => { await page.fill('#search', text); return names(page); };

  assert.deepEqual((await search('فيضان نهر')).map(name => /flood/.test(name)), [true]);
  assert.deepEqual(await search('FLOOD'), await search('safsaf river'));
  // Without vowel signs and hamzas, heh for teh marbuta.
  assert.deepEqual((await search('السلاحف البحريه')).map(name => /interleaved/.test(name)), [true]);
  assert.deepEqual(await search('no such words'), []);
  assert.equal(await page.locator('.none').textContent(), 'No dispatch is like that.');
  assert.deepEqual(await search('Hala Mansour'), []);
  await page.check('#in-texts');
  await page.waitForFunction(() => document.querySelectorAll('.row').length === 1);
  assert.match((await names(page))[0], /flood/);
  assert.equal((await search('منصور')).length, 1);
  assert.deepEqual((await search('2300')).map(name => /flood/.test(name)), [true]);
  assert.deepEqual(await search('٢٣٠٠'), await search('2300'));
  await close(page);
});

test('limits leave what is within them, and survive a reload', async () => {
  const page = await openGallery();
  const all = (await names(page)).length;

  await page.locator('[data-filter=failed]').click();
  assert.deepEqual((await names(page)).map(name => /empty/.test(name)), [true]);
  await page.reload();
  await page.waitForSelector('.row');
  assert.deepEqual((await names(page)).map(name => /empty/.test(name)), [true]);
  await page.locator('[data-filter=unpaired]').click();
  assert.deepEqual((await names(page)).map(name => /unequal/.test(name)), [true]);
  await page.locator('[data-filter=all]').click();
  await page.locator('summary').click();
  await page.fill('#limit-waste', '15');
  assert.ok((await names(page)).length < all && (await names(page)).some(name => /unequal/.test(name)));
  await page.fill('#limit-waste', '');
  await page.fill('#limit-from', '2025-11-01');
  assert.ok((await names(page)).length < all && (await names(page)).every(name => /flood|lighthouse/.test(name)));
  assert.ok((await names(page)).some(name => /flood/.test(name)));
  await close(page);
});

test('no text becomes markup, none turns what stands beside it', async () => {
  const page = await openGallery();

  await page.fill('#search', 'quoted');
  assert.equal(await page.locator('.row').count(), 1);
  const title = page.locator('.row .headline').first();
  assert.ok((await title.textContent()).startsWith('</script><img src=x onerror="window.hacked=1"> "quoted" \'single\''));
  assert.equal(await title.evaluate(node => getComputedStyle(node).unicodeBidi), 'isolate');
  assert.equal((await page.locator('.row .file').textContent()), 'in/<img src=x onerror=window.hacked=3>"<U+202E>.txt');
  await openDispatch(page, hostileName);
  assert.match(await page.locator('h1').textContent(), /^in\/<img src=x onerror=window\.hacked=3>"<U\+202E>\.txt$/);
  assert.match(await page.locator('.para').first().textContent(), /which is <b>closed<\/b> since/);
  assert.equal(await page.locator('main script, main b:not(.severity, .state b), img[src="x"]').count(), 0);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  // The address of the output is below the page's own, whatever the name.
  assert.match(await page.locator('.top a.button').last().getAttribute('href'), /^\.\.\/out\/%3Cimg/);
  await close(page);
});

test('neither markup nor code can be brought in', async () => {
  const page = await openGallery();
  const outcome = await page.evaluate(async () => {
    const refusals = [];
    const violations = [];

    document.addEventListener('securitypolicyviolation', event => violations.push(event.effectiveDirective));
    for (const attempt of [() => { document.body.innerHTML = '<b>x</b>'; }, () => { document.createElement('script').src = 'data/x.js'; },
      () => document.body.setAttribute('onclick', 'window.hacked = 4')]) {
      try {
        attempt();
      } catch (error) {
        refusals.push(error.name);
      }
    }
    const image = document.createElement('img');

    image.src = 'https://example.invalid/x.png';
    document.body.append(image);
    document.body.click();
    // Later, since code that the test itself sends may call eval.
    await new Promise(resolve => setTimeout(() => {
      try {
        eval('window.hacked = 5');
      } catch (error) {
        refusals.push(error.name);
      }
      resolve();
    }, 100));
    return { refusals, violations, hacked: window.hacked };
  });

  assert.deepEqual(outcome.refusals, ['TypeError', 'TypeError', 'TypeError', 'EvalError']);
  assert.ok(outcome.violations.includes('img-src'));
  assert.equal(outcome.hacked, undefined);
  await page.context().close();
});

test('pairs are mended by keyboard; undone, done again; marks survive a reload', async () => {
  const page = await openGallery();
  const id = await openDispatch(page, 'unequal-en-ar.txt');
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  const said = () => page.locator('#live').textContent();

  assert.equal(await page.evaluate(() => document.activeElement.dataset.index), '0');
  assert.deepEqual(await page.locator('.pair.alone .tag').allTextContents(), Array(4).fill('alone'));
  // From one that is doubtful or alone to the next; which are doubtful depends on the lexicon.
  const focused = () => page.locator('.para:focus').textContent();
  const open = await page.locator('.pair:is(.doubtful, .alone)').count();
  for (let i = 0; i < open && !(await focused()).startsWith('The lighthouse was built in 1887'); i++) {
    await press('n');
    assert.equal(await page.locator('.pair.chosen:is(.doubtful, .alone)').count(), 1);
  }
  assert.match(await focused(), /^The lighthouse was built in 1887/);
  // The fourth pair has no Arabic: the third Arabic paragraph moves up to it.
  await press('ArrowRight', 'ArrowDown');
  assert.match(await page.locator('.para:focus').textContent(), /^وتؤكد سلطة/u);
  await press('Alt+ArrowUp');
  assert.equal(await pairsOf(page, id), '1-1 1-0 1-1x2 1-0x3');
  assert.match(await said(), /^Paragraph moved to pair 4\./);
  await press('Control+z');
  assert.equal(await pairsOf(page, id), undefined);
  await press('Control+y');
  assert.equal(await pairsOf(page, id), '1-1 1-0 1-1x2 1-0x3');
  await press('c');
  assert.match(await said(), /^Pair 4 confirmed\./);
  await page.reload();
  await page.waitForSelector('.pair');
  assert.equal(await pairsOf(page, id), '1-1 1-0 1-1x2 1-0x3');
  assert.equal(await page.locator('.pair.sure').count(), 1);
  await press('Escape');
  await page.waitForSelector('.row');
  assert.match(await page.locator('.row:focus-within .status').textContent(), /Mended/);
  assert.equal(await page.locator('[data-filter=mended] b').textContent(), '1');
  await close(page);
});

test('what is mended by mouse and saved is set level by the next run', async () => {
  const page = await openGallery();

  await openDispatch(page, 'unequal-en-ar.txt');
  await page.locator('.para', { hasText: 'وتؤكد سلطة' }).click();
  await page.locator('[data-command=moveUp]').click();
  const path = await save(page, '#save');
  const saved = JSON.parse(readFileSync(path, 'utf8'));

  assert.equal(saved.file, 'in/unequal-en-ar.txt');
  assert.deepEqual(saved.beads[3], { a: [3], b: [2] });
  const dump = (...args) => execFileSync(program, [...args, '--dump', 'pages', 'in/unequal-en-ar.txt'], { cwd: folder, encoding: 'utf8' });
  // The heights of the first lines of the two paragraphs.
  const heights = text => text.split('\n').map(line => line.split('\t')).filter(fields => /^The lighthouse was built in|^وتؤك/u.test(fields.at(-1))).map(fields => fields[2]);
  const [english, arabic] = heights(dump()), mended = heights(dump('--align', path));

  assert.notEqual(english, arabic);
  assert.equal(mended.length, 2);
  assert.equal(mended[0], mended[1], 'the two do not start level');
  // The page of the next run shows that the pairs are as they were decided, and nothing is doubtful any more.
  assert.equal(diglot('-o', 'out/', '--gallery', 'after', '--align', path, 'in/unequal-en-ar.txt').status, 0);
  const next = await openGallery({ where: join(folder, 'after') });

  await openDispatch(next, 'unequal-en-ar.txt');
  assert.equal(await next.locator('.state .tag.mine').count(), saved.beads.length);
  assert.equal(await next.evaluate(() => diglot.summaries[0].pairs), '1-1 1-0 1-1x2 1-0x3');
  assert.equal(await next.locator('.pair.doubtful').count(), 0);
  await close(next);
  await close(page);
});

test('one file has the decisions of the whole batch', async () => {
  const page = await openGallery();

  await openDispatch(page, 'unequal-en-ar.txt');
  await page.keyboard.press('j');
  await openDispatch(page, 'flood-en-ar.txt');
  await page.keyboard.press('u');
  await page.keyboard.press('Escape');
  await page.waitForSelector('#save-all');
  const path = await save(page, '#save-all');
  const lines = readFileSync(path, 'utf8').trim().split('\n').map(line => JSON.parse(line));

  assert.deepEqual(lines.map(({ file }) => file), ['in/flood-en-ar.txt', 'in/unequal-en-ar.txt']);
  assert.equal(diglot('-t', 'json', '-o', 'fixed/', '--align', path, 'in').status, 1);   // one is empty
  const beads = JSON.parse(readFileSync(join(folder, 'fixed', 'flood-en-ar.json'), 'utf8')).beads;

  assert.deepEqual(beads.slice(0, 2).map(({ a, b }) => [a, b]), [[[0], []], [[], [0]]]);
  assert.ok(beads.every(({ fixed }) => fixed));
  await close(page);
});

test('doubtful lines come first; roles are chosen from the list beside them, by keyboard too, and the next run obeys', async () => {
  const page = await openGallery();
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  const said = () => page.locator('#live').textContent();
  const lines = () => page.locator('.row-of-line').evaluateAll(rows => rows.map(row => Number(row.dataset.line)));

  await page.locator('[data-filter=unsure]').click();
  assert.ok((await names(page)).some(name => /results/.test(name)));
  const id = await openDispatch(page, 'results.txt');
  const unsure = await page.locator('.row-of-line:has(.tag.doubt)').count();

  assert.ok(unsure > 0);
  assert.ok(await page.locator('.all-lines').evaluate(node => node.open));
  assert.deepEqual(await page.locator('.row-of-line').evaluateAll((rows, n) => rows.slice(0, n).every(row => row.querySelector('.tag.doubt')), unsure), true);
  await page.locator('#first-doubtful').uncheck();
  assert.deepEqual(await lines(), [...await lines()].sort((a, b) => a - b));
  await page.locator('#first-doubtful').check();
  // From the list.
  const list = page.locator('select.role[data-line="5"]');
  await list.focus();
  await list.selectOption('note');
  assert.equal(await said(), 'Line 5: For editors.');
  assert.equal(await page.locator('.para.taken').count(), 1);
  // By keyboard: the last line is hidden, the one above it gets a role by its first letters.
  await page.locator('.row-of-line').first().focus();
  await press('End', 'h');
  assert.equal(await said(), 'Line 15: Furniture.');
  await press('ArrowUp', 'r', 'C', 'a', 'p', 'Escape');
  const above = await page.evaluate(() => Number(document.activeElement.dataset.line));
  assert.equal(await said(), `Line ${above}: Caption.`);
  assert.equal(await page.evaluate(() => document.activeElement.className.includes('row-of-line')), true);
  // From a paragraph among the pairs, and back.
  await page.locator('.para', { hasText: 'The next round' }).click();
  await press('h');
  assert.equal(await said(), 'Line 7: Furniture.');
  await press('Control+z');
  await press('r');
  assert.deepEqual(await page.evaluate(() => [document.activeElement.tagName, document.activeElement.dataset.line]), ['SELECT', '7']);
  await page.reload();
  await page.waitForSelector('.pair');
  assert.deepEqual(await page.evaluate(wanted => diglot.marks.get(diglot.byId.get(wanted)).roles, id), { 5: 'note', 15: 'furniture', [above]: 'caption' });
  assert.equal(await page.locator('.row-of-line.changed').count(), 3);
  const path = await save(page, '#save');
  const saved = JSON.parse(readFileSync(path, 'utf8'));

  // All roles are as they were seen: a line that is hidden does not take its counterpart along.
  assert.deepEqual(saved.lines.map(({ n }) => n), [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15]);
  assert.deepEqual([5, above, 15, 7].map(n => saved.lines.find(line => line.n === n).role), ['note', 'caption', 'furniture', 'body']);
  assert.equal(saved.beads, undefined);
  // With a pair mended too, what the pairs count goes with them.
  await page.locator('.para', { hasText: 'Selma United won' }).click();
  await press('u');
  const mended = await save(page, '#save');
  const json = JSON.parse(execFileSync(program, ['-q', '-t', 'json', '-o', '-', '--align', mended, 'in/results.txt'], { cwd: folder, encoding: 'utf8' }));

  assert.deepEqual([5, above, 15].map(n => json.lines[n - 1].role), ['note', 'caption', 'furniture']);
  assert.deepEqual(json.beads.slice(0, 2).map(bead => [bead.a_lines, bead.b_lines, bead.fixed]), [[[3], [], true], [[], [11], true]]);
  assert.equal(json.lines[6].role, 'body');
  await close(page);
});

test('messages and pictures lead to their pairs', async () => {
  const page = await openGallery();

  await openDispatch(page, 'unequal-en-ar.txt');
  await page.locator('.message .place-link', { hasText: 'line 9' }).click();
  assert.match(await page.locator('.pair.chosen .para').first().textContent(), /^From April/);
  assert.ok(await page.locator('.place').count() > 0);
  const picture = page.locator('.page img').first();

  await picture.evaluate(image => image.decode());
  const place = await page.locator('.place').first().boundingBox(), whole = await picture.boundingBox();
  assert.ok(place.x >= whole.x - 8 && place.y >= whole.y && place.y + place.height <= whole.y + whole.height + 8);
  await picture.click({ position: { x: whole.width * .25, y: whole.height * .3 } });
  assert.match(await page.locator('.pair.chosen .para').first().textContent(), /^The last lighthouse keeper/);
  await close(page);
});

test('the interface runs both ways; the texts keep their places', async () => {
  for (const [locale, dir] of [['en', 'ltr'], ['ar', 'rtl']]) {
    const page = await openGallery({ locale });

    assert.equal(await page.evaluate(() => document.documentElement.dir), dir);
    await openDispatch(page, 'flood-en-ar.txt');
    const english = page.locator('.para:lang(en)').first(), arabic = page.locator('.para:lang(ar)').first();
    assert.ok((await english.boundingBox()).x < (await arabic.boundingBox()).x);
    assert.deepEqual([await english.getAttribute('dir'), await arabic.getAttribute('dir')], ['ltr', 'rtl']);
    assert.equal((await page.locator('.state b').nth(2).textContent()), locale === 'ar' ? '٣' : '3');
    await page.selectOption('#language', locale === 'ar' ? 'en' : 'ar');
    await page.waitForFunction(other => document.documentElement.dir === other, dir === 'rtl' ? 'ltr' : 'rtl');
    await close(page);
  }
});

test('everything has a name, can be reached by keyboard, and stands out from its ground', async () => {
  for (const colorScheme of ['light', 'dark'])
    for (const name of [null, 'unequal-en-ar.txt']) {
      const page = await openGallery({ colorScheme });

      if (name)
        await openDispatch(page, name);
      else
        await page.locator('summary').click();
      const faults = await page.evaluate(() => {
        const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
        const channels = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data; };
        const luminance = ([r, g, b]) => [r, g, b].map(v => (v / 255 <= .04045 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
        const ground = node => { for (; node; node = node.parentElement) { const colour = channels(getComputedStyle(node).backgroundColor); if (colour[3] > 250) return colour; } return [255, 255, 255]; };
        const found = [];

        for (const node of document.querySelectorAll('button, a, input, select, summary'))
          if (!(node.innerText?.trim() || node.getAttribute('aria-label') || node.labels?.[0]?.textContent.trim() || node.querySelector('.hidden')))
            found.push(`no name: ${node.outerHTML.slice(0, 80)}`);
        for (const node of document.querySelectorAll('main *, header *')) {
          if (![...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()) || !node.checkVisibility({ opacityProperty: true }) || node.closest(':disabled, .hidden'))
            continue;
          const [one, two] = [luminance(channels(getComputedStyle(node).color)), luminance(ground(node))].sort((a, b) => b - a);

          if ((one + .05) / (two + .05) < 4.5)
            found.push(`contrast ${((one + .05) / (two + .05)).toFixed(2)}: ${node.outerHTML.slice(0, 80)}`);
        }
        return found;
      });

      assert.deepEqual(faults, [], `${colorScheme} ${name}`);
      // Tab comes to every control once and to the list or the pairs.
      await page.evaluate(() => document.activeElement.blur());
      const reached = new Set();
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press('Tab');
        reached.add(await page.evaluate(() => document.activeElement.id || document.activeElement.dataset.command || document.activeElement.className));
      }
      for (const wanted of name ? ['language', 'theme', 'save', 'join', 'split', 'confirm', 'para chosen'] : ['skip', 'search', 'in-texts', 'order', 'save-all', 'titles'])
        assert.ok([...reached].some(each => each === wanted), `${wanted} is not reached: ${[...reached].join(', ')}`);
      await close(page);
    }
});

test('on paper all of the list is there, and no tools', async () => {
  const page = await openGallery();
  const pdf = join(folder, 'list.pdf');

  await page.pdf({ path: pdf, preferCSSPageSize: true });
  const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });

  for (const name of readdirSync(samples).filter(name => name.endsWith('.txt')))
    assert.ok(text.includes(name), `${name} is missing`);
  assert.ok(!text.includes('Save all'));
  await close(page);
});

test('two thousand dispatches open in two seconds, with few rows in the page', async () => {
  const many = join(folder, 'many');
  const text = readFileSync(join(samples, 'flood-en-ar.txt'), 'utf8');

  mkdirSync(many);
  for (let i = 0; i < 2000; i++)
    writeFileSync(join(many, `${String(i).padStart(4, '0')}.txt`), text.replace(/2,300/g, `${i + 1}`).replace('Safsaf River', `River ${i}`));
  assert.equal(diglot('--check', '--gallery', 'large', 'many').status, 0);
  const times = [];
  let page;

  for (let i = 0; i < 3; i++) {
    await page?.context().close();
    page = await openGallery({ where: join(folder, 'large') });
    times.push(await page.evaluate(() => { const [entry] = performance.getEntriesByName('listed'); return entry.startTime; }));
  }
  console.log(`# opened in ${times.map(Math.round).join(', ')} ms`);
  assert.ok(Math.min(...times) < 2000);
  assert.ok(await page.locator('.row').count() < 60);
  await page.locator('.row a').first().focus();
  await page.keyboard.press('End');
  assert.match(await page.locator('.row:focus-within .file').textContent(), /1999\.txt/);
  assert.ok(await page.locator('.row').count() < 60);
  await page.keyboard.press('PageUp');
  assert.doesNotMatch(await page.locator('.row:focus-within .file').textContent(), /1999\.txt/);
  await page.fill('#search', 'river 1234');
  assert.equal(await page.locator('.row').count(), 1);
  await close(page);
});

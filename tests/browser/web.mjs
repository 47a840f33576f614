// Web pages in a real Chromium, opened from disk, at the widths of a telephone, a tablet and a desk:
//   node web.mjs PROGRAM SAMPLES, in a folder that has node_modules with playwright-core.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const [program, samples] = process.argv.slice(2);
const require = createRequire(process.cwd() + '/');
const { chromium } = require('playwright-core');
const axe = existsSync('node_modules/axe-core') ? readFileSync('node_modules/axe-core/axe.min.js', 'utf8') : null;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const folder = mkdtempSync(join(tmpdir(), 'diglot-web-'));
const hostile = [
  '</title></style><script>window.hacked=1</script> "quoted" \u202Eturned', 'The harbour <img src=x onerror="window.hacked=2"> opens on Sunday after 12 days.', '',
  'إعادة فتح الميناء <svg onload="window.hacked=3">', 'يعاد فتح الميناء يوم الأحد بعد 12 يوماً. <iframe src="javascript:window.hacked=4">', '',
].join('\n');

let browser;

before(async () => {
  writeFileSync(join(folder, 'hostile.txt'), hostile);
  writeFileSync(join(folder, 'long.txt'), `${'W'.repeat(400)}\n\n${'Long words wrap. '.repeat(9)}\n\nعنوان\n\nنص قصير لا غير.\n`);
  assert.equal(spawnSync(program, ['-q', '-t', 'html', '-o', 'site/', samples, 'hostile.txt', 'long.txt'], { cwd: folder }).status, 0);
  assert.equal(spawnSync(program, ['-q', '-t', 'html', '--set', 'html.fonts=embed', '-o', 'faces.html', join(samples, 'flood-en-ar.txt')], { cwd: folder }).status, 0);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: flags });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

async function open(name, width = 1440, options = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...options });
  const page = await context.newPage();

  page.complaints = [];
  page.requests = [];
  page.on('console', message => { if (['error', 'warning'].includes(message.type())) page.complaints.push(message.text()); });
  page.on('pageerror', error => page.complaints.push(String(error)));
  page.on('request', request => page.requests.push(request.url()));
  await page.goto(`file://${join(folder, 'site', name)}`);
  return page;
}

// A page that was fine asked for nothing but itself.
async function close(page) {
  assert.deepEqual(page.complaints, []);
  assert.deepEqual(page.requests.filter(url => !/^(file|data):/.test(url)), []);
  await page.context().close();
}

const box = (page, selector) => page.locator(selector).boundingBox();
const marked = (page, selector) => page.locator(selector).evaluate(row => getComputedStyle(row).backgroundColor !== 'rgba(0, 0, 0, 0)');

for (const name of ['flood-en-ar.html', 'museum-ar-en.html', 'railway-en-he.html', 'port-fr-ar.html', 'urdu-en.html', 'chinese-en.html', 'one-language.html', 'long.html', 'index.html'])
  test(`${name} fits every width`, async () => {
    for (const width of [360, 800, 1440]) {
      const page = await open(name, width);

      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `at ${width}`);
      await close(page);
    }
  });

test('pairs stand level on wide screens, the left-to-right text left, and one under the other on narrow ones', async () => {
  for (const [name, ltr, rtl] of [['flood-en-ar.html', 'a', 'b'], ['museum-ar-en.html', 'b', 'a']])
    for (const width of [360, 800, 1440]) {
      const page = await open(name, width);

      for (const n of [1, 3]) {
        const left = await box(page, `#p${n} .${ltr}`), right = await box(page, `#p${n} .${rtl}`);
        const first = ltr === 'a' ? left : right, second = ltr === 'a' ? right : left;

        if (width === 360) {
          assert.ok(second.y >= first.y + first.height, 'stacked in the order of the file');
        } else {
          assert.ok(left.x + left.width < right.x, 'side by side');
          assert.ok(Math.abs(left.y - right.y) < 12, 'level');
        }
      }
      assert.equal(await page.locator('#p1 [dir=rtl] p').evaluate(p => getComputedStyle(p).direction), 'rtl');
      await close(page);
    }
});

test('a paragraph marks its counterpart under the pointer and by keyboard', async () => {
  const page = await open('flood-en-ar.html');

  assert.equal(await marked(page, '#p2'), false);
  await page.hover('#p2 .b p');
  assert.equal(await marked(page, '#p2'), true);
  await page.mouse.move(2, 2);
  assert.equal(await marked(page, '#p2'), false);
  await page.locator('#p1 .mark').focus();
  await page.keyboard.press('Tab');
  assert.equal(await marked(page, '#p2'), true);
  assert.equal(await marked(page, '#p1'), false);
  assert.equal(await page.locator('#p2 .mark').evaluate(link => getComputedStyle(link).opacity), '1');
  await close(page);
});

test('one language can be shown alone, without a script', async () => {
  const page = await open('flood-en-ar.html', 800, { javaScriptEnabled: false });

  for (const [choice, shown] of [['a', 'a'], ['b', 'b']]) {
    await page.locator(`#show-${choice}`).check({ force: true });
    assert.equal(await page.locator('#p1 .a').isVisible(), shown === 'a');
    assert.equal(await page.locator('#p1 .b').isVisible(), shown === 'b');
    assert.equal(await page.locator(`h1:visible`).count(), 1);
  }
  await page.locator('#show-both').check({ force: true });
  assert.equal(await page.locator('#p1 .a, #p1 .b').count(), 2);
  await close(page);
});

test('faces that stand in the page are taken', async () => {
  const page = await open('../faces.html');
  const faces = await page.evaluate(async () => { await document.fonts.ready; return [...document.fonts].map(face => face.status); });

  assert.ok(faces.length >= 4);
  assert.deepEqual(faces.filter(status => status !== 'loaded'), []);
  await close(page);
});

test('what a dispatch says stays text', async () => {
  const page = await open('hostile.html');

  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await page.locator('img, iframe, svg, article script').count(), 0);
  assert.match(await page.locator('h1').first().textContent(), /<script>window\.hacked=1<\/script>/);
  assert.equal(JSON.parse(await page.locator('script[type="application/ld+json"]').textContent())['@graph'].length, 2);
  await close(page);
});

test('nothing bars readers who cannot see or point', { skip: axe === null && 'axe-core is not installed' }, async () => {
  for (const [name, width, colorScheme] of [['flood-en-ar.html', 1440, 'light'], ['museum-ar-en.html', 360, 'dark'], ['port-fr-ar.html', 800, 'light'], ['index.html', 360, 'light']]) {
    const page = await open(name, width, { colorScheme });

    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());

    assert.deepEqual(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes[0].html}`), []);
    await close(page);
  }
});

test('the index leads to the pages and they lead back', async () => {
  const page = await open('index.html', 360);

  await page.click('text=Safsaf River bursts');
  assert.match(page.url(), /flood-en-ar\.html$/);
  await page.click('a[rel=index]');
  assert.match(page.url(), /index\.html$/);
  await close(page);
});

test('dark where the reader has it so, and both columns on paper', async () => {
  const page = await open('flood-en-ar.html', 1440, { colorScheme: 'dark' });
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

  assert.equal(await ground(), 'rgb(22, 23, 26)');
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 640, height: 900 });
  assert.equal(await ground(), 'rgb(255, 255, 255)');
  assert.ok((await box(page, '#p1 .a')).x + (await box(page, '#p1 .a')).width < (await box(page, '#p1 .b')).x);
  assert.equal(await page.locator('.bar').isVisible(), false);
  await close(page);
});

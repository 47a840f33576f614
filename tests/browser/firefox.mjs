// Web pages in a real Firefox, which is driven by its own remote protocol (Marionette: lines of JSON, each with its length before it):
//   node firefox.mjs PROGRAM SAMPLES
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test } from 'node:test';

const [program, samples] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'diglot-firefox-'));
const profile = join(folder, 'profile');
const narrowest = 500; // px: no window of Firefox is narrower; below it the page is magnified
const quiet = { 'marionette.port': 0, 'app.normandy.enabled': false, 'app.update.auto': false, 'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false, 'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,', 'security.fileuri.strict_origin_policy': false };

let firefox, socket, count = 0, received = Buffer.alloc(0);
const answers = new Map();

function take(bytes) {
  received = Buffer.concat([received, bytes]);
  for (;;) {
    const colon = received.indexOf(':'), length = Number(received.subarray(0, Math.max(colon, 0)));

    if (colon < 0 || received.length < colon + 1 + length)
      return;
    const message = JSON.parse(received.subarray(colon + 1, colon + 1 + length));

    received = received.subarray(colon + 1 + length);
    if (!Array.isArray(message))
      continue; // the greeting
    const [resolve, reject] = answers.get(message[1]);

    message[2] ? reject(new Error(message[2].message)) : resolve(message[3]);
  }
}

function ask(command, parameters = {}) {
  const message = JSON.stringify([0, ++count, command, parameters]);

  return new Promise((resolve, reject) => {
    answers.set(count, [resolve, reject]);
    socket.write(`${Buffer.byteLength(message)}:${message}`);
  });
}

const run = async (script, ...args) => (await ask('WebDriver:ExecuteScript', { script, args })).value;

async function inBrowser(script, ...args) {
  await ask('Marionette:SetContext', { value: 'chrome' });
  try {
    return await run(script, ...args);
  } finally {
    await ask('Marionette:SetContext', { value: 'content' });
  }
}

before(async () => {
  const port = join(profile, 'MarionetteActivePort');

  assert.equal(spawnSync('mkdir', [profile]).status, 0);
  writeFileSync(join(profile, 'user.js'), Object.entries(quiet).map(([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});\n`).join(''));
  writeFileSync(join(folder, 'hostile.txt'), ['</title><script>window.hacked=1</script> opens', 'The harbour <img src=x onerror="window.hacked=2"> opens on Sunday after 12 days.', '',
    'إعادة فتح الميناء <svg onload="window.hacked=3">', 'يعاد فتح الميناء يوم الأحد بعد 12 يوماً. <iframe src="javascript:window.hacked=4">', ''].join('\n'));
  assert.equal(spawnSync(program, ['-q', '-t', 'html', '-o', 'site/', samples, 'hostile.txt'], { cwd: folder }).status, 0);
  firefox = spawn(process.env.FIREFOX, ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile], { stdio: 'ignore', env: { ...process.env, HOME: folder } });
  while (!existsSync(port) || readFileSync(port, 'utf8') === '') {
    assert.equal(firefox.exitCode, null, 'Firefox has ended');
    await sleep(50);
  }
  socket = connect(Number(readFileSync(port, 'utf8')), '127.0.0.1');
  socket.on('data', take);
  await ask('WebDriver:NewSession', { capabilities: { alwaysMatch: { pageLoadStrategy: 'normal' } } });
});

after(async () => {
  await ask('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {});
  socket.destroy();
  if (firefox.exitCode === null)
    await new Promise(resolve => firefox.once('exit', resolve));
  rmSync(folder, { recursive: true });
});

// Opens a page of the site at a width in CSS pixels.
async function open(name, width = 1440) {
  const rect = await ask('WebDriver:SetWindowRect', { width: Math.max(width, narrowest), height: 900 });

  await ask('WebDriver:Navigate', { url: `file://${join(folder, 'site', name)}` });
  // Pixels of the screen are whole: the width comes out within two.
  for (let i = 0; i < 100 && Math.abs(await run('return innerWidth') - width) > 2; i++) {
    await inBrowser('gBrowser.selectedBrowser.fullZoom = arguments[0]', rect.width / width);
    await sleep(20);
  }
  assert.ok(Math.abs(await run('return innerWidth') - width) <= 2);
}

const box = selector => run('const r = document.querySelector(arguments[0]).getBoundingClientRect(); return { x: r.x, y: r.y, right: r.right, bottom: r.bottom }', selector);
const isMarked = selector => run('return getComputedStyle(document.querySelector(arguments[0])).backgroundColor !== "rgba(0, 0, 0, 0)"', selector);
const isShown = selector => run('return document.querySelector(arguments[0]).checkVisibility()', selector);

async function perform(...actions) {
  await ask('WebDriver:PerformActions', { actions });
}

async function point(selector) {
  const { x, y } = await box(selector);

  await perform({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [{ type: 'pointerMove', x: Math.round(x) + 8, y: Math.round(y) + 8, duration: 0 }] });
}

for (const name of ['flood-en-ar.html', 'museum-ar-en.html', 'railway-en-he.html', 'urdu-en.html', 'chinese-en.html', 'one-language.html', 'hostile.html', 'index.html'])
  test(`${name} fits every width`, async () => {
    for (const width of [360, 800, 1440]) {
      await open(name, width);
      assert.ok(await run('return document.documentElement.scrollWidth <= innerWidth'), `at ${width}`);
    }
  });

test('pairs stand level on wide screens, the left-to-right text left, and one under the other on narrow ones', async () => {
  for (const [name, ltr, rtl] of [['flood-en-ar.html', 'a', 'b'], ['museum-ar-en.html', 'b', 'a']])
    for (const width of [360, 800, 1440]) {
      await open(name, width);
      for (const n of [1, 3]) {
        const left = await box(`#p${n} .${ltr}`), right = await box(`#p${n} .${rtl}`), [first, second] = ltr === 'a' ? [left, right] : [right, left];

        if (width === 360) {
          assert.ok(second.y >= first.bottom, 'stacked in the order of the file');
        } else {
          assert.ok(left.right < right.x, 'side by side');
          assert.ok(Math.abs(left.y - right.y) < 12, 'level');
        }
      }
      assert.equal(await run('return getComputedStyle(document.querySelector("#p1 [dir=rtl] p")).direction'), 'rtl');
    }
});

test('a paragraph marks its counterpart under the pointer and by keyboard', async () => {
  await open('flood-en-ar.html');
  assert.equal(await isMarked('#p2'), false);
  await point('#p2 .b p');
  assert.equal(await isMarked('#p2'), true);
  await perform({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [{ type: 'pointerMove', x: 2, y: 2, duration: 0 }] });
  assert.equal(await isMarked('#p2'), false);
  await run('document.querySelector("#p1 .mark").focus()');
  await perform({ type: 'key', id: 'keys', actions: [{ type: 'keyDown', value: '\uE004' }, { type: 'keyUp', value: '\uE004' }] });
  assert.equal(await isMarked('#p2'), true);
  assert.equal(await isMarked('#p1'), false);
});

test('one language can be shown alone', async () => {
  await open('flood-en-ar.html', 800);
  for (const choice of ['a', 'b']) {
    await run('document.querySelector(arguments[0]).click()', `#show-${choice}`);
    assert.equal(await isShown('#p1 .a'), choice === 'a');
    assert.equal(await isShown('#p1 .b'), choice === 'b');
  }
});

test('what a dispatch says stays text, and the policy lets in what the page has', async () => {
  await open('hostile.html');
  assert.equal(await run('return window.hacked === undefined'), true);
  assert.equal(await run('return document.querySelectorAll("img, iframe, svg, article script").length'), 0);
  assert.match(await run('return document.querySelector("h1").textContent'), /<script>window\.hacked=1<\/script>/);
  assert.deepEqual(await inBrowser('return Services.console.getMessageArray().map(String).filter(text => text.includes("Content-Security-Policy"))'), []);
});

// Pictures of the review page for review.md: node review.mjs GALLERY FOLDER, in a folder that has node_modules with playwright-core.
import { createRequire } from 'node:module';

const [gallery, folder] = process.argv.slice(2);
const { chromium } = createRequire(process.cwd() + '/')('playwright-core');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: flags });

async function draw(name, { dispatch, act, ...options }) {
  const context = await browser.newContext({ viewport: { width: 1240, height: 780 }, ...options });
  const page = await context.newPage();

  await page.goto(`file://${gallery}/index.html`);
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'list');
  if (dispatch) {
    const id = await page.evaluate(wanted => (location.hash = diglot.summaries.find(s => s.input.endsWith(wanted)).id), dispatch);

    await page.waitForFunction(wanted => document.documentElement.dataset.ready === wanted, id);
  }
  await act?.(page);
  await page.waitForFunction(() => [...document.images].every(image => image.complete || !image.checkVisibility() || image.getBoundingClientRect().top > innerHeight));
  await page.screenshot({ path: `${folder}/${name}.png` });
  await context.close();
}

// The paragraph without counterpart is chosen, and the first pair is confirmed.
const look = async page => {
  await page.keyboard.press('c');
  for (let i = 0; i < 3; i++)
    await page.keyboard.press('ArrowDown');
  await page.evaluate(() => scrollTo(0, innerWidth > 600 ? 420 : 600));
};
const worst = page => page.selectOption('#order', 'byLowest');
const unequal = 'unequal-en-ar.txt';

await draw('review-list', { locale: 'en', act: worst });
await draw('review-list-ar', { locale: 'ar', act: worst, colorScheme: 'dark' });
await draw('review-dispatch', { locale: 'en', dispatch: unequal, act: look });
await draw('review-dispatch-ar', { locale: 'ar', dispatch: unequal, act: look, colorScheme: 'dark' });
await draw('review-list-narrow', { locale: 'en', act: worst, viewport: { width: 400, height: 780 } });
await draw('review-dispatch-narrow', { locale: 'ar', dispatch: unequal, act: look, viewport: { width: 400, height: 780 }, colorScheme: 'dark' });
await browser.close();

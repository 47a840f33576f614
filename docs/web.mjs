// Pictures of web pages for web.md: node web.mjs SITE FOLDER, in a folder that has node_modules with playwright-core.
import { createRequire } from 'node:module';

const [site, folder] = process.argv.slice(2);
const { chromium } = createRequire(process.cwd() + '/')('playwright-core');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });

async function draw(name, file, width, height, act) {
  const page = await browser.newPage({ viewport: { width, height } });

  await page.goto(`file://${site}/${file}`);
  await act?.(page);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.close();
}

await draw('web', 'flood-en-ar.html', 1100, 700, page => page.hover('#p2 .a p'));
await draw('web-narrow', 'flood-en-ar.html', 360, 700);
await draw('web-index', 'index.html', 900, 520);
await browser.close();

// Pictures of every page for people who judge the looks: `npm run screenshots -- FOLDER` makes one picture a
// page, with the light theme, the dark one and the narrowest screen side by side.
//
// Invariant: the same pages as the accessibility tests visit, in the same appearances.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { args, executablePath } from './fixtures/chromium.ts';
import { developerPages, journey, publicPages } from './fixtures/pages.ts';
import { startStack, type Stack } from './fixtures/stack.ts';

/** Appearances, each with the width of its picture beside the others. */
const appearances = [
  { colorScheme: 'light', viewport: { width: 1280, height: 800 }, shown: 560 },
  { colorScheme: 'dark', viewport: { width: 1280, height: 800 }, shown: 560 },
  { colorScheme: 'light', viewport: { width: 320, height: 640 }, shown: 240 },
] as const;

/** The pictures of every page in one appearance, in the order of the visits. */
async function visit(browser: Browser, stack: Stack, appearance: (typeof appearances)[number]): Promise<Map<string, Buffer>> {
  const context = await browser.newContext({ ...appearance, locale: 'fr-FR' });
  const page = await context.newPage();
  const pictures = new Map<string, Buffer>();
  // The developer's pages last: they tell of what happened on the others.
  for (const { name, go } of [...publicPages, ...journey, ...developerPages]) {
    await go(page, stack);
    await page.waitForLoadState('networkidle');
    pictures.set(name, await page.screenshot({ fullPage: true }));
  }
  await context.close();
  return pictures;
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: npm run screenshots -- FOLDER');
const target = resolve(process.env.INIT_CWD ?? '.', folder);
mkdirSync(target, { recursive: true });

const stack = await startStack();
const browser = await chromium.launch({ executablePath, args: [...args, ...stack.browserArgs] });
try {
  const visits: Map<string, Buffer>[] = [];
  for (const appearance of appearances) visits.push(await visit(browser, stack, appearance));

  const sheet = await browser.newPage({ viewport: { width: 1408, height: 100 } });
  for (const name of visits[0]?.keys() ?? []) {
    const images = appearances.map(({ shown }, index) => {
      const data = visits[index]?.get(name)?.toString('base64');
      return `<img width="${shown}" src="data:image/png;base64,${data}">`;
    });
    await sheet.setContent(
      `<body style="margin:0;padding:16px;display:flex;gap:8px;align-items:start;background:#888">${images.join('')}`,
    );
    await sheet.screenshot({ path: join(target, `${name}.jpg`), fullPage: true, type: 'jpeg', quality: 70 });
  }
  console.log(`pictures are in ${target}`);
} finally {
  await browser.close();
  await stack.close();
}

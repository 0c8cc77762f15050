// Pictures of every page for people who judge the looks: `npm run screenshots -- FOLDER`.
//
// Invariant: the same pages as the accessibility tests visit, in the same appearances.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { args, executablePath } from './fixtures/chromium.ts';
import { developerPages, journey, publicPages } from './fixtures/pages.ts';
import { startStack } from './fixtures/stack.ts';

const appearances = [
  { name: 'clair', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'sombre', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: '320', colorScheme: 'light', viewport: { width: 320, height: 640 } },
] as const;

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: npm run screenshots -- FOLDER');
const target = resolve(process.env.INIT_CWD ?? '.', folder);
mkdirSync(target, { recursive: true });

const stack = await startStack();
const browser = await chromium.launch({ executablePath, args: [...args, ...stack.browserArgs] });
try {
  for (const { name, ...appearance } of appearances) {
    const page = await (await browser.newContext({ ...appearance, locale: 'fr-FR' })).newPage();
    for (const visit of [...publicPages, ...developerPages, ...journey]) {
      await visit.go(page, stack);
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(target, `${visit.name}-${name}.png`), fullPage: true });
    }
    await page.context().close();
  }
  console.log(`pictures are in ${target}`);
} finally {
  await browser.close();
  await stack.close();
}

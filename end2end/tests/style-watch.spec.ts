// The stylesheet while somebody designs: what is saved shows at once, and a mistake takes nothing away.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { freePorts } from '../fixtures/ports.ts';
import { root } from '../fixtures/program.ts';
import { expect, testWithoutStack as test } from '../fixtures/test.ts';

const style = join(root, 'style');

/** A copy of our own stylesheets, with all that they refer to. */
function copyOfStyle(): string {
  const folder = mkdtempSync(join(tmpdir(), 'style-'));
  for (const name of readdirSync(style).filter((name) => name.endsWith('.css'))) {
    cpSync(join(style, name), join(folder, name));
  }
  for (const name of ['artwork', 'node_modules']) symlinkSync(join(style, name), join(folder, name));
  return folder;
}

let folder: string;
let watcher: ChildProcessByStdio<null, Readable, null>;
let site: Server;

test.afterEach(() => {
  watcher.kill();
  site.closeAllConnections();
  site.close();
  rmSync(folder, { recursive: true, force: true });
});

test('what is saved shows without loading the page again', async ({ browser }) => {
  folder = copyOfStyle();
  const [port = 0] = await freePorts(1);
  watcher = spawn('node', ['style/watch.mjs', String(port), folder], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(watcher.stdout, 'data');

  // As Trunk: a built index.html, which the hook makes follow the watcher, and a proxy.
  writeFileSync(join(folder, 'index.html'), '<!doctype html><link rel="stylesheet" href="/app.css"><p class="app-panel">Panneau</p>');
  const hook = spawn('node', ['style/live.mjs'], {
    cwd: root,
    env: { ...process.env, STYLE_WATCH: '1', TRUNK_STAGING_DIR: folder },
  });
  expect(await once(hook, 'exit')).toEqual([0, null]);
  site = createServer((incoming, answer) => {
    if (!incoming.url?.startsWith('/style/')) return answer.end(readFileSync(join(folder, 'index.html')));
    const passed = request(`http://127.0.0.1:${port}${incoming.url}`, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
      if (incoming.url === '/style/events') site.emit('followed');
    });
    return passed.end();
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));

  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  const followed = once(site, 'followed');
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  await followed;
  const panel = page.locator('.app-panel');
  const untouched = await page.evaluate(() => getComputedStyle(document.querySelector('.app-panel')!).padding);
  expect(untouched, 'our own rules are there').not.toBe('0px');
  await page.evaluate(() => document.body.setAttribute('data-loaded-once', ''));

  const file = join(folder, 'layout.css');
  const saved = readFileSync(file, 'utf8');
  writeFileSync(file, `${saved}\n.app-panel { color: rgb(1, 2, 3) }`);
  await expect(panel).toHaveCSS('color', 'rgb(1, 2, 3)');

  writeFileSync(file, `${saved}\n.app-panel { color: `);
  await expect.poll(() => problems.join('\n')).toMatch(/layout\.css:\d+:\d+: /);
  await expect(panel).toHaveCSS('color', 'rgb(1, 2, 3)');

  writeFileSync(file, `${saved}\n.app-panel { color: rgb(4, 5, 6) }`);
  await expect(panel).toHaveCSS('color', 'rgb(4, 5, 6)');
  await expect(page.locator('body')).toHaveAttribute('data-loaded-once', '');
  await expect(page.locator('link[data-live]')).toHaveCount(1);

  await page.close();
});

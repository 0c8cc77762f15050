// Lighthouse on the pages that people see first: scores, and what keeps them from being better.
//
// Invariant: every run finds an empty cache (Lighthouse empties it, and leaves cookies alone); anonymous pages are
// looked at before anybody has signed in.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { args, executablePath } from '../fixtures/chromium.ts';
import { agent, expectAccount, signIn } from '../fixtures/persona.ts';
import { freePorts } from '../fixtures/ports.ts';
import type { Stack } from '../fixtures/stack.ts';
import { failures, type Report } from './lighthouse-report.ts';
import { figure, median, table } from './table.ts';

const RUNS = 3;
const program = join(import.meta.dirname, 'node_modules', 'lighthouse', 'cli', 'index.js');
const categories = [
  { id: 'performance', name: 'performance', target: 95 },
  { id: 'accessibility', name: 'accessibility', target: 100 },
  { id: 'best-practices', name: 'best practices', target: 100 },
  { id: 'seo', name: 'SEO', target: 100 },
];
const quietly = ['--quiet', '--locale=en', '--no-enable-error-reporting'];
const metrics = [
  { id: 'first-contentful-paint', name: 'FCP, ms', digits: 0 },
  { id: 'largest-contentful-paint', name: 'LCP, ms', digits: 0 },
  { id: 'total-blocking-time', name: 'TBT, ms', digits: 0 },
  { id: 'speed-index', name: 'speed index, ms', digits: 0 },
  { id: 'cumulative-layout-shift', name: 'CLS', digits: 3 },
];

interface Audited {
  name: string;
  reports: Report[];
}

/** Prints the scores; answers how many targets are missed. */
export async function auditPages(stack: Stack): Promise<number> {
  const [port = 0] = await freePorts(1);
  // Its first context, the one that Lighthouse opens its page in, has no size or language imposed on it.
  const context = await chromium.launchPersistentContext('', {
    executablePath,
    args: [...args, ...stack.browserArgs, `--remote-debugging-port=${port}`],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    viewport: null,
  });
  try {
    const page = await context.newPage();
    const audited: Audited[] = [];
    for (const path of ['/', '/connexion']) audited.push(await audit(path, `${stack.app}${path}`, port));
    await signIn(page, stack, agent);
    audited.push(await audit('/compte, signed in', `${stack.app}/compte`, port));
    await stillSignedIn(page, stack);
    return print(audited);
  } finally {
    await context.close();
  }
}

async function audit(name: string, url: string, port: number): Promise<Audited> {
  const reports: Report[] = [];
  for (let run = 0; run < RUNS; run++) reports.push(await runLighthouse(url, port));
  return { name, reports };
}

async function runLighthouse(url: string, port: number): Promise<Report> {
  const only = categories.map(({ id }) => id).join(',');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, url, `--port=${port}`, '--output=json', `--only-categories=${only}`, ...quietly],
    { maxBuffer: 100_000_000 },
  );
  const report = JSON.parse(stdout) as Report;
  if (report.runtimeError) throw new Error(`Lighthouse on ${url}: ${report.runtimeError.message}`);
  return report;
}

/** Else the last reports were about the page that asks to sign in. */
async function stillSignedIn(page: Page, stack: Stack): Promise<void> {
  await page.goto(`${stack.app}/compte`);
  await expectAccount(page, stack, agent);
}

function print(audited: Audited[]): number {
  const version = audited[0]?.reports[0]?.lighthouseVersion;
  console.log(`\n## Lighthouse ${version}, mobile, simulated throttling, ${RUNS} runs, median (range)\n`);
  const lines = audited.map(({ name, reports }) => [
    name,
    ...categories.map(({ id }) => figure(scores(reports, id))),
    ...metrics.map(({ id, digits }) => figure(reports.map(({ audits }) => audits[id]?.numericValue ?? NaN), digits)),
  ]);
  const targets = ['target', ...categories.map(({ target }) => `≥ ${target}`), ...metrics.map(() => '')];
  console.log(table(['', ...[...categories, ...metrics].map(({ name }) => name)], [...lines, targets]));

  let missed = 0;
  for (const { name, reports } of audited) {
    const last = reports.at(-1);
    if (!last) throw new Error(`${name} was not audited`);
    for (const { id, name: category, target } of categories) {
      if (median(scores(reports, id)) >= target) continue;
      missed += 1;
      console.log(`\n### ${name}: what lowers ${category}, in the last run\n`);
      console.log(failures(last, id).join('\n'));
    }
  }
  return missed;
}

const scores = (reports: Report[], id: string): number[] =>
  reports.map(({ categories }) => 100 * (categories[id]?.score ?? NaN));

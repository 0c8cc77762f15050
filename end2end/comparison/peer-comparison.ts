// The sign-in page beside the same page made with react-dsfr: first visits on a slow phone, in turns.
//
// Invariant: both are measured in one run, by one browser; ours is held against the best of the others' builds.
import { chromium, type Browser } from '@playwright/test';
import { args, executablePath } from '../fixtures/chromium.ts';
import type { Stack } from '../fixtures/stack.ts';
import { CONDITIONS, load, provesItself, type Loading } from './loading.ts';
import { buildPeer } from './peer.ts';
import { serve } from './static-server.ts';
import { figure, median, table } from './table.ts';

const RUNS = 9;
const PATH = '/connexion';
const MOVED = 0.0005;

interface Page {
  name: string;
  url: string;
  program: boolean;
  loadings: Loading[];
}

interface Row {
  what: string;
  of(loading: Loading): number | undefined;
  digits?: number;
  /** What ours should not exceed: a number, or a share of the best of the others. */
  limit?: number;
  share?: number;
}

const rows: Row[] = [
  { what: 'first contentful paint, ms', of: ({ firstPaint }) => firstPaint, share: 0.6 },
  { what: 'largest contentful paint, ms', of: ({ largestPaint }) => largestPaint },
  { what: 'cumulative layout shift', of: ({ shift }) => shift, digits: 3, limit: 0.02 },
  { what: 'requests begun before the first paint', of: ({ begunBeforePaint }) => begunBeforePaint, limit: 8 },
  { what: 'requests answered before the first paint', of: ({ endedBeforePaint }) => endedBeforePaint, limit: 8 },
  { what: 'requests', of: ({ loaded }) => loaded.length },
  { what: 'transfer, kB', of: ({ bytes }) => bytes / 1_000, digits: 1, limit: 250 },
  { what: 'controls work, ms after the WASM', of: ({ takeover }) => takeover, limit: 300 },
];

/** Prints the comparison; answers how many targets are missed. */
export async function comparePeer(stack: Stack): Promise<number> {
  const builds = buildPeer();
  const servers = await Promise.all(builds.map(({ dist }) => serve(dist)));
  const browser = await chromium.launch({ executablePath, args: [...args, ...stack.browserArgs] });
  const ours: Page = { name: 'ours', url: `${stack.app}${PATH}`, program: true, loadings: [] };
  const theirs = builds.map(({ name }, index): Page => {
    return { name, url: `${servers[index]?.origin}${PATH}`, program: false, loadings: [] };
  });
  try {
    await provesItself(browser, ours.url);
    await loadInTurns(browser, [ours, ...theirs]);
  } finally {
    await browser.close();
    await Promise.all(servers.map((server) => server.close()));
  }
  return print(ours, theirs);
}

async function loadInTurns(browser: Browser, pages: Page[]): Promise<void> {
  // The first turn is thrown away: it finds servers and browser cold.
  for (let run = 0; run <= RUNS; run++) {
    for (const { url, program, loadings } of pages) {
      const loading = await load(browser, url, program);
      if (run > 0) loadings.push(loading);
    }
  }
}

function print(ours: Page, theirs: Page[]): number {
  const pages = [ours, ...theirs];
  const head = ['', ...pages.map(({ name }) => name)];
  const judged = rows.map((row) => ({ row, ...judge(row, ours, theirs) }));
  const lines = judged.map(({ row, target, verdict }) => {
    const cells = pages.map(({ loadings }) => {
      const values = valuesOf(row, loadings);
      return values.length > 0 ? figure(values, row.digits) : '';
    });
    return [row.what, ...cells, target, verdict];
  });
  console.log(`\n## ${PATH}, first visit: ${CONDITIONS}, ${RUNS} runs, median (range)\n`);
  console.log(table([...head, 'target', ''], lines));

  const kinds = [...new Set(pages.flatMap(({ loadings }) => lastOf(loadings).loaded.map(({ kind }) => kind)))].sort();
  console.log('\n### What is transferred: requests, bytes\n');
  const share = (kind: string) => pages.map(({ loadings }) => transferred(lastOf(loadings), kind));
  console.log(table(head, kinds.map((kind) => [kind, ...share(kind)])));

  const shifts = lastOf(ours.loadings).shifts.filter(({ value }) => value >= MOVED);
  if (shifts.length > 0) console.log('\n### What moves in ours\n');
  for (const { value, at, nodes } of shifts) {
    console.log(`- ${value.toFixed(4)} at ${at.toFixed(0)} ms: ${nodes.map((node) => `\`${node}\``).join(', ')}`);
  }
  return judged.filter(({ verdict }) => verdict === 'missed').length;
}

function judge(row: Row, ours: Page, theirs: Page[]): { target: string; verdict: string } {
  const { limit, share, digits } = row;
  const middle = ({ loadings }: Page) => median(valuesOf(row, loadings));
  const best = Math.min(...theirs.map(middle));
  const most = limit ?? (share && share * best);
  if (most === undefined) return { target: '', verdict: '' };
  const target = share ? `≤ ${share} × ${best.toFixed(digits)} = ${most.toFixed(digits)}` : `≤ ${most}`;
  return { target, verdict: middle(ours) <= most ? 'met' : 'missed' };
}

const valuesOf = ({ of }: Row, loadings: Loading[]): number[] =>
  loadings.map(of).filter((value) => value !== undefined);

function lastOf(loadings: Loading[]): Loading {
  const last = loadings.at(-1);
  if (!last) throw new Error('nothing was measured');
  return last;
}

function transferred({ loaded }: Loading, kind: string): string {
  const those = loaded.filter((one) => one.kind === kind);
  if (those.length === 0) return '';
  return `${those.length}, ${those.reduce((sum, { bytes }) => sum + bytes, 0)}`;
}

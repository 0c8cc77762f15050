// One first visit of a page on a slow phone, and what a person notices of it.
//
// Invariant: every visit starts with an empty cache, in a context of its own, under the same throttling.
import { expect, type Browser, type CDPSession, type Page } from '@playwright/test';
import { Traffic, type Loaded } from './traffic.ts';

/** What follows, for people. */
export const CONDITIONS = '390 × 844, 1.6 Mbit/s, 150 ms, processor ÷ 4';
/** 1.6 Mbit/s down, 750 kbit/s up, in bytes; 150 ms for each answer. */
const network = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const viewport = { width: 390, height: 844 };
const SLOWER = 4;

/** Something moved without having been touched. */
export interface Shift {
  value: number;
  at: number;
  nodes: string[];
}

export interface Loading {
  /** First and largest contentful paint, in milliseconds after the start of the navigation. */
  firstPaint: number;
  largestPaint: number;
  /** Cumulative layout shift, as web vitals define it. */
  shift: number;
  shifts: Shift[];
  /** Requests that began, and that ended, before the first paint. */
  begunBeforePaint: number;
  endedBeforePaint: number;
  loaded: Loaded[];
  bytes: number;
  /** From the last byte of the program to the first frame in which its controls work; pages without one have none. */
  takeover?: number;
}

interface Seen {
  shifts: Shift[];
  largest: number;
  /** When controls worked and a frame had shown it. */
  works: number;
  painted: Promise<void>;
  working: Promise<void>;
}

declare global {
  interface Window {
    seen: Seen;
  }
}

interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null }[];
}

/** Visits the page once; `program` says whether one takes the document over. */
export async function load(browser: Browser, url: string, program: boolean): Promise<Loading> {
  return await onSlowPhone(browser, async (page, session, traffic) => {
    await page.addInitScript(watch);
    await page.goto(url);
    // Not by a locator, which would bring a program of its own into the page that is being measured.
    const expression = program ? 'seen.working' : 'seen.painted';
    await session.send('Runtime.evaluate', { expression, awaitPromise: true });
    await traffic.quiet();
    const { works, arrived, ...seen } = await page.evaluate(report);
    if (!seen.firstPaint || !seen.largestPaint) throw new Error(`${url} was never painted`);
    if (program && !arrived) throw new Error(`${url} loaded no program`);
    const { loaded } = traffic;
    return {
      ...seen,
      shift: cumulative(seen.shifts),
      loaded,
      bytes: loaded.reduce((sum, { bytes }) => sum + bytes, 0),
      ...(program && { takeover: works - arrived }),
    };
  });
}

/** Fails unless the attribute that `load` waits for tells the truth: a control works as soon as it is set. */
export async function provesItself(browser: Browser, url: string): Promise<void> {
  await onSlowPhone(browser, async (page) => {
    await page.addInitScript(() =>
      new MutationObserver((_, observer) => {
        observer.disconnect();
        document.querySelector<HTMLElement>('#ouvrir-menu')?.click();
      }).observe(document, { subtree: true, attributeFilter: ['data-app'] }),
    );
    await page.goto(url);
    await expect(page.locator('#menu')).toHaveClass(/fr-modal--opened/, { timeout: 30_000 });
  });
}

async function onSlowPhone<T>(
  browser: Browser,
  use: (page: Page, session: CDPSession, traffic: Traffic) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport, locale: 'fr-FR' });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const traffic = await Traffic.of(session);
    await session.send('Network.emulateNetworkConditions', network);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    return await use(page, session, traffic);
  } finally {
    await context.close();
  }
}

/** Runs in the page, before anything else. It names no inner function: what names them stays behind in our module. */
function watch(): void {
  const seen: Seen = (window.seen = {
    shifts: [],
    largest: 0,
    works: 0,
    painted: new Promise((resolve) => {
      new PerformanceObserver((list) => {
        if (list.getEntriesByName('first-contentful-paint').length > 0) resolve();
      }).observe({ type: 'paint', buffered: true });
    }),
    working: new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() =>
          setTimeout(() => {
            seen.works = performance.now();
            resolve();
          }),
        );
      }).observe(document, { subtree: true, attributeFilter: ['data-app'] });
    }),
  });
  new PerformanceObserver((list) => {
    seen.largest = list.getEntries().at(-1)?.startTime ?? seen.largest;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const { value, startTime, hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
      if (hadRecentInput) continue;
      const elements = sources.flatMap(({ node }) => (node instanceof Element ? [node] : (node?.parentElement ?? [])));
      seen.shifts.push({
        value,
        at: startTime,
        nodes: elements.map((element) => (element.cloneNode() as Element).outerHTML.slice(0, 120)),
      });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Runs in the page, once it is complete. */
function report() {
  const firstPaint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
  const requests = [
    ...(performance.getEntriesByType('navigation') as PerformanceResourceTiming[]),
    ...(performance.getEntriesByType('resource') as PerformanceResourceTiming[]),
  ];
  return {
    firstPaint,
    largestPaint: window.seen.largest,
    shifts: window.seen.shifts,
    works: window.seen.works,
    arrived: requests.find(({ name }) => name.endsWith('.wasm'))?.responseEnd ?? 0,
    begunBeforePaint: requests.filter(({ startTime }) => startTime < firstPaint).length,
    endedBeforePaint: requests.filter(({ responseEnd }) => responseEnd <= firstPaint).length,
  };
}

/** The worst window of shifts: less than a second between two of them, five seconds at most. */
function cumulative(shifts: Shift[]): number {
  let [worst, sum, start, last] = [0, 0, -Infinity, -Infinity];
  for (const { value, at } of shifts) {
    if (at - last >= 1_000 || at - start >= 5_000) [sum, start] = [0, at];
    sum += value;
    last = at;
    worst = Math.max(worst, sum);
  }
  return worst;
}

// What of Lighthouse's report is read here, and its failing audits as lines of text.
//
// Invariant: an audit that counts nothing in its category is listed only where it says how time or bytes are saved.

export interface Report {
  lighthouseVersion: string;
  runtimeError?: { message: string };
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number; group?: string }[] }>;
  audits: Record<string, Audit>;
}

interface Audit {
  title: string;
  score: number | null;
  numericValue?: number;
  displayValue?: string;
  metricSavings?: Record<string, number>;
  details?: { items?: Item[]; overallSavingsMs?: number; overallSavingsBytes?: number };
}

interface Item {
  node?: { snippet?: string };
  source?: { url?: string; snippet?: string; line?: number } | string;
  url?: string;
  [more: string]: unknown;
}

const ITEMS = 8;

/** One line for each failing audit, heaviest first, and one for each thing that it found. */
export function failures({ categories, audits }: Report, category: string): string[] {
  const references = categories[category]?.auditRefs ?? [];
  return references
    .toSorted((one, other) => other.weight - one.weight)
    .flatMap(({ id, weight }) => {
      const audit = audits[id];
      if (!audit || audit.score === null || audit.score >= (weight > 0 ? 1 : 0.9)) return [];
      if (weight === 0 && !saves(audit)) return [];
      const shown = audit.displayValue ? `: ${audit.displayValue}` : '';
      const items = (audit.details?.items ?? []).slice(0, ITEMS).map((item) => `  - ${describe(item)}`);
      return [`- ${audit.title} (\`${id}\`, weight ${weight}, score ${audit.score})${shown}`, ...items];
    });
}

function saves({ metricSavings = {}, details }: Audit): boolean {
  const savings = [...Object.values(metricSavings), details?.overallSavingsMs, details?.overallSavingsBytes];
  return savings.some((saving) => saving !== undefined && saving > 0);
}

function describe(item: Item): string {
  const { node, source } = item;
  if (node?.snippet) return node.snippet;
  if (typeof source === 'object') return source.snippet ?? `${source.url}:${source.line}`;
  return JSON.stringify(item).slice(0, 300);
}

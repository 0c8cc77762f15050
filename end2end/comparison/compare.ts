// Measures what the first visit of our pages is like, and prints tables: `compare.ts [all|react|lighthouse] [--judge]`.
//
// Invariant: it fails if something could not be measured; what was measured fails it only when told to judge.
import { startStack } from '../fixtures/stack.ts';
import { auditPages } from './lighthouse.ts';
import { comparePeer } from './peer-comparison.ts';

const [what = 'all', verdict] = process.argv.slice(2);
// A log of everything would slow the server down.
const stack = await startStack({ environment: { RUST_LOG: 'warn' } });
let missed = 0;
try {
  if (what !== 'lighthouse') missed += await comparePeer(stack);
  if (what !== 'react') missed += await auditPages(stack);
} finally {
  await stack.close();
}
if (verdict === '--judge' && missed > 0) process.exitCode = 1;

// Keeps the shape of the code: size of files, their opening words, and who may import what.
//
// Invariant: every rule names the files it covers and fails with the list of those that break it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path && existsSync(join(root, path)));

const read = (path) => readFileSync(join(root, path), 'utf8');
const rust = files.filter((path) => path.endsWith('.rs'));
const ours = files.filter((path) => /\.(rs|ts|mjs|js|css|html)$|^\.make\//.test(path));

/** The files among `paths` whose text matches, each with the first line that does. */
function matching(paths, pattern) {
  return paths.flatMap((path) => {
    const lines = read(path).split('\n');
    const index = lines.findIndex((line) => pattern.test(line));
    return index < 0 ? [] : [`${path}:${index + 1}: ${lines[index].trim()}`];
  });
}

test('no file is longer than 400 lines', () => {
  const long = ours.filter((path) => read(path).trimEnd().split('\n').length > 400);
  assert.deepEqual(long, []);
});

test('every Rust file opens by saying what it owns', () => {
  assert.ok(rust.length > 0);
  assert.deepEqual(rust.filter((path) => !read(path).startsWith('//! ')), []);
});

test('modules are files named after themselves, and none is a drawer', () => {
  assert.deepEqual(rust.filter((path) => /\/(mod|utils?|helpers?|misc|common)\.rs$/.test(path)), []);
});

/** Who may not import whom: files of the first pattern, modules of the second. */
const boundaries = [
  ['the interface knows no server', /^app\/src\//, /\b(axum|tower|tower_http|openidconnect|server|sqlx)::/],
  ['the interface reads no environment and no file', /^app\/src\//, /\bstd::(env|fs)\b/],
  [
    'the protocol of the server knows no web framework, no session store, no interface',
    /^server\/src\/auth[./]/,
    /\b(axum|tower_sessions|app|federation)::|\bcrate::http\b/,
  ],
  ['sessions know no route and no protocol library', /^server\/src\/session[./]/, /\bcrate::http\b|\bopenidconnect::/],
  ['routes know no database and no protocol library', /^server\/src\/http[./]/, /\b(sqlx|redis|openidconnect)::/],
  [
    "the federation's protocol is pure",
    /^server\/federation\/src\/protocol[./]/,
    /\b(axum|sqlx|tokio|askama|reqwest)::|\bUtc::now\b/,
  ],
  ["the federation's broker and accounts know no web framework", /^server\/federation\/src\/(hub|idp)[./]/, /\b(axum|sqlx)::/],
  ["the federation's pages and routes know no database", /^server\/federation\/src\/http[./]/, /\bsqlx::/],
  ['the federation knows neither the interface nor the server', /^server\/federation\//, /\b(leptos|tower_sessions|app|server)::/],
];

for (const [rule, scope, forbidden] of boundaries) {
  test(rule, () => {
    const imports = new RegExp(`^\\s*[^/\\s].*(${forbidden.source})`);
    assert.deepEqual(matching(rust.filter((path) => scope.test(path)), imports), []);
  });
}

test('only what starts the local ProConnect names the federation', () => {
  const scope = rust.filter(
    (path) => path.startsWith('server/src/') && !/^server\/src\/(application|local)\.rs$/.test(path),
  );
  assert.deepEqual(matching(scope, /^\s*[^/\s].*\bfederation::/), []);
});

test('visitors do not load the styles of what the gallery alone shows', async () => {
  const { sources } = await import('../style/build/purge.mjs');
  const below = join(root, 'app/src');
  const { all, pages } = sources(below);
  const shown = (name) => pages.includes(join(below, name));
  assert.ok(all.length > pages.length);
  assert.deepEqual(['gallery.rs', 'gallery/sheets.rs', 'components/accordion.rs'].filter(shown), []);
  const used = ['components/alert.rs', 'components/disclosure.rs', 'components/summary.rs', 'pages/home.rs'];
  assert.deepEqual(used.filter(shown), used);
});

// The same page made with react-dsfr: built here and now, in each of the ways that its authors offer.
//
// Invariant: a build starts from the package as it was installed, though its tools rewrite it.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'react');
const packages = join(folder, 'node_modules');
const styles = ['dsfr.css', 'dsfr.min.css'];

export interface Build {
  name: string;
  dist: string;
}

/** Builds with used icons only, then also with the style of used components only. */
export function buildPeer(): Build[] {
  for (const style of styles) {
    const used = join(packages, '@codegouvfr', 'react-dsfr', 'dsfr', style);
    const installed = join(packages, `.installed-${style}`);
    if (existsSync(installed)) copyFileSync(installed, used);
    else copyFileSync(used, installed);
  }
  run('react-dsfr', 'update-icons', '--silent');
  const recommended = build('recommended');
  run('react-dsfr', 'only-include-used-components', '--silent', '--strict');
  return [recommended, build('tuned')];
}

function build(name: string): Build {
  const dist = join('dist', name);
  run('vite', 'build', '--outDir', dist, '--logLevel', 'warn');
  return { name: `react-dsfr, ${name}`, dist: join(folder, dist) };
}

function run(command: string, ...args: string[]): void {
  execFileSync(join(packages, '.bin', command), args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

// The stand-alone local ProConnect with services of a test, on free ports.
//
// Invariant: all it knows of the services stands in the configuration file that it is started with.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify, type TomlTable } from 'smol-toml';
import { freePorts } from '../fixtures/ports.ts';
import { Program, root } from '../fixtures/program.ts';

const sample = join(root, 'server', 'federation', 'federation.toml');

export interface Federation {
  issuer: string;
  /** ProConnect Identité. */
  identite: string;
  /** The mail sink. */
  mail: string;
  /** Sets the federation's clock ahead of the real one. */
  setClockAhead(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the sample with other services, and other settings in the tables that are named. */
export async function startFederation(
  services: TomlTable[],
  settings: Record<string, TomlTable> = {},
): Promise<Federation> {
  const folder = mkdtempSync(join(tmpdir(), 'federation-'));
  const [hub = 0, identite = 0, demo = 0, mail = 0] = await freePorts(4);
  const config = parse(readFileSync(sample, 'utf8'));
  for (const [part, port] of Object.entries({ hub, identite, demo, mail })) {
    if (config[part]) config[part] = { ...(config[part] as TomlTable), listen: `127.0.0.1:${port}` };
  }
  for (const [part, changes] of Object.entries(settings)) {
    config[part] = { ...(config[part] as TomlTable | undefined), ...changes };
  }
  config.service = services;
  const path = join(folder, 'federation.toml');
  writeFileSync(path, stringify(config));
  const origin = `http://localhost:${hub}`;
  const program = new Program('federation', origin, { RUST_LOG: 'info' }, ['--config', path, '--ephemeral']);
  const stop = async () => {
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await program.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    issuer: `${origin}/api/v2`,
    identite: `http://localhost:${identite}`,
    mail: `http://localhost:${mail}`,
    setClockAhead: (seconds) => setClockAhead(origin, seconds),
    stop,
  };
}

async function setClockAhead(origin: string, seconds: number): Promise<void> {
  const answer = await fetch(`${origin}/admin/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ offset_seconds: seconds }),
  });
  if (!answer.ok) throw new Error(`the clock cannot be set: ${answer.status} ${await answer.text()}`);
}

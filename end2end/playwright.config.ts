// How the browser tests run: every spec on plain localhost, and those that depend on sites and cookies
// also over HTTPS across four sites, as in production.
import { defineConfig } from '@playwright/test';
import type { Scheme } from './fixtures/stack.ts';

export default defineConfig<object, { scheme: Scheme }>({
  testDir: 'tests',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: false,
  snapshotPathTemplate: 'pictures/{arg}{ext}',
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 8_000 },
  reporter: [['list'], ['./fixtures/tally.ts']],
  use: { actionTimeout: 8_000, locale: 'fr-FR', timezoneId: 'Europe/Paris', screenshot: 'only-on-failure' },
  projects: [
    { name: 'http', use: { scheme: 'http' } },
    {
      name: 'https',
      use: { scheme: 'https' },
      testMatch: ['sign-in.spec.ts', 'sign-out.spec.ts', 'callback.spec.ts', 'no-js.spec.ts', 'browser-security.spec.ts', 'secrets.spec.ts'],
    },
  ],
});

// Mails that a mail server delivers, encrypted: the certificate counts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startFederation } from '../clients/federation.ts';
import { startMailServer } from '../fixtures/mail-server.ts';
import { expect, testWithoutStack as test } from '../fixtures/test.ts';
import { makeAuthority } from '../fixtures/tls.ts';

const email = 'user@yopmail.com';

async function askForLink(page: Page, identite: string): Promise<void> {
  await page.goto(`${identite}/users/start-sign-in`);
  await page.getByLabel('Email professionnel').fill(email);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByRole('button', { name: 'Recevoir un lien de connexion' }).click();
}

test('a mail is delivered to a server that proves who it is, and to no other', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'mail-'));
  const authority = makeAuthority(folder, ['localhost']);
  const server = await startMailServer(authority);
  const mail = { smtp: `smtps://user:password@localhost:${server.port}` };
  try {
    const trusting = await startFederation([], { mail, outbound: { ca_file: authority.caFile } });
    try {
      await askForLink(page, trusting.identite);
      await expect(page.getByText('Lien envoyé')).toBeVisible();
      expect(server.lines).toContain(`RCPT TO:<${email}>`);
      expect(server.lines.some((line) => line.startsWith('AUTH PLAIN'))).toBe(true);
      expect(server.lines.join('\n')).toContain('multipart/alternative');
    } finally {
      await trusting.stop();
    }

    server.lines.length = 0;
    const distrusting = await startFederation([], { mail });
    try {
      await askForLink(page, distrusting.identite);
      await expect(page.getByRole('alert')).toContainText('n’a pas pu être envoyé');
      expect(server.lines, 'nothing was said to it').toEqual([]);
    } finally {
      await distrusting.stop();
    }
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

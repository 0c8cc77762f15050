// The server as a process: starting where it cannot, and stopping when it is told to.
import { createServer, type AddressInfo } from 'node:net';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/a11y.ts';
import { Program } from '../fixtures/program.ts';
import { startStack } from '../fixtures/stack.ts';
import { expect, testWithoutStack as test } from '../fixtures/test.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} stops everything within five seconds`, async () => {
    const stack = await startStack();
    // An open connection without a request must not hold it up.
    const idle = await fetch(`${stack.app}/livez`, { headers: { connection: 'keep-alive' } });
    expect(idle.status).toBe(200);

    const started = Date.now();
    const code = await stack.server.stop(signal);

    expect(code).toBe(0);
    expect(Date.now() - started).toBeLessThan(5_000);
    await stack.close();
  });
}

test('a busy port is told in one line that names it', async () => {
  const occupant = createServer();
  await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
  const { port } = occupant.address() as AddressInfo;
  const stack = await startStack({ cold: true, environment: { APP_LISTEN: `127.0.0.1:${port}`, RUST_LOG: 'warn' } });

  stack.server.spawn();
  const code = await stack.server.end();

  expect(code).not.toBe(0);
  const lines = stack.server.log.split('\n').filter((line) => line.includes(String(port)));
  expect(lines).toHaveLength(1);
  expect(stack.server.log).not.toMatch(/panicked|RUST_BACKTRACE/);
  occupant.close();
  await stack.close();
});

test('two stacks run side by side', async () => {
  const [one, other] = await Promise.all([startStack(), startStack()]);

  for (const stack of [one, other]) {
    const configuration = await fetch(`${stack.hub}/api/v2/.well-known/openid-configuration`);
    expect(((await configuration.json()) as { issuer: string }).issuer).toBe(`${stack.hub}/api/v2`);
  }
  await Promise.all([one.close(), other.close()]);
});

test('the page for when nothing answers comes as one file, and is accessible as such', async ({ browser }) => {
  const program = new Program('server', '', { APP_NAME: 'Mon <service>' }, ['--unavailable-page']);
  program.spawn();
  expect(await program.end()).toBe(0);

  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await (await browser.newContext({ colorScheme, viewport: { width: 320, height: 640 } })).newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.setContent(program.output);
    await expect(page).toHaveTitle('Service indisponible - Mon <service>');
    await expect(page.getByRole('link', { name: 'Réessayer' })).toBeVisible();
    await expectNoSidewaysScroll(page, 'the page of one file');
    await expectAccessible(page, 'the page of one file');
    expect(requests).toEqual([]);
    await page.context().close();
  }
});

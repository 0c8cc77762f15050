// What a page loads, as the browser's network stack reports it.
//
// Invariant: bytes are those on the wire, headers included; an address that holds its own data is no request.
import type { CDPSession } from '@playwright/test';

export interface Loaded {
  url: string;
  /** Its media type, as the server gave it. */
  kind: string;
  bytes: number;
}

/** How long nothing may be loading before a page counts as complete, in milliseconds. */
const QUIET = 500;

export class Traffic {
  readonly loaded: Loaded[] = [];
  private readonly pending = new Map<string, Loaded>();
  private readonly onQuiet: (() => void)[] = [];
  private timer?: NodeJS.Timeout;

  /** Starts to observe; the page must not have loaded anything yet. */
  static async of(session: CDPSession): Promise<Traffic> {
    const traffic = new Traffic();
    session.on('Network.requestWillBeSent', ({ requestId, request: { url } }) => {
      if (!url.startsWith('data:')) traffic.pending.set(requestId, { url, kind: '', bytes: 0 });
      traffic.wait();
    });
    session.on('Network.responseReceived', ({ requestId, response }) => {
      const one = traffic.pending.get(requestId);
      if (one) one.kind = response.mimeType;
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength: bytes }) => traffic.end(requestId, bytes));
    session.on('Network.loadingFailed', ({ requestId }) => traffic.end(requestId, 0));
    await session.send('Network.enable');
    return traffic;
  }

  /** Resolves once nothing has been loading for a while. */
  quiet(): Promise<void> {
    return new Promise((resolve) => {
      this.onQuiet.push(resolve);
      this.wait();
    });
  }

  private end(id: string, bytes: number): void {
    const one = this.pending.get(id);
    if (!one) return;
    this.pending.delete(id);
    this.loaded.push({ ...one, bytes });
    this.wait();
  }

  private wait(): void {
    clearTimeout(this.timer);
    if (this.pending.size > 0 || this.onQuiet.length === 0) return;
    this.timer = setTimeout(() => this.onQuiet.splice(0).forEach((resolve) => resolve()), QUIET);
  }
}

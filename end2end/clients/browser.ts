// A browser without pictures or programs: cookies, redirects, one form.
//
// Invariant: it stops in front of the service, where nobody listens, and hands back the address.
const MOST_REDIRECTS = 20;

export class HttpBrowser {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly service: string) {}

  /** Opens an address and follows redirects, up to a page or to the service. */
  async open(url: URL, form?: URLSearchParams): Promise<Page> {
    let response = await this.ask(url, form);
    for (let count = 0; count < MOST_REDIRECTS; count += 1) {
      const location = response.headers.get('location');
      if (location === null) return new Page(url, response.status, await response.text());
      url = new URL(location, url);
      if (url.origin === this.service) return new Page(url, response.status, '');
      response = await this.ask(url);
    }
    throw new Error(`too many redirects at ${url.href}`);
  }

  /** Submits the page's form with some fields filled in. */
  submit(page: Page, fields: Record<string, string>): Promise<Page> {
    const form = new URLSearchParams({ ...page.fields(), ...fields });
    return this.open(page.action(), form);
  }

  private async ask(url: URL, form?: URLSearchParams): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}

/** Where an address led. */
export class Page {
  constructor(
    readonly url: URL,
    readonly status: number,
    readonly body: string,
  ) {}

  /** Names and values of the text fields of the page's first form. */
  fields(): Record<string, string> {
    const inputs = this.form().match(/<input[^>]*>/g) ?? [];
    const text = inputs.filter((tag) => !/type="(checkbox|radio|submit)"/.test(tag));
    return Object.fromEntries(text.map((tag) => [attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? '']));
  }

  /** Where the page's first form goes. */
  action(): URL {
    return new URL(attribute(/<form[^>]*>/.exec(this.form())?.[0] ?? '', 'action') ?? this.url, this.url);
  }

  private form(): string {
    const form = /<form[^]*?<\/form>/.exec(this.body);
    if (!form) throw new Error(`no form but ${this.status} at ${this.url.href}\n${this.body}`);
    return form[0];
  }
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
    ?.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

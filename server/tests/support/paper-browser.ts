/** A browser without a window: it keeps cookies, reads forms, and sends them as a person would who fills them in. */
export type PaperForm = Readonly<{
  fields: Readonly<Record<string, string>>;
  buttons: readonly Readonly<{ name: string; value: string; text: string }>[];
}>;

export type PaperPage = Readonly<{
  url: string;
  status: number;
  text: string;
  heading: string;
  /** Where it wants to go on to. */
  location: string | null;
  headers: Headers;
  forms: readonly PaperForm[];
  /** What it says in an alert. */
  alert: string;
}>;

const plain = (text: string): string =>
  text
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .trim();

const attribute = (tag: string, name: string): string => plain(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

function formOf(markup: string): PaperForm {
  const fields: Record<string, string> = {};
  for (const [tag] of markup.matchAll(/<input[^>]*>/g)) fields[attribute(tag, 'name')] = attribute(tag, 'value');
  for (const [select] of markup.matchAll(/<select[\s\S]*?<\/select>/g))
    fields[attribute(select, 'name')] = attribute(/<option[^>]*>/.exec(select)?.[0] ?? '', 'value');
  const buttons = [...markup.matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/g)].map(([, tag = '', text = '']) => ({
    name: attribute(tag, 'name'),
    value: attribute(tag, 'value'),
    text: plain(text),
  }));
  return { fields, buttons };
}

export function createPaperBrowser() {
  const cookies = new Map<string, string>();

  async function ask(url: string, init: RequestInit = {}): Promise<PaperPage> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', ...init, headers: { ...(cookie && { cookie }), ...init.headers } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const text = await response.text();
    return {
      url,
      status: response.status,
      text,
      heading: plain(/<h1>([\s\S]*?)<\/h1>/.exec(text)?.[1] ?? ''),
      location: response.headers.get('location'),
      headers: response.headers,
      forms: [...text.matchAll(/<form[\s\S]*?<\/form>/g)].map(([markup]) => formOf(markup)),
      alert: plain(/<p[^>]*role="alert"[^>]*>([\s\S]*?)<\/p>/.exec(text)?.[1] ?? ''),
    };
  }

  return {
    cookies,
    open: (url: string) => ask(url),
    /** Fills in the form with that step, and presses the button of that text. */
    async send(
      page: PaperPage,
      step: string,
      fill: Readonly<Record<string, string>> = {},
      button = '',
      headers: Readonly<Record<string, string>> = {},
    ): Promise<PaperPage> {
      const form = page.forms.find(({ fields }) => fields.step === step);
      if (!form) throw new Error(`the page "${page.heading}" has no form "${step}": ${page.alert}`);
      const pressed = form.buttons.find(({ text }) => text === button);
      if (button !== '' && !pressed) throw new Error(`the form "${step}" has no button "${button}"`);
      const body = new URLSearchParams({ ...form.fields, ...fill, ...(pressed?.name && { [pressed.name]: pressed.value }) });
      return ask(page.url, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin', ...headers } });
    },
  };
}

export type PaperBrowser = ReturnType<typeof createPaperBrowser>;

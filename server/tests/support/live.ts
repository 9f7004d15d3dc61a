import { API_KEY, type Household } from './household.ts';

export type Heard = Readonly<{ event: string; id: string; data: unknown }>;

export type Stream = Readonly<{
  heard: readonly Heard[];
  /** Waits for one that fits, from the beginning on. */
  until(fits: (one: Heard) => boolean, timeoutMs?: number): Promise<Heard>;
  /** Ends when the other side has ended it. */
  ended: Promise<void>;
  close(): void;
}>;

/** Listens to a stream of events of a house, as a browser does. */
export async function listenTo(home: Pick<Household, 'address'>, path: string, headers: Record<string, string> = {}): Promise<Stream> {
  const gone = new AbortController();
  const response = await fetch(`${home.address}${path}`, { headers: { 'x-apikey': API_KEY, ...headers }, signal: gone.signal });
  if (response.status !== 200 || !response.body) throw new Error(`${path} answered ${response.status} ${await response.text()}`);
  const heard: Heard[] = [];
  const listeners = new Set<() => void>();
  const reading = read(response.body, (one) => {
    heard.push(one);
    for (const listener of listeners) listener();
  }).catch(() => undefined);
  return {
    heard,
    ended: reading,
    async until(fits, timeoutMs = 15_000) {
      const signal = AbortSignal.timeout(timeoutMs);
      for (;;) {
        const found = heard.find(fits);
        if (found) return found;
        await new Promise<void>((resolve, reject) => {
          const wake = (): void => {
            listeners.delete(wake);
            resolve();
          };
          listeners.add(wake);
          signal.addEventListener('abort', () => reject(new Error(`not heard; there was ${JSON.stringify(heard)}`)), { once: true });
        });
      }
    },
    close: () => gone.abort(),
  };
}

async function read(body: ReadableStream<Uint8Array>, take: (one: Heard) => void): Promise<void> {
  let rest = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) take(heardIn(block));
  }
}

function heardIn(block: string): Heard {
  const fields = block.split('\n').map((line) => line.split(/: (.*)/s));
  const of = (name: string): string => fields.flatMap(([field, value]) => (field === name ? [value ?? ''] : [])).join('\n');
  const data = of('data');
  return { event: of('event'), id: of('id'), data: data === '' ? '' : (JSON.parse(data) as unknown) };
}

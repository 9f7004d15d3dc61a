import { setTimeout as sleep } from 'node:timers/promises';
import { cpuOf, endChild, firstLine, pathOf, startChild } from './child.ts';

const KEY = 'bench-owner-key-0123456789';
/** Often enough to end close to the run's end, and rarely enough not to slow it down. */
const POLL_MS = 50;

export type BenchHouse = Awaited<ReturnType<typeof startHouse>>;
type Reply = Readonly<{ status: number; body: unknown }>;
export type Moved = Readonly<{ taken: number; changed: number; there: number; refused: number }>;
export type Spent = Readonly<{ wallMs: number; cpuMs: number }>;

/** main.ts itself, as `npm start` runs it, on a free port and the data in the folder. */
export async function startHouse(folder: string) {
  const begun = performance.now();
  const child = startChild(pathOf('../server/src/main.ts'), [], {
    USHERR_DATA_DIR: folder,
    USHERR_HOST: '127.0.0.1',
    USHERR_PORT: '0',
    USHERR_API_KEY: KEY,
    USHERR_ADMIN_USERNAME: 'owner',
    USHERR_ADMIN_PASSWORD: 'a long enough password',
    USHERR_LOG_LEVEL: 'error',
    USHERR_DATABASE_URL: '',
    USHERR_PUBLIC_URL: '',
  });
  const [, address = ''] = await firstLine(child, /Usherr is at (\S+)/);
  const listeningMs = performance.now() - begun;
  child.stdout?.resume();

  async function call(method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${address}/v1/api${path}`, {
      method,
      headers: { 'x-apikey': KEY, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }

  async function must(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const reply = await call(method, path, body);
    if (reply.status >= 300) throw new Error(`${method} ${path} was answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return reply.body as Record<string, unknown>;
  }

  /** Our own API. */
  async function own(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: { 'x-api-key': KEY, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  }

  return {
    address,
    pid: child.pid,
    /** From the start of the process until it listens. */
    listeningMs,
    call,
    must,

    async addBackend(backend: Readonly<{ type: string; url: string; token: string; user: string; name?: string }>): Promise<string> {
      const { name = backend.type } = backend;
      const added = await must('POST', '/backends', { ...backend, name, import: { enabled: true }, export: { enabled: true } });
      const { webhook } = (added.urls ?? {}) as { webhook?: string };
      return new URL(webhook ?? '', address).href;
    },

    /** A full import, from the order until it has ended. */
    async runImport(): Promise<Spent> {
      const cpu = cpuOf(child.pid);
      const started = performance.now();
      const order = { event: 'system:task', event_data: { name: 'import', args: ['--force-full'] } };
      const { id } = await must('POST', '/system/events', order);
      for (;;) {
        const event = await must('GET', `/system/events/${String(id)}`);
        if (Number(event.status) === 2) break;
        if (Number(event.status) > 2) throw new Error(`The import ended badly: ${JSON.stringify(event).slice(0, 2_000)}`);
        await sleep(POLL_MS);
      }
      return { wallMs: performance.now() - started, cpuMs: cpuOf(child.pid) - cpu };
    },

    /** Moves in from a data folder, from the order until it is done. */
    async moveIn(program: string, folder: string): Promise<Spent & Moved> {
      const cpu = cpuOf(child.pid);
      const started = performance.now();
      const { job_id: id } = await own('POST', '/moving-in', { program, folder, apply: true });
      for (;;) {
        const { job } = (await own('GET', `/jobs/${String(id)}`)) as { job: { status: string; error: unknown } };
        if (job.status === 'completed') break;
        if (job.status === 'failed' || job.status === 'cancelled') throw new Error(`Moving in ended badly: ${JSON.stringify(job.error)}`);
        await sleep(POLL_MS);
      }
      const spent = { wallMs: performance.now() - started, cpuMs: cpuOf(child.pid) - cpu };
      const report = await own('GET', `/moving-in/${String(id)}/report`);
      const [person] = report.people as readonly Readonly<{ history: Moved }>[];
      if (!person) throw new Error('Nobody has moved in.');
      return { ...spent, ...person.history };
    },

    close: () => endChild(child),
  };
}

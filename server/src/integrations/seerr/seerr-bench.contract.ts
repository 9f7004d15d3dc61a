import type { CallOptions, DeskConnection, NewDeskRequest, RequestDesk } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { systemClock } from '#kernel/instant.ts';
import { createSeerrFake, type FakeSeerr, type FakeSeerrOptions, type FakeSeerrRelease } from './seerr.fake.ts';
import { createSeerrDriver } from './seerr-driver.ts';

export const RELEASES: readonly FakeSeerrRelease[] = ['seerr', 'jellyseerr', 'overseerr'];
export const MATRIX: NewDeskRequest = { kind: 'movie', tmdbId: 603, is4k: false, seasons: [] };
export const SHOW: NewDeskRequest = { kind: 'tv', tmdbId: 72, is4k: false, seasons: [1, 2] };

/** The adapter and its fake, freshly opened for one test. */
export type SeerrBench = Readonly<{
  fake: FakeSeerr;
  desk: RequestDesk;
  connect(more?: Partial<DeskConnection>): RequestDesk;
  close(): Promise<void>;
}>;

export async function openSeerrBench(options: FakeSeerrOptions & Readonly<{ requestsAtOnce?: number }> = {}): Promise<SeerrBench> {
  const fake = await createSeerrFake(options);
  const { requestsAtOnce } = options;
  const driver = createSeerrDriver({ clock: systemClock, ...(requestsAtOnce !== undefined && { requestsAtOnce }) });
  const connect = (more: Partial<DeskConnection> = {}): RequestDesk =>
    driver.connect({ name: 'Seerr at home', url: fake.baseUrl, apiKey: fake.apiKey(), timeoutMs: 8_000, ...more });
  return {
    fake,
    connect,
    desk: connect(),
    async close() {
      await driver.close();
      await fake.close();
    },
  };
}

export const options = (): CallOptions => ({ signal: AbortSignal.timeout(9_000) });

export async function faultOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It answered where a fault was expected.');
}

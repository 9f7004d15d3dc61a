import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { days, hours } from '#kernel/instant.ts';
import { createLogging, type Logger, type LoggingDeps } from './logging.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'usherr-logs-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = (deps: Partial<LoggingDeps> = {}) => {
  const lines: string[] = [];
  const logging = createLogging({ level: 'debug', timeZone: 'UTC', output: { write: (line: string) => lines.push(line) }, ...deps });
  return { logging, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
};

describe('a log line', () => {
  it('is a JSON object with level, kind, time, fields and text', () => {
    const { logging, last } = open({ clock: { now: () => 5 } });
    const logger: Logger = logging.logger('app', { room: 'watch-sync' }).child({ backend: 'plex' });
    logger.warn({ count: 3 }, 'Three items were left alone');
    expect(last()).toEqual({
      level: 'warn',
      type: 'app',
      time: 5,
      room: 'watch-sync',
      backend: 'plex',
      count: 3,
      msg: 'Three items were left alone',
    });
  });

  it('is left out below the level', () => {
    const { logging, lines } = open({ level: 'info' });
    logging.logger('app').debug('quiet');
    expect(lines).toEqual([]);
  });

  it.each([
    [{ token: 'S3CRET' }],
    [{ headers: { 'X-Plex-Token': 'S3CRET', authorization: 'Bearer S3CRET' } }],
    [{ a: { b: [{ apiKey: 'S3CRET', api_key: 'S3CRET', 'x-apikey': 'S3CRET' }] } }],
    [{ admin: { password: 'S3CRET' }, 'set-cookie': ['session=S3CRET'] }],
    [{ url: 'http://plex:32400/library?X-Plex-Token=S3CRET&limit=1' }],
    [{ url: new URL('http://emby/Items?api_key=S3CRET') }],
    [{ header: 'MediaBrowser Client="Usherr", Token="S3CRET"' }],
    [{ database: 'postgres://usherr:S3CRET@db/usherr' }],
    [{ err: new AppError('upstream-timeout', 'GET http://e/?apikey=S3CRET timed out', { details: { token: 'S3CRET' } }) }],
    [{ err: new Error('outer', { cause: new Error('Bearer S3CRET-and-more') }) }],
    [{ text: 'the key of the owner is PINNED-S3CRET' }],
  ])('hides the credential in %#', (fields) => {
    const { logging, lines } = open({ secrets: ['PINNED-S3CRET', undefined] });
    logging.logger('app').error(fields, 'A call failed');
    logging.logger('app').child(fields).error('A call failed');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('S3CRET');
    expect(lines.join('')).toContain('[hidden]');
  });

  it('hides a credential in the text itself', () => {
    const { logging, last } = open();
    logging.logger('app').info('GET /v1/api/webhook?apikey=S3CRET&x=1');
    expect(last().msg).toBe('GET /v1/api/webhook?apikey=[hidden]&x=1');
  });

  it('hides a token that is a step of a path, and nothing that only looks like a number', () => {
    const { logging, last } = open();
    logging.logger('access').info({ path: `/v1/api/player/segments/play-${'0a'.repeat(16)}/0.ts` }, 'request');
    expect(last().path).toBe('/v1/api/player/segments/play-[hidden]/0.ts');
    logging.logger('access').info({ path: `/v1/api/items/${'0a'.repeat(16)}` }, 'request');
    expect(last().path).toBe(`/v1/api/items/${'0a'.repeat(16)}`);
  });

  it('keeps code, message and causes of an error', () => {
    const { logging, last } = open();
    const err = new AppError('upstream-timeout', 'Plex did not answer', { cause: new Error('socket closed') });
    logging.logger('task').error({ err }, 'The import failed');
    expect(last().err).toMatchObject({ code: 'upstream-timeout', message: 'Plex did not answer', cause: { message: 'socket closed' } });
  });

  it('survives what refers to itself', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    const { logging, lines } = open();
    logging.logger('app').info({ loop, big: 10n }, 'round');
    expect(lines).toHaveLength(1);
  });
});

describe('the daily files', () => {
  it('are one for each kind and day, in the zone of the installation', () => {
    let now = Date.parse('2026-03-28T22:30:00Z');
    const { logging, lines } = open({ dir, clock: { now: () => now }, timeZone: 'Europe/Berlin' });
    logging.logger('app').info('one');
    logging.logger('access').info('two');
    now += hours(1);
    logging.logger('app').info('three');
    expect(logging.files().map((file) => file.filename)).toEqual(['app.20260329.log', 'access.20260328.log', 'app.20260328.log']);
    expect(logging.today()).toBe('20260329');
    expect(lines).toHaveLength(2);
    const { file, path } = logging.locate('app.20260328.log');
    expect(file).toMatchObject({ type: 'app', date: '20260328' });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ msg: 'one' });
    logging.close();
  });

  it('go when they are old, and nothing else in the folder does', () => {
    let now = Date.parse('2026-03-01T12:00:00Z');
    const { logging } = open({ dir, clock: { now: () => now }, keepFor: days(2) });
    writeFileSync(join(dir, 'other.20200101.log'), 'not ours');
    for (let day = 0; day < 5; day += 1) {
      logging.logger('app').info('hello');
      now += days(1);
    }
    expect(readdirSync(dir).sort()).toEqual(['app.20260303.log', 'app.20260304.log', 'app.20260305.log', 'other.20200101.log']);
    logging.close();
  });

  it('can be removed while they are written', () => {
    const { logging } = open({ dir });
    logging.logger('app').info('one');
    const name = `app.${logging.today()}.log`;
    logging.remove(name);
    expect(logging.files()).toEqual([]);
    logging.logger('app').info('two');
    expect(readFileSync(logging.locate(name).path, 'utf8')).toContain('two');
    logging.close();
  });

  it.each(['../config', 'app.20260328.log/../../x', 'app.log', ''])('are found by their own names only, not by %j', (name) => {
    const { logging } = open({ dir });
    let fault: unknown;
    try {
      logging.locate(name);
    } catch (error) {
      fault = error;
    }
    expect(isAppError(fault, 'not-found')).toBe(true);
  });

  it('are none without a folder', () => {
    const { logging, lines } = open();
    logging.logger('access').info('seen all the same');
    expect(logging.files()).toEqual([]);
    expect(lines).toHaveLength(1);
  });
});

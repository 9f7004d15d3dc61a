import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { loadConfig, type Variables } from './config.ts';

const faultsFor = (variables: Variables): AppError => {
  try {
    loadConfig(variables);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('expected a fault');
};

describe('configuration', () => {
  it('has a default for everything', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ port: 4848, basePath: '', trustedProxies: [], dataDir: resolve('data'), logLevel: 'info' });
    expect(['::', '0.0.0.0']).toContain(config.host);
    expect(config.timeZone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect([config.publicUrl, config.databaseUrl, config.apiKey, config.admin, config.secret]).toEqual(Array(5).fill(undefined));
  });

  it.each<[string, Variables, object]>([
    ['an address to listen on', { USHERR_HOST: '127.0.0.1' }, { host: '127.0.0.1' }],
    ['a port chosen by the system', { USHERR_PORT: '0' }, { port: 0 }],
    ['a sub-path', { USHERR_PUBLIC_URL: 'https://media.example.org/usherr/' }, { basePath: '/usherr' }],
    ['an address without a path', { USHERR_PUBLIC_URL: 'http://nas:4848' }, { basePath: '' }],
    [
      'proxies',
      { USHERR_TRUSTED_PROXIES: '10.0.0.2, 172.16.0.0/12 fd00::/8' },
      { trustedProxies: ['10.0.0.2', '172.16.0.0/12', 'fd00::/8'] },
    ],
    ['a zone', { TZ: ':Europe/Berlin' }, { timeZone: 'Europe/Berlin' }],
    ['a relative folder', { USHERR_DATA_DIR: 'elsewhere' }, { dataDir: resolve('elsewhere') }],
    ['a database', { USHERR_DATABASE_URL: 'postgresql://u:p@db/usherr' }, { databaseUrl: 'postgresql://u:p@db/usherr' }],
    [
      'an administrator',
      { USHERR_ADMIN_USERNAME: 'mo', USHERR_ADMIN_PASSWORD: ' p w p w ' },
      { admin: { username: 'mo', password: ' p w p w ' } },
    ],
    ['a level in capitals', { USHERR_LOG_LEVEL: 'DEBUG' }, { logLevel: 'debug' }],
    ['a key', { USHERR_API_KEY: 'abcdefgh' }, { apiKey: 'abcdefgh' }],
    [
      'the programs that play',
      { USHERR_FFMPEG: '/opt/ffmpeg', USHERR_FFPROBE: '/opt/ffprobe' },
      { programs: { ffmpeg: '/opt/ffmpeg', ffprobe: '/opt/ffprobe' } },
    ],
    ['empty values as unset ones', { USHERR_PORT: '', USHERR_API_KEY: ' ', TZ: '', USHERR_ADMIN_USERNAME: '' }, { port: 4848 }],
  ])('takes %s', (_name, variables, expected) => {
    expect(loadConfig(variables)).toMatchObject(expected);
  });

  it.each<[string, string]>([
    ['USHERR_HOST', 'http://localhost'],
    ['USHERR_PORT', '65536'],
    ['USHERR_PORT', '48.5'],
    ['USHERR_PORT', '-1'],
    ['USHERR_PUBLIC_URL', 'media.example.org'],
    ['USHERR_PUBLIC_URL', 'ftp://media.example.org'],
    ['USHERR_PUBLIC_URL', 'https://media.example.org/?a=b'],
    ['USHERR_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['USHERR_TRUSTED_PROXIES', '10.0.0.1, proxy.local'],
    ['USHERR_TRUSTED_PROXIES', '::1/129'],
    ['USHERR_TRUSTED_PROXIES', '0.0.0.0/0'],
    ['USHERR_TRUSTED_PROXIES', '::/0'],
    ['TZ', 'Mars/Olympus'],
    ['USHERR_DATABASE_URL', 'mysql://u:p@db/usherr'],
    ['USHERR_API_KEY', 'short'],
    ['USHERR_API_KEY', 'has a space in it'],
    ['USHERR_LOG_LEVEL', 'loud'],
    ['USHERR_SECRET', 'too short'],
    ['USHERR_FFMPEG', 'ffmpeg'],
    ['USHERR_FFPROBE', './ffprobe'],
  ])('refuses %s=%s', (name, value) => {
    const error = faultsFor({ [name]: value });
    expect(error.code).toBe('misconfigured');
    expect(error.faults.map((fault) => fault.field)).toEqual([name]);
    expect(error.message).toContain(name);
  });

  it('reports all faults together', () => {
    const error = faultsFor({ USHERR_PORT: 'x', TZ: 'y/z', USHERR_LOG_LEVEL: 'loud', USHERR_ADMIN_PASSWORD: 'only this' });
    expect(error.faults.map((fault) => fault.field)).toEqual(['USHERR_PORT', 'TZ', 'USHERR_LOG_LEVEL', 'USHERR_ADMIN_USERNAME']);
    expect(error.message.split('\n')).toHaveLength(5);
    const owner = { USHERR_ADMIN_USERNAME: 'm\u200bo', USHERR_ADMIN_PASSWORD: 'seven77' };
    expect(faultsFor({ ...owner, USHERR_PORT: 'x' }).faults).toHaveLength(3);
    expect(faultsFor({ ...owner, USHERR_PORT: 'x' }).message).not.toContain('seven77');
  });

  it('reports every variable that is wrong, however many are', () => {
    const wrong = {
      USHERR_HOST: 'a b',
      USHERR_PORT: 'x',
      USHERR_PUBLIC_URL: 'x',
      USHERR_TRUSTED_PROXIES: 'x',
      TZ: 'y/z',
      USHERR_DATA_DIR: 'a\0b',
      USHERR_DATABASE_URL: 'x',
      USHERR_API_KEY: 'x',
      USHERR_ADMIN_USERNAME: ' x',
      USHERR_ADMIN_PASSWORD: 'x',
      USHERR_LOG_LEVEL: 'loud',
      WS_CONSOLE_ENABLE_ALL: 'x',
      USHERR_FFMPEG: 'x',
      USHERR_FFPROBE: 'x',
      USHERR_SECRET: 'x',
    };
    expect(faultsFor(wrong).faults.map((fault) => fault.field)).toEqual(Object.keys(wrong));
  });

  it('repeats a wrong value, but never a secret one', () => {
    const error = faultsFor({
      USHERR_PORT: 'ninety',
      USHERR_API_KEY: 'k3y',
      USHERR_SECRET: 's3cret',
      USHERR_DATABASE_URL: 'mysql://u:pw@db',
    });
    expect(error.message).toContain('ninety');
    expect(JSON.stringify([error.message, error.faults])).not.toMatch(/k3y|s3cret|pw@/);
  });

  it('keeps its own variables from the programs that it starts', () => {
    const { programs } = loadConfig({
      PATH: '/bin',
      LC_ALL: 'C',
      USHERR_SECRET: '0123456789abcdef',
      PGPASSWORD: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      EMPTY: '',
    });
    expect(programs.environment).toEqual({ PATH: '/bin', LC_ALL: 'C' });
  });

  it('cannot be changed afterwards', () => {
    const config = loadConfig({}) as { port: number };
    expect(() => {
      config.port = 1;
    }).toThrow(TypeError);
  });
});

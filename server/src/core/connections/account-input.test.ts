import { describe, expect, it } from 'vitest';
import { nameFault, normalUrl, tokenFault, urlFault } from './account-input.ts';

describe('what is typed in for an account', () => {
  it.each(['plex_main', 'a', '0_9'])('takes the name %s', (name) => expect(nameFault(name)).toBeUndefined());
  it.each([undefined, '', 'Plex', 'my plex', 'plex-main', 'plex\n', 'é', 'x'.repeat(65)])('refuses the name %j', (name) =>
    expect(nameFault(name)?.field).toBe('name'),
  );

  it.each(['http://10.0.0.5:32400', 'https://media.example.com/jellyfin/', ' http://plex:32400 '])('takes the address %j', (url) =>
    expect(urlFault(url)).toBeUndefined(),
  );
  it.each([
    undefined,
    '',
    'plex',
    'ftp://host',
    'file:///etc/passwd',
    'http://',
    'http://me:pw@host',
    'http://host/?a=1',
    'http://host/#a',
  ])('refuses the address %j', (url) => expect(urlFault(url)?.field).toBe('url'));

  it.each([
    ['http://HOST:80/', 'http://host'],
    ['https://Host:8920/emby//', 'https://host:8920/emby'],
    [' http://host:32400 ', 'http://host:32400'],
  ])('spells %j as %j', (url, normal) => expect(normalUrl(url)).toBe(normal));

  it.each(['abc', ' abc '])('takes the token %j', (token) => expect(tokenFault(token)).toBeUndefined());
  it.each([undefined, '', '  ', 'a b', 'a\r\nX: 1', 'tökén'])('refuses the token %j', (token) =>
    expect(tokenFault(token)?.field).toBe('token'),
  );
});

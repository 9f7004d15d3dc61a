import { expect, it } from 'vitest';
import { OUT_OF_BAND, sameTarget, targetFault, withAnswer } from './redirect-target.ts';

it.each([
  ['https://app.test/back', undefined],
  ['https://app.test', undefined],
  ['https://app.test/back?kept=1', undefined],
  ['HTTPS://app.test/back', undefined],
  ['com.example.app:/oauth', undefined],
  ['myapp://callback', undefined],
  [OUT_OF_BAND, undefined],
  ['http://127.0.0.1:4711/', undefined],
  ['http://127.9.9.9/', undefined],
  ['http://[::1]:4711/', undefined],
  ['http://localhost/cb', undefined],
  ['http://192.168.1.7:8080/cb', undefined],
  ['http://10.0.0.1/', undefined],
  ['http://172.16.0.1/', undefined],
  ['http://[fd00::1]/', undefined],
  ['http://kodi.local/cb', undefined],
  ['http://nas/cb', undefined],
  ['http://app.test/cb', 'unprotected'],
  ['http://8.8.8.8/', 'unprotected'],
  ['http://172.32.0.1/', 'unprotected'],
  ['http://10.evil.test/', 'unprotected'],
  ['http://[2001:db8::1]/', 'unprotected'],
  ['javascript:alert(1)', 'unsafe'],
  ['JavaScript:alert(1)', 'unsafe'],
  ['data:text/html,x', 'unsafe'],
  ['vbscript:x', 'unsafe'],
  ['file:///etc/passwd', 'unsafe'],
  ['blob:https://app.test/1', 'unsafe'],
  ['intent://x#Intent;end', 'unreadable'],
  ['urn:ietf:wg:oauth:2.0:oob:auto', 'unsafe'],
  ['https://me:you@app.test/', 'unsafe'],
  ['https://me@app.test/', 'unsafe'],
  ['java\nscript:alert(1)', 'unreadable'],
  [' https://app.test/', 'unreadable'],
  ['https://app.test\\@evil.test/', 'unreadable'],
  ['https://app.test/\u202Egpj', 'unreadable'],
  ['https://app.test/#', 'unreadable'],
  ['https://app.test/#x', 'unreadable'],
  ['//app.test/', 'unreadable'],
  ['/back', 'unreadable'],
  ['app', 'unreadable'],
  [`https://app.test/${'x'.repeat(2_000)}`, 'unreadable'],
  ['', 'missing'],
])('%j: %s', (target, fault) => {
  expect(targetFault(target)).toBe(fault);
});

it.each([
  ['https://app.test/a', 'https://app.test/a', true],
  ['https://app.test/a', 'https://app.test/a/', false],
  ['https://app.test/a', 'https://app.test/a?x=1', false],
  ['https://app.test/a', 'https://APP.test/a', false],
  ['https://app.test/a', 'https://app.test:444/a', false],
  ['http://127.0.0.1/a', 'http://127.0.0.1:5000/a', true],
  ['http://127.0.0.1:1/a', 'http://127.0.0.1:2/a', true],
  ['http://[::1]:1/a', 'http://[::1]:2/a', true],
  ['http://localhost:1/a', 'http://localhost:2/a', true],
  ['http://127.0.0.1:1/a', 'http://127.0.0.1:2/b', false],
  ['http://127.0.0.1:1/a', 'http://127.0.0.2:1/a', false],
  ['http://127.0.0.1:1/a', 'https://127.0.0.1:1/a', false],
  ['http://192.168.0.1:1/a', 'http://192.168.0.1:2/a', false],
  ['http://localhost.evil.test:1/a', 'http://localhost.evil.test:2/a', false],
  ['myapp://a', 'myapp://b', false],
])('%j allows %j: %s', (allowed, asked, is) => {
  expect(sameTarget(allowed, asked)).toBe(is);
});

it('answers in the query, beside what is there, and leaves out what is not said', () => {
  expect(withAnswer('https://a.test/b', { code: 'x', state: undefined })).toBe('https://a.test/b?code=x');
  expect(withAnswer('https://a.test/b?c=1', { code: 'x', state: 'y z&' })).toBe('https://a.test/b?c=1&code=x&state=y+z%26');
  expect(withAnswer('https://a.test/b?', { code: 'x' })).toBe('https://a.test/b?code=x');
  expect(withAnswer('myapp://cb', { code: 'x' })).toBe('myapp://cb?code=x');
});

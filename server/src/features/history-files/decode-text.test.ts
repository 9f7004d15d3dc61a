import { expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const TEXT = 'Name,Year\nAm\u00e9lie,2001\n';
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

it.each<[string, Uint8Array]>([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16 the other way round', swapped(Buffer.from(`\ufeff${TEXT}`, 'utf16le'))],
  ['what spreadsheets write', Buffer.from(TEXT, 'latin1')],
])('a text in %s is read as it was written', (_name, bytes) => {
  expect(decodeText(bytes)).toBe(TEXT);
});

it('a file of nothing is an empty text', () => {
  expect(decodeText(new Uint8Array())).toBe('');
});

import { expect, it } from 'vitest';
import { FAKE_IMAGE } from '#core/upstreams/moody-http.fake.ts';
import { pictureTypeOf } from './picture-type.ts';

const bytes = (text: string): Buffer => Buffer.from(text.padEnd(32, '\0'), 'latin1');

it.each([
  ['a PNG', FAKE_IMAGE, 'image/png'],
  ['a JPEG', bytes('\xff\xd8\xff\xe0..JFIF'), 'image/jpeg'],
  ['a WebP', bytes('RIFF....WEBPVP8 '), 'image/webp'],
  ['a GIF', bytes('GIF89a'), 'image/gif'],
  ['an AVIF', bytes('\0\0\0\x1cftypavif'), 'image/avif'],
  ['a drawing', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>'), undefined],
  ['a page', bytes('<!doctype html><html>'), undefined],
  ['a page that begins like a picture', bytes('GIF80a<script>'), undefined],
  ['a film', bytes('\0\0\0\x1cftypmp42'), undefined],
  ['a sound', bytes('RIFF....WAVEfmt '), undefined],
  ['nothing', Buffer.alloc(0), undefined],
  ['too little', Buffer.from([0xff, 0xd8, 0xff]), undefined],
])('%s is told by its bytes', (_, body, type) => {
  expect(pictureTypeOf(body)).toBe(type);
});

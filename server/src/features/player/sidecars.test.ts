import { describe, expect, it } from 'vitest';
import { languageName, readSidecar } from './sidecars.ts';

describe('a file beside a film', () => {
  it.each([
    ['Film (2024).srt', { format: 'srt', isForced: false }],
    ['Film (2024).en.srt', { format: 'srt', language: 'en', isForced: false }],
    ['film (2024).EN.SRT', { format: 'srt', language: 'en', isForced: false }],
    ['Film (2024).pt-BR.forced.ass', { format: 'ass', language: 'pt-br', isForced: true }],
    ['Film (2024).forced.ger.vtt', { format: 'vtt', language: 'ger', isForced: true }],
    ['Film (2024).en.sdh.srt', { format: 'srt', language: 'en', isForced: false, note: 'sdh' }],
    ['Film (2024).en.Director Commentary.srt', { format: 'srt', language: 'en', isForced: false, note: 'Director Commentary' }],
    ['Film (2024).sdh.webvtt', { format: 'webvtt', isForced: false, note: 'sdh' }],
  ])('%s has its subtitles', (name, expected) => {
    expect(readSidecar('/films/Film (2024).mkv', name)).toEqual(expected);
  });

  it.each(['Film (2024).mkv', 'Film (2024).en.txt', 'Film (2024) 2.srt', 'Film (2024)-extra.srt', 'Film.srt', 'Other.srt', '.srt', ''])(
    '%j has none',
    (name) => {
      expect(readSidecar('/films/Film (2024).mkv', name)).toBeUndefined();
    },
  );

  it('goes by the whole name, dots included', () => {
    expect(readSidecar('/f/A.B.1080p.mkv', 'A.B.1080p.en.srt')).toMatchObject({ language: 'en' });
    expect(readSidecar('/f/A.B.1080p.mkv', 'A.C.1080p.en.srt')).toBeUndefined();
  });

  it.each([
    ['en', 'English'],
    ['ger', 'German'],
    ['pt-br', 'Brazilian Portuguese'],
    ['xx-', 'xx-'],
  ])('has a language: %s is %s', (code, name) => {
    expect(languageName(code)).toBe(name);
  });
});

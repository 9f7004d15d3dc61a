import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import { decodeText, toWebVtt, withTimestampMap } from './subtitle-text.ts';

const ASS = (...lines: string[]): string =>
  `[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name\n\n[Events]\nFormat: Layer, Start, End, Style, Text\n${lines.join('\n')}\n`;
const body = (format: string, text: string): string => (toWebVtt(format, text) ?? '').replace(/^WEBVTT\n\n/, '');

describe('SubRip as WebVTT', () => {
  it.each([
    ['a plain block', '1\n00:00:01,000 --> 00:00:02,500\nHello\n', '00:00:01.000 --> 00:00:02.500\nHello\n'],
    ['line ends of Windows and a mark', '\uFEFF1\r\n00:00:01,000 --> 00:00:02,000\r\nA\r\nB\r\n', '00:00:01.000 --> 00:00:02.000\nA\nB\n'],
    [
      'blocks without numbers',
      '00:00:01,0 --> 00:00:02,50\nA\n\n00:00:03,000 --> 00:00:04,000\nB',
      '00:00:01.000 --> 00:00:02.500\nA\n\n00:00:03.000 --> 00:00:04.000\nB\n',
    ],
    [
      'a line that is a number',
      '1\n00:00:01,000 --> 00:00:02,000\n1984\n\n2\n00:00:03,000 --> 00:00:04,000\n42',
      '00:00:01.000 --> 00:00:02.000\n1984\n\n00:00:03.000 --> 00:00:04.000\n42\n',
    ],
    [
      'tags it knows, and none it does not',
      '1\n00:00:01,000 --> 00:00:02,000\n<I>a</I> <font color="red">b</font> 1 < 2 & c <script>',
      '00:00:01.000 --> 00:00:02.000\n<i>a</i> b 1 &lt; 2 &amp; c &lt;script&gt;\n',
    ],
    ['places of ASS', '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Top', '00:00:01.000 --> 00:00:02.000\nTop\n'],
    [
      'blocks out of order',
      '1\n00:00:05,000 --> 00:00:06,000\nB\n\n2\n00:00:01,000 --> 00:00:02,000\nA',
      '00:00:01.000 --> 00:00:02.000\nA\n\n00:00:05.000 --> 00:00:06.000\nB\n',
    ],
    ['an arrow in the text', '1\n00:00:01,000 --> 00:00:02,000\nA --> B', '00:00:01.000 --> 00:00:02.000\nA --&gt; B\n'],
    ['long films', '1\n10:00:01,000 --> 10:00:02,000\nA', '10:00:01.000 --> 10:00:02.000\nA\n'],
  ])('takes %s', (_what, srt, vtt) => {
    expect(body('srt', srt)).toBe(vtt);
  });

  it.each(['', 'no times at all', '1\n00:00:02,000 --> 00:00:01,000\nbackwards'])('has nothing to say for %j', (srt) => {
    expect(body('srt', srt)).toMatch(/^(WEBVTT\n)?$/);
  });

  it('never lets a line break out of its block, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 8 }), (lines) => {
        const made = body('srt', `1\n00:00:01,000 --> 00:00:02,000\n${lines.join('\n')}`);
        for (const block of made.split('\n\n'))
          expect(block.split('\n').filter((line) => line.includes('-->')).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('ASS as WebVTT', () => {
  it.each([
    ['commas in the text', 'Dialogue: 0,0:00:01.00,0:00:02.50,Default,One, two', '00:00:01.000 --> 00:00:02.500\nOne, two\n'],
    [
      'lines and blanks',
      'Dialogue: 0,0:00:01.00,0:00:02.00,Default,One\\Ntwo\\hthree\\nfour',
      '00:00:01.000 --> 00:00:02.000\nOne\ntwo three\nfour\n',
    ],
    [
      'looks that WebVTT has',
      'Dialogue: 0,0:00:01.00,0:00:02.00,Default,{\\i1\\b1}a{\\i0}b{\\b0}{\\pos(1,2)}c',
      '00:00:01.000 --> 00:00:02.000\n<i><b>a</b></i><b>b</b>c\n',
    ],
    [
      'looks that are never ended',
      'Dialogue: 0,0:00:01.00,0:00:02.00,Default,{\\u1}a & b',
      '00:00:01.000 --> 00:00:02.000\n<u>a &amp; b</u>\n',
    ],
  ])('takes %s', (_what, line, vtt) => {
    expect(body('ass', ASS(line))).toBe(vtt);
  });

  it('leaves out drawings, comments, and what stands outside of its events', () => {
    const text = ASS(
      'Comment: 0,0:00:01.00,0:00:02.00,Default,note',
      'Dialogue: 0,0:00:01.00,0:00:02.00,Default,{\\p1}m 0 0 l 1 1{\\p0}',
      'Dialogue: 0,0:00:03.00,0:00:04.00,Default,Said',
    );
    expect(body('ass', `${text}[Fonts]\nDialogue: 0,0:00:05.00,0:00:06.00,Default,Not said\n`)).toBe(
      '00:00:03.000 --> 00:00:04.000\nSaid\n',
    );
    expect(toWebVtt('ssa', 'Dialogue: 0,0:00:01.00,0:00:02.00,Default,x')).toBeUndefined();
  });
});

describe('WebVTT', () => {
  it('stays as it is, if it is any', () => {
    const vtt = '\uFEFFWEBVTT - a title\r\n\r\n00:01.000 --> 00:02.000\r\nHello\r\n';
    expect(toWebVtt('vtt', vtt)).toBe('WEBVTT - a title\n\n00:01.000 --> 00:02.000\nHello\n');
    expect(toWebVtt('webvtt', '<html>')).toBeUndefined();
    expect(toWebVtt('vtt', 'WEBVTTX')).toBeUndefined();
  });

  it('is told where its beginning is, once', () => {
    const mapped = 'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\nx';
    expect(withTimestampMap('WEBVTT\n\nx', 10)).toBe(mapped);
    expect(withTimestampMap('WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\nx', 10)).toBe(mapped);
  });
});

describe('the characters of a file', () => {
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from('Grüße €', 'utf8')],
    ['UTF-16, little end first', Buffer.from('\uFEFFGrüße €', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\uFEFFGrüße €', 'utf16le').swap16()],
    ['what Windows wrote', Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0x80])],
  ])('are read from %s', (_what, bytes) => {
    expect(decodeText(bytes).replace('\uFEFF', '')).toBe('Grüße €');
  });
});

const ascii = (body: Buffer, from: number, to: number): string => body.toString('latin1', from, to);

/**
 * What the bytes are, whatever their server calls them: a browser is told this, and nothing else is handed on. Drawings (SVG) are text, may
 * hold scripts, and are none of these.
 */
export function pictureTypeOf(body: Buffer): string | undefined {
  if (body.length < 12) return undefined;
  if (body[0] === 0xff && body[1] === 0xd8 && body[2] === 0xff) return 'image/jpeg';
  if (ascii(body, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (ascii(body, 0, 4) === 'RIFF' && ascii(body, 8, 12) === 'WEBP') return 'image/webp';
  if (/^GIF8[79]a$/.test(ascii(body, 0, 6))) return 'image/gif';
  if (ascii(body, 4, 8) === 'ftyp' && /^avi[fs]$/.test(ascii(body, 8, 12))) return 'image/avif';
  return undefined;
}

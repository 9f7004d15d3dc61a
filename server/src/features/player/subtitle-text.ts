/** One line of dialogue, in milliseconds, as WebVTT writes it. */
type Cue = Readonly<{ start: number; end: number; text: string }>;

/** The text of a subtitle file, whatever its characters are written with: UTF-8, UTF-16 with its mark, else as Windows wrote it. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const normal = (text: string): string =>
  text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '');
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The tags that WebVTT shares with SubRip; a font or a colour has no counterpart, and whatever else is in angle brackets is text. */
const withTags = (text: string): string =>
  escaped(text.replace(/<\/?(font|c|v|lang|ruby|rt)\b[^>]*>/gi, '')).replace(
    /&lt;(\/?)([biu])&gt;/gi,
    (_, slash: string, tag: string) => `<${slash}${tag.toLowerCase()}>`,
  );

const SRT_TIME = /(\d+):(\d{1,2}):(\d{1,2})[,.](\d{1,3})\s*-->\s*(\d+):(\d{1,2}):(\d{1,2})[,.](\d{1,3})/;

const milliseconds = (hours = '0', minutes = '0', seconds = '0', fraction = '0'): number =>
  Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000 + Number(fraction.padEnd(3, '0'));

/** Blocks need not be numbered, nor their numbers be right: what divides them are the lines with times. */
function cuesOfSrt(text: string): Cue[] {
  const blocks: { start: number; end: number; lines: string[] }[] = [];
  for (const line of normal(text).split('\n')) {
    const time = SRT_TIME.exec(line);
    if (time) {
      const [start, end] = [milliseconds(time[1], time[2], time[3], time[4]), milliseconds(time[5], time[6], time[7], time[8])];
      blocks.push({ start, end, lines: [] });
    } else blocks.at(-1)?.lines.push(line);
  }
  return blocks.map(({ start, end, lines }, index) => {
    const numbered = index < blocks.length - 1 && /^\s*\d+\s*$/.test(lines.at(-1) ?? '') && (lines.at(-2) ?? '').trim() === '';
    return { start, end, text: withTags((numbered ? lines.slice(0, -1) : lines).join('\n').replace(/\{\\[^}]*\}/g, '')) };
  });
}

const ASS_TIME = /^(\d+):(\d{2}):(\d{2})[.:](\d{1,3})$/;

function timeOfAss(text: string | undefined): number | undefined {
  const match = ASS_TIME.exec(text?.trim() ?? '');
  return match ? milliseconds(match[1], match[2], match[3], match[4]) : undefined;
}

/** The dialogue, without its looks: WebVTT knows bold, italics and underlines, and lines. */
function cuesOfAss(text: string): Cue[] {
  let columns = ['layer', 'start', 'end', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect', 'text'];
  let inEvents = false;
  const cues: Cue[] = [];
  for (const line of normal(text).split('\n')) {
    if (line.startsWith('[')) inEvents = /^\[events\]/i.test(line);
    const [, kind = '', rest = ''] = (inEvents && /^(Format|Dialogue):\s*(.*)$/i.exec(line)) || [];
    if (/^format$/i.test(kind)) columns = rest.split(',').map((name) => name.trim().toLowerCase());
    if (!/^dialogue$/i.test(kind)) continue;
    const values = rest.split(',');
    const [start, end] = [timeOfAss(values[columns.indexOf('start')]), timeOfAss(values[columns.indexOf('end')])];
    // The text stands last, and may hold commas of its own.
    const words = values.slice(columns.length - 1).join(',');
    if (start !== undefined && end !== undefined) cues.push({ start, end, text: textOfAss(words) });
  }
  return cues;
}

/** Drawings (`\p1`) are shapes written as text: nobody wants to read them. */
function textOfAss(words: string): string {
  if (/\{[^}]*\\p[1-9][^}]*\}/.test(words)) return '';
  const open: string[] = [];
  const parts = words.split(/(\{[^}]*\})/).map((part) => {
    if (!part.startsWith('{')) return escaped(part.replace(/\\[Nn]/g, '\n').replaceAll('\\h', ' '));
    return [...part.matchAll(/\\([biu])([01])(?![0-9])/g)]
      .map(([, tag = '', on]) => (on === '1' ? opened(tag, open) : closed(tag, open)))
      .join('');
  });
  return (
    parts.join('') +
    open
      .reverse()
      .map((tag) => `</${tag}>`)
      .join('')
  );
}

function opened(tag: string, open: string[]): string {
  if (open.includes(tag)) return '';
  open.push(tag);
  return `<${tag}>`;
}

/** Tags of WebVTT lie within each other: those that were opened later are closed before, and opened again. */
function closed(tag: string, open: string[]): string {
  const at = open.lastIndexOf(tag);
  if (at < 0) return '';
  const inner = open.splice(at).slice(1);
  const text = [...inner]
    .reverse()
    .map((one) => `</${one}>`)
    .join('');
  open.push(...inner);
  return `${text}</${tag}>${inner.map((one) => `<${one}>`).join('')}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

function timeOfVtt(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(ms % 1_000).padStart(3, '0')}`;
}

function vttOf(cues: readonly Cue[]): string {
  const blocks = cues
    .map((cue) => ({
      ...cue,
      text: cue.text
        .replace(/\n{2,}/g, '\n')
        .trim()
        .replaceAll('-->', '→'),
    }))
    .filter((cue) => cue.text !== '' && cue.end > cue.start)
    .sort((one, other) => one.start - other.start || one.end - other.end)
    .map((cue) => `${timeOfVtt(cue.start)} --> ${timeOfVtt(cue.end)}\n${cue.text}\n`);
  return ['WEBVTT\n', ...blocks].join('\n');
}

/** WebVTT of a file of subtitles. Undefined where there is not one line of dialogue in it. */
export function toWebVtt(format: string, text: string): string | undefined {
  if (format === 'vtt' || format === 'webvtt') return /^WEBVTT(\s|$)/.test(normal(text)) ? normal(text) : undefined;
  const cues = format === 'srt' ? cuesOfSrt(text) : cuesOfAss(text);
  return cues.length === 0 ? undefined : vttOf(cues);
}

/**
 * The same, told where its time 0 lies in a transport stream whose times are shifted by so many seconds: without it a player takes the
 * first picture for the beginning, wherever it is.
 */
export function withTimestampMap(vtt: string, offset: number): string {
  const map = `X-TIMESTAMP-MAP=MPEGTS:${Math.round(offset * 90_000)},LOCAL:00:00:00.000`;
  const [first = 'WEBVTT', ...rest] = vtt.split('\n');
  return [first, map, ...rest.filter((line) => !line.startsWith('X-TIMESTAMP-MAP'))].join('\n');
}

import type { Result } from './results.ts';

const WIDTH = 860;
const ROW = 34;
const LEFT = 300;
const RIGHT = 190;
const TOP = 48;

const COLOURS: Readonly<Record<Result['verdict'], string>> = { holds: '#2e7d5b', 'holds by calibration': '#8a8a2e', missed: '#b3412f' };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const short = (value: number): string => String(Number(value.toPrecision(3)));

/** One bar for each result, as a share of what it may be; the line is where the bar lies. */
export function chartOf(results: readonly Result[], taken: string): string {
  const height = TOP + results.length * ROW + 30;
  const longest = Math.max(1.1, ...results.map((result) => Math.min(result.median / result.bar, 4)));
  const scale = (WIDTH - LEFT - RIGHT) / longest;
  const rows = results.map((result, index) => {
    const y = TOP + index * ROW;
    const length = Math.max(2, Math.min(result.median / result.bar, longest) * scale);
    const label = `${short(result.median)} of ${short(result.bar)} ${result.unit}`;
    return [
      `<text x="${LEFT - 12}" y="${y + 19}" text-anchor="end">${escaped(result.name)}</text>`,
      `<rect x="${LEFT}" y="${y + 4}" width="${length.toFixed(1)}" height="${ROW - 12}" rx="2" fill="${COLOURS[result.verdict]}"/>`,
      `<text x="${(LEFT + length + 8).toFixed(1)}" y="${y + 19}">${escaped(label)}</text>`,
    ].join('\n');
  });
  const limit = LEFT + scale;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="13" fill="#222">`,
    '<title>Usherr benchmarks, as shares of their bars</title>',
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="16" y="26" font-size="15" font-weight="600">Usherr benchmarks, as shares of their bars</text>`,
    ...rows,
    `<line x1="${limit}" y1="${TOP - 8}" x2="${limit}" y2="${height - 24}" stroke="#222" stroke-dasharray="4 3"/>`,
    `<text x="16" y="${height - 8}" font-size="11" fill="#666">${escaped(taken)}</text>`,
    '</svg>',
    '',
  ].join('\n');
}

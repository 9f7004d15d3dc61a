/** Three colours each: ground, shape, light. They are of the drawing alone and stay the same in both themes. */
const PALETTES = [
  ['#2c3a4f', '#d98b5f', '#f0dcc2'],
  ['#5b2245', '#e0a458', '#f6e7cb'],
  ['#1f4a45', '#8fc1a9', '#eaf2d7'],
  ['#3b2f63', '#c78bd0', '#f3dff0'],
  ['#6a2f23', '#e8b04a', '#fbeed3'],
  ['#213a2d', '#b5a642', '#eee6bf'],
  ['#43464f', '#9fb6cc', '#eef2f5'],
  ['#7a3550', '#f0a6a0', '#fdeae2'],
] as const;
export type Palette = (typeof PALETTES)[number];

const MOTIFS = 9;

/** FNV-1a: the same text always gives the same number, on every machine. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash >>> 0;
}

export type Drawing = Readonly<{ palette: Palette; motif: number; turn: number; shift: number }>;

/** Which drawing stands for a title: eight palettes, nine motifs, turned and shifted a little. */
export function drawingOf(title: string): Drawing {
  const hash = hashOf(title);
  return {
    palette: PALETTES[hash % PALETTES.length] as Palette,
    motif: Math.floor(hash / PALETTES.length) % MOTIFS,
    turn: (Math.floor(hash / 72) % 12) * 30,
    shift: Math.floor(hash / 864) % 20,
  };
}

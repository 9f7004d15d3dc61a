import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { AnimeMapping, AnimeSpan, MappedAnime } from '#core/media/index.ts';
import { isRecord } from '#kernel/json.ts';
import { badFile, lineAt, lineOfElement } from './place-in-text.ts';

export const ANIME_LIST = 'anime-lists';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  isArray: (name) => name === 'anime' || name === 'mapping',
});

type Node = Record<string, unknown>;
/** Says what is wrong with the entry at hand. */
type Refuse = (what: string) => Error;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The list of the project Anime-Lists: titles of AniDB, and where their episodes are by TVDB. Refuses a file with the line that is wrong. */
export function readAnimeList(text: string): AnimeMapping {
  const doctype = text.indexOf('<!DOCTYPE');
  if (doctype >= 0) throw badFile(`line ${lineAt(text, doctype)}`, 'it declares a document type, which no anime list does');
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw badFile(`line ${verdict.err.line}`, `it is no well-formed XML: ${verdict.err.msg}`);
  const document: unknown = parser.parse(text);
  const { 'anime-list': list, '?xml': _declaration, ...more } = isRecord(document) ? document : {};
  if (list === undefined) throw badFile('line 1', 'there is no <anime-list> in it');
  if (Object.keys(more).length > 0)
    throw badFile(`line ${lineAt(text, text.lastIndexOf('</anime-list>'))}`, 'there is more beside the <anime-list>');
  const entries = isRecord(list) && Array.isArray(list.anime) ? list.anime : [];
  if (entries.length === 0) throw badFile('line 1', 'there is no <anime> in the list');
  return {
    format: ANIME_LIST,
    entries: entries.map((entry: unknown, nth) =>
      entryOf(isRecord(entry) ? entry : {}, (what) => badFile(`line ${lineOfElement(text, 'anime', nth)}`, what)),
    ),
  };
}

function entryOf(entry: Node, refuse: Refuse): MappedAnime {
  const anidb = textOf(entry.anidbid);
  if (!/^[1-9]\d*$/.test(anidb)) throw refuse('anidbid must be a number of AniDB');
  const tvdb = textOf(entry.tvdbid);
  const title = textOf(entry.name);
  const named = { ids: { anidb }, ...(title !== '' && { title }) };
  // Anything else tells what kind of title it is that TVDB does not have: movie, OVA, unknown.
  if (!/^[1-9]\d*$/.test(tvdb)) return { ...named, spans: [] };
  const list = isRecord(entry['mapping-list']) ? entry['mapping-list'].mapping : undefined;
  const mappings = Array.isArray(list) ? list : [];
  return {
    ...named,
    tvdb,
    spans: [...mappings.flatMap((mapping: unknown) => spansOf(isRecord(mapping) ? mapping : {}, refuse)), ...ruleOf(entry, refuse)],
  };
}

/** The season that all regular episodes are in, where nothing else is said of them. `a` counts through all seasons, so that it names none. */
function ruleOf(entry: Node, refuse: Refuse): readonly AnimeSpan[] {
  const season = textOf(entry.defaulttvdbseason);
  if (season === '' || season === 'a') return [];
  return [
    {
      special: false,
      first: 1,
      season: wholeOf(season, 'defaulttvdbseason', refuse),
      shift: offsetOf(entry.episodeoffset, 'episodeoffset', refuse),
      rank: 2,
    },
  ];
}

function spansOf(mapping: Node, refuse: Refuse): readonly AnimeSpan[] {
  // Newer lists have mappings to TMDB beside those to TVDB.
  if (mapping.tvdbseason === undefined && mapping.tmdbseason !== undefined) return [];
  const native = textOf(mapping.anidbseason);
  if (native !== '0' && native !== '1') throw refuse('anidbseason of a mapping must be 0 or 1');
  const special = native === '0';
  const season = wholeOf(textOf(mapping.tvdbseason), 'tvdbseason of a mapping', refuse);
  return [...singlesOf(textOf(mapping['#text']), { special, season }, refuse), ...rangeOf(mapping, { special, season }, refuse)];
}

function rangeOf(mapping: Node, of: Pick<AnimeSpan, 'special' | 'season'>, refuse: Refuse): readonly AnimeSpan[] {
  const [start, end] = [textOf(mapping.start), textOf(mapping.end)];
  if (start === '') return [];
  const first = wholeOf(start, 'start of a mapping', refuse);
  const last = end === '' ? undefined : wholeOf(end, 'end of a mapping', refuse);
  if (last !== undefined && last < first) throw refuse('a mapping ends before it starts');
  const shift = offsetOf(mapping.offset, 'offset of a mapping', refuse);
  return [{ ...of, first, ...(last !== undefined && { last }), shift, rank: 1 }];
}

/** `;1-5;2-6+7;3-0;`: native number, dash, the numbers of TVDB. 0 is nowhere. */
function singlesOf(text: string, of: Pick<AnimeSpan, 'special' | 'season'>, refuse: Refuse): readonly AnimeSpan[] {
  return text
    .split(';')
    .filter((pair) => pair.trim() !== '')
    .flatMap((pair): readonly AnimeSpan[] => {
      const [, native, numbers] = /^\s*(\d+)\s*-\s*(\d+(?:\+\d+)*)\s*$/.exec(pair) ?? [];
      if (native === undefined || numbers === undefined) throw refuse(`"${pair.trim().slice(0, 40)}" maps no episode to another`);
      const number = Number(native);
      const span = { ...of, first: number, last: number, rank: 0 } as const;
      return numbers.split('+').map((each) => ({ ...span, shift: Number(each) === 0 ? 'nowhere' : Number(each) - number }));
    });
}

function wholeOf(text: string, name: string, refuse: Refuse): number {
  if (!/^\d{1,6}$/.test(text)) throw refuse(`${name} must be a number`);
  return Number(text);
}

function offsetOf(value: unknown, name: string, refuse: Refuse): number {
  const text = textOf(value);
  if (text === '') return 0;
  if (!/^[+-]?\d{1,6}$/.test(text)) throw refuse(`${name} must be a number`);
  return Number(text);
}

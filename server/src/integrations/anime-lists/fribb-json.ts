import { type AnimeMapping, type AnimeSpan, type MappedAnime, normaliseExternalId, type Provider } from '#core/media/index.ts';
import { messageOf } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import { badFile, lineAt } from './place-in-text.ts';

export const FRIBB = 'fribb';

const IDS: Readonly<Record<string, Provider>> = {
  anidb_id: 'anidb',
  mal_id: 'mal',
  anilist_id: 'anilist',
  kitsu_id: 'kitsu',
  simkl_id: 'simkl',
};
type Refuse = (what: string) => Error;

/** The joined list of Fribb/anime-lists: ids of many anime sites for each title, and its season of TVDB. Refuses a file with the entry that is wrong. */
export function readFribbList(text: string): AnimeMapping {
  const list = parsed(text);
  if (!Array.isArray(list)) throw badFile('line 1', 'it is no list of entries');
  if (list.length === 0) throw badFile('line 1', 'the list is empty');
  return {
    format: FRIBB,
    entries: list.map((entry: unknown, index) => {
      const refuse: Refuse = (what) => badFile(`entry ${index + 1}`, what);
      if (!isRecord(entry)) throw refuse('it is no object');
      return entryOf(entry, refuse);
    }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badFile(`line ${lineAt(text, faultyPlace(text, messageOf(cause)))}`, 'it breaks off here, or is no JSON');
  }
}

const TOKEN = /\s+|"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[[\]{},:]/y;

/** The parser names the position of some faults only: else it is the first thing that is no JSON, or that cannot follow what is before it. */
function faultyPlace(text: string, message: string): number {
  const told = /position (\d+)/.exec(message)?.[1];
  if (told !== undefined) return Number(told);
  let before = '';
  TOKEN.lastIndex = 0;
  for (let place = 0; place < text.length; place = TOKEN.lastIndex) {
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return place;
    if (token.trim() === '') continue;
    if ('[{,:'.includes(before) && ']},:'.includes(token) && before !== '' && !['[]', '{}'].includes(before + token)) return place;
    before = token;
  }
  return text.length;
}

function entryOf(entry: Record<string, unknown>, refuse: Refuse): MappedAnime {
  const ids: Record<string, string> = {};
  for (const [name, provider] of Object.entries(IDS)) {
    const value = idOf(entry[name], provider, name, refuse);
    if (value !== undefined) ids[provider] = value;
  }
  // The member had another name in earlier lists.
  const tvdb = idOf(entry.tvdb_id ?? entry.thetvdb_id, 'tvdb', 'tvdb_id', refuse);
  const kind = typeof entry.type === 'string' ? entry.type.trim().toLowerCase() : '';
  return {
    ids,
    ...(kind !== '' && kind !== 'unknown' && { kind }),
    ...(tvdb !== undefined && { tvdb }),
    spans: tvdb === undefined ? [] : ruleOf(entry, refuse),
  };
}

/** `unknown` and null are written where there is none. */
function idOf(value: unknown, provider: Provider, name: string, refuse: Refuse): string | undefined {
  if (value === undefined || value === null || value === '' || value === 'unknown') return undefined;
  const id = normaliseExternalId(provider, value);
  if (id === undefined && value !== 0) throw refuse(`${name} must be a number`);
  return id;
}

function ruleOf(entry: Record<string, unknown>, refuse: Refuse): readonly AnimeSpan[] {
  const season = numberIn(entry.season, 'season', refuse);
  if (season === undefined) return [];
  if (season < 0) throw refuse('season.tvdb must not be below 0');
  return [{ special: false, first: 1, season, shift: numberIn(entry.episode_offset, 'episode_offset', refuse) ?? 0, rank: 2 }];
}

function numberIn(holder: unknown, name: string, refuse: Refuse): number | undefined {
  if (!isRecord(holder) || holder.tvdb === undefined || holder.tvdb === null) return undefined;
  if (!Number.isInteger(holder.tvdb)) throw refuse(`${name}.tvdb must be a whole number`);
  return holder.tvdb as number;
}

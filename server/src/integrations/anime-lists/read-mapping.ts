import type { AnimeMapping } from '#core/media/index.ts';
import { readAnimeList } from './anime-list-xml.ts';
import { readFribbList } from './fribb-json.ts';
import { badFile } from './place-in-text.ts';

/** Whether it may be a mapping at all. Throws `invalid` where not. */
export function looksLikeMapping(text: string): void {
  const opening = text.replace(/^\uFEFF/, '').trimStart()[0];
  if (opening !== '<' && opening !== '[') {
    throw badFile('line 1', 'it is neither the XML of Anime-Lists nor the JSON of Fribb/anime-lists');
  }
}

/** A mapping file of either project, told by its first character. Throws `invalid`, naming the line or the entry that is wrong. */
export function readAnimeMapping(text: string): AnimeMapping {
  looksLikeMapping(text);
  const plain = text.replace(/^\uFEFF/, '');
  return plain.trimStart().startsWith('<') ? readAnimeList(plain) : readFribbList(plain);
}

import type { Static } from 'typebox';
import type { Coordinates, NativePlace, TvdbEpisode } from '#core/media/index.ts';
import type { CoordinatesShown } from './metadata.shape.ts';

type Shown = Static<typeof CoordinatesShown>;

const placeShape = (place: TvdbEpisode | NativePlace): Shown['places'][number] =>
  'tvdb' in place
    ? { tvdb: place.tvdb, ids: {}, title: null, season: place.season, number: place.number, special: place.season === 0 }
    : { tvdb: null, ids: { ...place.ids }, title: place.title ?? null, season: null, number: place.number, special: place.special };

export const coordinatesShape = (answer: Coordinates<TvdbEpisode> | Coordinates<NativePlace>): Shown =>
  typeof answer === 'string' ? { outcome: answer, places: [] } : { outcome: 'mapped', places: answer.map(placeShape) };

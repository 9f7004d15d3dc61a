import { Type } from 'typebox';
import { Medium } from './contract-media.ts';
import { Count, OneOf, OrNull, PersonQuery, strict, Text, Time } from './contract-words.ts';

/** What can be played of a title from here, and playing it. */
const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

export const PlayableFile = Type.Object({
  key: Type.String({ description: 'Stands for the file; its path is not told' }),
  name: Type.String(),
  accounts: Type.Array(Type.String()),
  playable: Type.Boolean(),
  reason: OrNull(Type.String({ description: 'Why it cannot be played from here' })),
  duration_ms: OrNull(Type.Integer()),
  width: OrNull(Type.Integer()),
  height: OrNull(Type.Integer()),
  video: OrNull(Type.String()),
  audio: Type.Array(
    Type.Object({ index: Type.Integer(), codec: Type.String(), language: OrNull(Type.String()), title: OrNull(Type.String()) }),
  ),
  subtitles: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), language: OrNull(Type.String()) })),
});
export const Playable = Type.Object({
  title: Type.Integer(),
  named: Medium,
  position_ms: Type.Integer({ description: 'Where the person stopped; 0 for the beginning' }),
  watched: Type.Boolean(),
  files: Type.Array(PlayableFile),
  recorded_for: Type.String(),
  recorded_on: Type.Array(Type.Object({ account: Type.String(), name: Type.String(), type: Type.String(), told: Type.Boolean() }), {
    description: 'The person’s places that have it. `told`: whether they hear of what is played here',
  }),
});
export const BegunShown = Type.Array(
  Type.Object({ title: Medium, progress: Type.Number({ description: 'In percent' }), stopped_at: Time }),
);
export const PlayWish = Type.Object(
  {
    title: Id,
    file: Type.Optional(Text(64)),
    audio: Type.Optional(Type.Integer({ minimum: 0, maximum: 9_999 })),
    ...PersonQuery,
  },
  strict,
);
export const PlaySession = Type.Object({
  token: Type.String(),
  playlist: Type.String({ description: 'An address of this API, for a player of HLS' }),
  expires_at: Time,
});
export const PlayToken = Text(100);
export const PlayParams = Type.Object({ token: PlayToken });
export const PlayFileParams = Type.Object({
  token: PlayToken,
  file: Type.String({ maxLength: 60, description: '`master.m3u8`, `film.m3u8`, `0.ts`, `x0.m3u8` or `x0.vtt`' }),
});
export const ProgressWish = Type.Object(
  {
    title: Id,
    state: OneOf(['playing', 'paused', 'ended']),
    position_ms: Type.Integer({ minimum: 0, maximum: 864_000_000 }),
    duration_ms: Type.Integer({ minimum: 1, maximum: 864_000_000 }),
    ...PersonQuery,
  },
  strict,
);
export const ProgressDone = Type.Object({ progress: Count, watched: Type.Boolean({ description: 'It counts as watched by now' }) });

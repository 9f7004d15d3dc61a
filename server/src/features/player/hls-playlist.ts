import { longestOf, type Segment } from './segment-plan.ts';

export type SubtitleTrack = Readonly<{
  /** `x0` for a file beside the film, `i3` for a stream within it. */
  id: string;
  name: string;
  /** As BCP 47 has it. */
  language?: string;
  isForced: boolean;
}>;

export type MasterPlaylist = Readonly<{
  mediaUrl: string;
  /** Bits a second. */
  bandwidth: number;
  width: number;
  height: number;
  subtitles: readonly SubtitleTrack[];
  subtitleUrl(track: SubtitleTrack): string;
}>;

/** Names come from file names and from tags: a quote or a line break would end the attribute, or the line. */
const quoted = (text: string): string => `"${text.replace(/[\p{Cc}"]+/gu, ' ').trim()}"`;

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;

/** The playlist of playlists. */
export function masterPlaylist({ mediaUrl, bandwidth, width, height, subtitles, subtitleUrl }: MasterPlaylist): string {
  const tracks = subtitles.map((track) =>
    [
      '#EXT-X-MEDIA:TYPE=SUBTITLES',
      'GROUP-ID="subs"',
      `NAME=${quoted(track.name)}`,
      ...(track.language === undefined ? [] : [`LANGUAGE=${quoted(track.language)}`]),
      'DEFAULT=NO',
      'AUTOSELECT=YES',
      `FORCED=${track.isForced ? 'YES' : 'NO'}`,
      `URI=${quoted(subtitleUrl(track))}`,
    ].join(','),
  );
  const stream = [
    `#EXT-X-STREAM-INF:BANDWIDTH=${Math.max(1, Math.ceil(bandwidth))}`,
    ...(width > 0 && height > 0 ? [`RESOLUTION=${width}x${height}`] : []),
    ...(tracks.length > 0 ? ['SUBTITLES="subs"'] : []),
  ].join(',');
  return lines('#EXTM3U', '#EXT-X-VERSION:4', '#EXT-X-INDEPENDENT-SEGMENTS', ...tracks, stream, mediaUrl);
}

/** The whole film, piece by piece. */
export function mediaPlaylist(segments: readonly Segment[], segmentUrl: (index: number) => string): string {
  return lines(
    '#EXTM3U',
    '#EXT-X-VERSION:4',
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(longestOf(segments)))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...segments.flatMap(({ duration }, index) => [`#EXTINF:${duration.toFixed(6)},`, segmentUrl(index)]),
    '#EXT-X-ENDLIST',
  );
}

/** One track of subtitles, which comes in one piece. */
export const subtitlePlaylist = (duration: number, url: string): string => mediaPlaylist([{ start: 0, duration }], () => url);

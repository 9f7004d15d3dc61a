import { join } from 'node:path';
import type { LocalFiles, Place, Reach } from '#core/connections/index.ts';
import type { Settings } from '#core/settings/index.ts';
import { invalid } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import { type Clock, type Duration, days, hours, type Instant, minutes, seconds } from '#kernel/instant.ts';
import { createFileCache } from '#platform/file-cache/index.ts';
import type { Logger } from '#platform/logging/index.ts';
import { createDescribing, type DescribedFile, type DescribedHardware, type ReportedFile } from './describe-files.ts';
import { createHardware, type HardwareDeps } from './hardware.ts';
import { masterPlaylist, mediaPlaylist, type SubtitleTrack, subtitlePlaylist } from './hls-playlist.ts';
import { parseDuration } from './iso-duration.ts';
import { createMediaProbe } from './media-probe.ts';
import { createMediaTools, type MediaToolsDeps } from './media-tools.ts';
import { createOffering, type OfferedFile } from './offer-files.ts';
import { readConfig } from './play-config.ts';
import { createPlayGrants } from './play-grants.ts';
import { CACHE_SIZE, VIDEO_ENCODER } from './player.settings.ts';
import { createProgramRunner, type ProgramRunner } from './run-program.ts';
import { createScreenings, type Screening } from './screenings.ts';
import { createSegmentDesk } from './segment-desk.ts';
import { SEGMENT_SECONDS } from './segment-plan.ts';
import { withTimestampMap } from './subtitle-text.ts';
import { createSubtitles, type SubtitleChoice } from './subtitles.ts';
import { TS_OFFSET } from './ts-cutter.ts';

export type PlayerDeps = Readonly<{
  clock: Clock;
  settings: Pick<Settings, 'get'>;
  files: LocalFiles;
  logger: Pick<Logger, 'warn'>;
  /** Segments and subtitles go to its folder `cache/player`. */
  dataDir: string;
  /** Where ffmpeg and ffprobe are, where somebody said so, and what they see of the environment. */
  programs: MediaToolsDeps['configured'] & Readonly<{ environment: Readonly<Record<string, string>> }>;
  /** Another way to start programs, and to see devices: for tests of machines that are not here. */
  runner?: ProgramRunner;
  listDevices?: HardwareDeps['listDevices'];
}>;

export type SignRequest = Readonly<{
  /** What servers named for the title: nothing else is signed. */
  reported: readonly ReportedFile[];
  /** As a server named it, or as it is here. */
  path: string;
  /** ISO 8601; 24 hours unless told, and a week at most. */
  time: string | undefined;
  config: unknown;
  reach: Reach;
  /** Who asks, and for whom: the token ends once any of them has gone. */
  people: readonly PersonId[];
}>;

/** Seconds that a segment should last; 6 unless told. */
type Length = Readonly<{ length: number | undefined }>;

export type MadeSegment = Readonly<{
  path: string;
  /** How long whoever asked has waited for it. */
  tookMs: Duration;
  /** For those who look for a fault. */
  explain(): Promise<Readonly<{ command: string; delivery: string }>>;
}>;

/** A token is the only credential of all verbs that take one; they throw `invalid` where it is none, or has ended. */
export type Player = Readonly<{
  /** Throws `invalid` naming the member at fault, `not-found` where the file is not there, `forbidden` where it may not be read. */
  sign(request: SignRequest): Promise<Readonly<{ token: string; expiresAt: Instant }>>;
  /** Ends the tokens of somebody who has gone, and what is made for them. */
  endOf(person: PersonId): void;
  /** Whether it is one, when it was made, and when it ends. */
  grant(token: string): Readonly<{ signedAt: Instant; expiresAt: Instant; debug: boolean }>;
  masterPlaylist(token: string, how: Length & Readonly<{ mediaUrl: string; subtitleUrl(track: SubtitleTrack): string }>): Promise<string>;
  mediaPlaylist(token: string, how: Length & Readonly<{ segmentUrl(index: number): string }>): Promise<string>;
  /** Made now, if it is not there yet. Throws `upstream-unreadable` and `upstream-timeout` where ffmpeg fails. */
  segment(token: string, index: number, how: Length & Readonly<{ signal: AbortSignal }>): Promise<MadeSegment>;
  subtitlePlaylist(token: string, choice: SubtitleChoice, url: string): Promise<string>;
  /** WebVTT. */
  subtitle(
    token: string,
    choice: SubtitleChoice,
    how: Readonly<{ reload: boolean; signal: AbortSignal }>,
  ): Promise<Readonly<{ text: string; cached: boolean }>>;
  describeFiles(reported: readonly ReportedFile[], reach: Reach): Promise<readonly DescribedFile[]>;
  /** The same for somebody who chooses what to play. */
  offer(reported: readonly ReportedFile[], reach: Reach): Promise<readonly OfferedFile[]>;
  describeHardware(): Promise<DescribedHardware>;
  /** Takes away what a former process left of its cache. */
  start(): Promise<void>;
  /** Ends every ffmpeg. */
  close(): Promise<void>;
}>;

const LONGEST_TOKEN = days(7);
const KEPT: Duration = hours(24);
const LOOK_ROUND: Duration = seconds(15);
const SWEEP: Duration = minutes(10);
const MEGABYTE = 1_000_000;
/** Where a file does not tell its rate: a master playlist must name one. */
const USUAL_RATE = 5_000_000;

/** Plays the files of servers from here: HLS out of what ffmpeg copies or encodes. */
export function createPlayer(deps: PlayerDeps): Player {
  const { clock, settings, files, logger, dataDir, programs } = deps;
  const runner = deps.runner ?? createProgramRunner(programs.environment);
  const tools = createMediaTools({ configured: programs, runner });
  const probe = createMediaProbe({ clock, tools, runner });
  const cache = createFileCache({
    folder: join(dataDir, 'cache', 'player'),
    clock,
    keepFor: KEPT,
    most: async () => (await settings.get(CACHE_SIZE)) * MEGABYTE,
  });
  const subtitles = createSubtitles({ files, tools, runner, cache });
  const hardware = createHardware({ clock, tools, runner, ...(deps.listDevices && { listDevices: deps.listDevices }) });
  const screenings = createScreenings({ files, probe, tools, hardware, subtitles, cache, preferred: () => settings.get(VIDEO_ENCODER) });
  const desk = createSegmentDesk({ clock, cache, runner, logger });
  const grants = createPlayGrants(clock);
  const describing = createDescribing({ files, probe, subtitles, hardware });
  const offer = createOffering({ files, probe, subtitles });
  let round: NodeJS.Timeout | undefined;
  let sweptAt = clock.now();

  const tidy = (): Promise<void> =>
    cache.sweep().catch((error: unknown) => logger.warn({ err: error }, 'The cache of the player could not be tidied.'));

  async function lookRound(): Promise<void> {
    await desk.end(grants.endDue().map((grant) => grant.id));
    await desk.endIdle();
    if (clock.now() - sweptAt < SWEEP) return;
    sweptAt = clock.now();
    await tidy();
  }

  /** Only while there is somebody to look after. */
  function begin(): void {
    round ??= setInterval(() => {
      lookRound().catch((error: unknown) => logger.warn({ err: error }, 'What nobody watches any more could not be ended.'));
    }, LOOK_ROUND).unref();
  }

  const screening = (token: string, length = SEGMENT_SECONDS): Promise<Screening> => screenings.of(grants.of(token), length);

  async function placeOf(reported: readonly ReportedFile[], path: string): Promise<Place> {
    const named = await Promise.all(reported.map(async (file) => ({ file, place: await files.locate(file.account, file.path) })));
    const fitting = named.filter(({ file, place }) => place?.path === path || file.path === path);
    if (fitting.length === 0) throw invalid('path', 'is none that a server named for this title: history/{id}?files=1 lists them');
    const place = fitting.find((one) => one.place !== undefined)?.place;
    if (place) return place;
    throw invalid('path', 'is a path of another machine: say where its folder is here, with the setting connections.path-mappings');
  }

  return {
    async sign({ reported, path, time = 'PT24H', config: given, reach, people }) {
      if (path === '') throw invalid('path', 'is missing');
      const ttl = parseDuration(time);
      if (ttl === undefined || ttl > LONGEST_TOKEN) throw invalid('time', 'must be a duration such as PT24H, of seven days at most');
      const config = readConfig(given);
      const place = await placeOf(reported, path);
      const film = await files.open(place.path, reach);
      const { subtitle } = config;
      if (typeof subtitle === 'string' && !(await subtitles.sidecars(film, reach)).some((sidecar) => sidecar.path === subtitle)) {
        throw invalid('config.subtitle', 'is no subtitle beside this film');
      }
      begin();
      const { token, grant } = grants.issue({ path: place.path, reach, config, people }, ttl);
      return { token, expiresAt: grant.expiresAt };
    },

    endOf(person) {
      const over = grants.endOf(person).map((grant) => grant.id);
      desk.end(over).catch((error: unknown) => logger.warn({ err: error }, 'What was made for somebody who has gone could not be ended.'));
    },

    grant(token) {
      const { signedAt, expiresAt, config } = grants.of(token);
      return { signedAt, expiresAt, debug: config.debug };
    },

    async masterPlaylist(token, { length, mediaUrl, subtitleUrl }) {
      const { grant, film, facts, delivery } = await screening(token, length);
      const { browserSubtitles } = grant.config;
      const hidden = browserSubtitles || delivery.burn !== undefined;
      const { video } = delivery;
      return masterPlaylist({
        mediaUrl,
        bandwidth: (video.how === 'encode' ? video.bitRate : undefined) ?? facts.bitRate ?? USUAL_RATE,
        width: video.how === 'encode' ? video.width : (facts.video?.width ?? 0),
        height: video.how === 'encode' ? video.height : (facts.video?.height ?? 0),
        subtitles: hidden ? [] : await subtitles.tracks(film, facts, grant.reach),
        subtitleUrl,
      });
    },

    async mediaPlaylist(token, { length, segmentUrl }) {
      const { delivery } = await screening(token, length);
      return mediaPlaylist(delivery.segments, segmentUrl);
    },

    async segment(token, index, { length, signal }) {
      const asked = performance.now();
      const { source, delivery } = await screening(token, length);
      if (delivery.segments[index] === undefined) throw invalid('segment', `must be from 0 to ${delivery.segments.length - 1}`);
      const path = await desk.get(source, index, signal);
      return {
        path,
        tookMs: performance.now() - asked,
        async explain() {
          const [call] = await source.ways(index, signal);
          const { segments: _segments, ...rest } = delivery;
          return { command: [call?.program.path, ...(call?.args ?? [])].join(' '), delivery: JSON.stringify(rest) };
        },
      };
    },

    async subtitlePlaylist(token, { source, index }, url) {
      const { grant, film, facts, delivery } = await screening(token);
      const tracks = await subtitles.tracks(film, facts, grant.reach);
      if (!tracks.some((track) => track.id === `${source}${index}`)) throw invalid('index', `there is no subtitle ${source}${index}`);
      const last = delivery.segments.at(-1);
      return subtitlePlaylist(last ? last.start + last.duration : 0, url);
    },

    async subtitle(token, choice, { reload, signal }) {
      const { grant, film, facts } = await screening(token);
      const { text, cached } = await subtitles.webVtt(film, facts, choice, { reach: grant.reach, reload, signal });
      return { text: withTimestampMap(text, TS_OFFSET), cached };
    },

    describeFiles: describing.files,
    offer,
    describeHardware: describing.hardware,
    start: tidy,

    async close() {
      clearInterval(round);
      await desk.close();
      await subtitles.close();
    },
  };
}

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { LocalFile, LocalFiles } from '#core/connections/index.ts';
import { invalid } from '#kernel/app-error.ts';
import type { FileCache } from '#platform/file-cache/index.ts';
import { DEFAULT_DEVICE, type Encoder } from './encoders.ts';
import { type AudioWork, segmentCommand } from './ffmpeg-command.ts';
import type { Hardware } from './hardware.ts';
import type { MediaFacts } from './media-facts.ts';
import type { MediaProbe } from './media-probe.ts';
import type { MediaTools } from './media-tools.ts';
import { chooseEncoders, type Delivery, planDelivery, whyNotCopied } from './plan-delivery.ts';
import type { PlayGrant } from './play-grants.ts';
import type { ProgramCall } from './run-program.ts';
import type { SegmentSource } from './segment-desk.ts';
import type { Subtitles } from './subtitles.ts';

/** A film that somebody may see, and how it is handed out. */
export type Screening = Readonly<{ grant: PlayGrant; film: LocalFile; facts: MediaFacts; delivery: Delivery; source: SegmentSource }>;

export type ScreeningsDeps = Readonly<{
  files: Pick<LocalFiles, 'open'>;
  probe: MediaProbe;
  tools: MediaTools;
  hardware: Hardware;
  subtitles: Pick<Subtitles, 'burnIn'>;
  /** What the house prefers. */
  preferred(): Promise<Encoder | 'auto'>;
  /** Where prepared subtitles lie. */
  cache: Pick<FileCache, 'place'>;
}>;

/** Works out how a film is handed out to whoever has a token for it: each time anew, from what is remembered of the file. */
export function createScreenings({ files, probe, tools, hardware, subtitles, preferred, cache }: ScreeningsDeps) {
  async function encodings({ config }: PlayGrant): Promise<Readonly<{ encoders: readonly Encoder[]; device: string }>> {
    const devices = await hardware.devices();
    if (config.device !== undefined && !devices.includes(config.device)) {
      throw invalid('config.vaapi_device', `there is no device ${config.device} on this machine`);
    }
    const encoders = chooseEncoders({ wanted: config.encoder, preferred: await preferred() }, await hardware.encoders());
    return { encoders, device: config.device ?? devices[0] ?? DEFAULT_DEVICE };
  }

  /** Pictures that are copied, with sound that is encoded where it turns out that it cannot be copied; or one after the other what encodes. */
  async function worksOf(grant: PlayGrant, film: LocalFile, facts: MediaFacts, { video, audio, burn }: Delivery, signal: AbortSignal) {
    if (video.how === 'copy') {
      const sounds: readonly (AudioWork | undefined)[] = audio?.how === 'copy' ? [audio, { ...audio, how: 'encode' }] : [audio];
      return sounds.map((sound) => ({ video, audio: sound }));
    }
    const { encoders, device } = await encodings(grant);
    const burnIn = burn && (await subtitles.burnIn(film, facts, burn, { reach: grant.reach, signal }));
    return encoders.map((encoder) => ({ video: { ...video, encoder, device, ...(burnIn && { burnIn }) }, audio }));
  }

  function sourceOf(grant: PlayGrant, film: LocalFile, facts: MediaFacts, delivery: Delivery, length: number): SegmentSource {
    const starts = delivery.segments.map((segment) => segment.start);
    return {
      id: grant.id,
      kind: createHash('sha256').update(`${film.size}\0${film.modifiedMs}\0${length}`).digest('hex').slice(0, 12),
      title: basename(film.path),
      path: film.real,
      starts,
      async ways(index, signal): Promise<readonly ProgramCall[]> {
        const program = await tools.find('ffmpeg');
        const works = await worksOf(grant, film, facts, delivery, signal);
        const cwd = await cache.place();
        return works.map((work) => ({ program, cwd, args: segmentCommand({ path: film.real, ...work, starts: starts.slice(index) }) }));
      },
    };
  }

  return {
    /** Throws `not-found` where the file is gone, `invalid` where it is no film or lacks what was asked for. */
    async of(grant: PlayGrant, length: number): Promise<Screening> {
      const film = await files.open(grant.path, grant.reach);
      const facts = await probe.facts(film);
      const keyframes = whyNotCopied(facts, grant.config) === undefined ? await probe.keyframes(film) : undefined;
      const delivery = planDelivery({ facts, keyframes, config: grant.config, length });
      return { grant, film, facts, delivery, source: sourceOf(grant, film, facts, delivery, length) };
    },
  };
}

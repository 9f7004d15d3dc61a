/** What can make H.264 of other pictures. */
export const ENCODERS = ['libx264', 'h264_nvenc', 'h264_qsv', 'h264_vaapi'] as const;
export type Encoder = (typeof ENCODERS)[number];

type EncoderSpec = Readonly<{
  /** For people, as lists show it. */
  name: string;
  hardware: boolean;
  /** Before the input: what opens the device. */
  setup(device: string): readonly string[];
  /** The end of the filter chain: what the encoder wants to be handed. */
  filters: readonly string[];
  quality: readonly string[];
}>;

export const DEFAULT_DEVICE = '/dev/dri/renderD128';

/** Pictures are also decoded in hardware where the driver can; where it cannot, ffmpeg does it by itself. */
export const ENCODER_SPECS: Readonly<Record<Encoder, EncoderSpec>> = {
  libx264: {
    name: 'H.264 (CPU) (All)',
    hardware: false,
    setup: () => [],
    filters: ['format=yuv420p'],
    quality: ['-preset', 'veryfast', '-crf', '23', '-profile:v', 'main', '-level', '4.1', '-sc_threshold', '0'],
  },
  h264_nvenc: {
    name: 'H.264 (NVENC) (NVIDIA)',
    hardware: true,
    setup: () => ['-hwaccel', 'auto'],
    filters: ['format=yuv420p'],
    quality: ['-preset', 'fast', '-rc', 'vbr', '-cq', '23', '-profile:v', 'main', '-forced-idr', '1', '-no-scenecut', '1'],
  },
  h264_qsv: {
    name: 'H.264 (QSV) (Intel)',
    hardware: true,
    setup: () => ['-hwaccel', 'auto'],
    filters: ['format=nv12'],
    quality: ['-preset', 'fast', '-global_quality', '23', '-profile:v', 'main', '-forced_idr', '1'],
  },
  h264_vaapi: {
    name: 'H.264 (VAAPI) (AMD, Intel)',
    hardware: true,
    setup: (device) => ['-vaapi_device', device, '-hwaccel', 'auto'],
    filters: ['format=nv12', 'hwupload'],
    quality: ['-qp', '23', '-profile:v', 'main'],
  },
};

/** Bits a second that an encoder may reach for a moment where nobody asked for a rate. */
const CEILING = 12_000_000;

export function encoderArgs(encoder: Encoder, bitRate: number | undefined): readonly string[] {
  const { quality } = ENCODER_SPECS[encoder];
  const rate = bitRate ?? CEILING;
  const ceiling = ['-maxrate', String(rate), '-bufsize', String(rate * 2)];
  if (bitRate !== undefined) return ['-c:v', encoder, ...withoutQuality(quality), '-b:v', String(bitRate), ...ceiling];
  // A constant quantiser of VAAPI takes no ceiling.
  return ['-c:v', encoder, ...quality, ...(encoder === 'h264_vaapi' ? [] : ceiling)];
}

const QUALITY_OPTIONS: ReadonlySet<string> = new Set(['-crf', '-cq', '-global_quality', '-qp']);

/** Options come in pairs; those of a constant quality give way to a rate. */
const withoutQuality = (options: readonly string[]): string[] =>
  options.filter((_, index) => !QUALITY_OPTIONS.has(options[index - (index % 2)] ?? ''));

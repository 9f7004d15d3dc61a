/** What an adapter read, with the server's own words where the call asked for them. */
export const withRaw = <T extends Readonly<{ raw?: unknown }>>(wanted: boolean | undefined, said: T, raw: unknown): T =>
  wanted === true ? { ...said, raw } : said;

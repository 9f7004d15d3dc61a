/** Provider (lower case) to id, always text. One id per provider; an empty object says that none is known. */
export type ExternalIds = Readonly<Record<string, string>>;

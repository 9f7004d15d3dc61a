import { ACCOUNT_OPTIONS } from '#core/connections/index.ts';

/** One entry of the page's specification. */
export type SpecEntry = Readonly<{
  key: string;
  type: string;
  description: string;
  /** Fixed when the backend is made, or changed only by its members. */
  immutable?: true;
  secret?: true;
  choices?: string[];
}>;

const FIELDS: readonly SpecEntry[] = [
  { key: 'name', type: 'string', immutable: true, description: 'Name of the backend: lower-case letters, digits and underscores.' },
  { key: 'type', type: 'string', immutable: true, description: 'What kind of server it is.' },
  { key: 'url', type: 'string', description: 'Address of the server.' },
  { key: 'token', type: 'string', secret: true, description: 'Token or API key for the server.' },
  { key: 'uuid', type: 'string', description: "The server's own id." },
  { key: 'user', type: 'string', description: 'Id of the user on the server.' },
  { key: 'import', type: 'array', immutable: true, description: 'What is read from the backend.' },
  { key: 'import.enabled', type: 'bool', description: 'Whether plays are read from the backend.' },
  { key: 'import.lastSync', type: 'int', description: 'When it was last read, in Unix seconds; null makes the next import a full one.' },
  { key: 'export', type: 'array', immutable: true, description: 'What is written to the backend.' },
  { key: 'export.enabled', type: 'bool', description: 'Whether the backend is told what was watched elsewhere.' },
  {
    key: 'export.lastSync',
    type: 'int',
    description: 'When it was last written to, in Unix seconds; null makes the next export a full one.',
  },
  { key: 'options', type: 'array', immutable: true, description: 'Options of the backend.' },
];

const CLIENT: SpecEntry = { key: 'options.client', type: 'array', immutable: true, description: 'How the server is called.' };

const OPTIONS: readonly SpecEntry[] = ACCOUNT_OPTIONS.map(({ key, type, description, secret, choices }) => ({
  key: `options.${key}`,
  type,
  description,
  ...(secret && { secret }),
  ...(choices && { choices: [...choices] }),
}));

const firstOfClient = OPTIONS.findIndex(({ key }) => key.startsWith('options.client.'));

/** Every key of a backend, in the order in which forms show them. */
export const backendSpec = (types: readonly string[]): SpecEntry[] =>
  [...FIELDS, ...OPTIONS.slice(0, firstOfClient), CLIENT, ...OPTIONS.slice(firstOfClient)].map((entry) =>
    entry.key === 'type' ? { ...entry, choices: [...types] } : entry,
  );

const KNOWN = new Map([...FIELDS, CLIENT, ...OPTIONS].map((entry) => [entry.key, entry]));

export const specEntry = (key: string): SpecEntry | undefined => KNOWN.get(key);

import { type Static, Type } from '@fastify/type-provider-typebox';
import type { CustomProvider, IdLink, LinkDraft, ProviderDraft, providerForms } from '#core/media/index.ts';

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*$' });
const Samples = Type.Array(Type.String({ maxLength: 1_000, pattern: '^[^\\u0000]*$' }), { maxItems: 100 });

const Validator = Type.Object({
  pattern: Text(1_000),
  example: Text(1_000),
  tests: Type.Object({ valid: Samples, invalid: Samples }),
});

/** `type` is one of the kinds of servers. */
export const providerBody = (types: readonly string[]) =>
  Type.Object({
    name: Text(100),
    type: Type.Union(types.map((type) => Type.Literal(type))),
    description: Type.String({ maxLength: 1_000, pattern: '^[^\\u0000]*$' }),
    validator: Validator,
  });
export type ProviderBody = Static<ReturnType<typeof providerBody>>;

const Replace = Type.Object({ from: Text(1_000), to: Type.String({ maxLength: 1_000, pattern: '^[^\\u0000]*$' }) });
const Ends = Type.Object({ from: Text(255), to: Text(100) });

/** The file of WatchState has `replace` among the options, its API beside them: both are taken. */
export const LinkBody = Type.Object({
  type: Type.Optional(Type.String()),
  map: Ends,
  options: Type.Optional(Type.Object({ legacy: Type.Optional(Type.Boolean()), replace: Type.Optional(Replace) })),
  replace: Type.Optional(Replace),
});
export type LinkBody = Static<typeof LinkBody>;

export const Guid = Type.Object({
  guid: Type.String(),
  type: Type.String(),
  validator: Type.Object({
    pattern: Type.String(),
    example: Type.String(),
    tests: Type.Optional(Type.Object({ valid: Type.Array(Type.String()), invalid: Type.Array(Type.String()) })),
  }),
});

export const Provider = Type.Object({
  id: Type.String(),
  type: Type.String(),
  name: Type.String(),
  description: Type.String(),
  validator: Type.Object({
    pattern: Type.String(),
    example: Type.String(),
    tests: Type.Object({ valid: Type.Array(Type.String()), invalid: Type.Array(Type.String()) }),
  }),
});
export const RemovedProvider = Type.Object({ id: Type.String(), name: Type.String(), type: Type.String() });

export const Link = Type.Object({
  id: Type.String(),
  type: Type.String(),
  map: Type.Object({ from: Type.String(), to: Type.String() }),
  options: Type.Optional(Type.Object({ legacy: Type.Boolean() })),
  replace: Type.Optional(Type.Object({ from: Type.String(), to: Type.String() })),
});

export const Document = Type.Object({ version: Type.String(), guids: Type.Array(Provider), links: Type.Array(Link) });

/** Every id is a text, and that is what the page's `type` says of all of them. */
export const guidOf = ({ name, pattern, example }: ReturnType<typeof providerForms>[number]): Static<typeof Guid> => ({
  guid: name,
  type: 'string',
  validator: { pattern, example },
});

export const customGuidOf = (provider: CustomProvider): Static<typeof Guid> => ({
  guid: provider.name,
  type: 'string',
  validator: providerRow(provider).validator,
});

export const providerRow = ({
  id,
  type,
  name,
  description,
  pattern,
  example,
  valid,
  invalid,
}: CustomProvider): Static<typeof Provider> => ({
  id,
  type,
  name: `guid_${name}`,
  description,
  validator: { pattern, example, tests: { valid: [...valid], invalid: [...invalid] } },
});

export const removedProviderRow = ({ id, name, type }: CustomProvider): Static<typeof RemovedProvider> => ({
  id,
  name: `guid_${name}`,
  type,
});

export const linkRow = ({ id, type, from, to, legacy, replace }: IdLink): Static<typeof Link> => ({
  id,
  type,
  map: { from, to: `guid_${to}` },
  ...(legacy !== undefined && { options: { legacy } }),
  ...(replace && { replace }),
});

export const providerDraft = ({ name, type, description, validator }: ProviderBody): ProviderDraft => ({
  name,
  type,
  description,
  pattern: validator.pattern,
  example: validator.example,
  ...validator.tests,
});

export function linkDraft({ map, options, replace = options?.replace }: LinkBody, type: string): LinkDraft {
  const legacy = options?.legacy;
  return { type, ...map, ...(legacy !== undefined && { legacy }), ...(replace && { replace }) };
}

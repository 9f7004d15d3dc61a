import { type TLiteral, type TSchema, type TUnion, Type } from 'typebox';

/** Words of which the shapes of the contract are made. */
export const OrNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const Time = Type.String({ description: 'ISO 8601, UTC' });
export const Count = Type.Integer({ minimum: 0 });
export const Text = (most: number) => Type.String({ minLength: 1, maxLength: most });
type Literals<Words extends readonly string[]> = { -readonly [Index in keyof Words]: TLiteral<Words[Index]> };
export const OneOf = <const Words extends readonly string[]>(
  words: Words,
  options: Readonly<{ default?: Words[number] }> = {},
): TUnion<Literals<Words>> =>
  Type.Union(
    words.map((word) => Type.Literal(word)),
    options,
  ) as unknown as TUnion<Literals<Words>>;
export const Anything = Type.Unknown();
export const Members = Type.Record(Type.String(), Type.Unknown());
export const strict = { additionalProperties: false } as const;

export const PersonQuery = { person: Type.Optional(Text(64)) };

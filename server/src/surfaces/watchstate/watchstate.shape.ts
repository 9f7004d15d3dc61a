import { Type } from '@fastify/type-provider-typebox';

/** The page's answer to a change that has nothing to show. */
export const Info = Type.Object({ info: Type.Object({ code: Type.Integer(), message: Type.String() }) });

export const info = (code: number, message: string) => ({ info: { code, message } });

export const Failure = Type.Object({
  error: Type.Object({
    code: Type.Integer(),
    message: Type.String(),
    fields: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
  }),
});

/** For the answers that have a status and no body. */
export const Empty = Type.Unsafe<undefined>(Type.Null({ description: 'No body' }));

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Capability, Home, HomeSource } from '#features/home/index.ts';
import { toIso } from '#kernel/instant.ts';
import { isoOrNull } from './account.shape.ts';
import { callerOf, type PersonChoice } from './app.auth.ts';
import { Problem } from './contract.ts';
import { HomeView } from './contract-home.ts';

export type HomeRoutesDeps = Readonly<{ home: Home }>;

const capabilityShape = ({ id, isOn, last, open, next }: Capability) => ({
  id,
  on: isOn,
  last: last
    ? {
        at: toIso(last.at),
        took_ms: last.tookMs ?? null,
        state: last.state,
        error: last.error ?? null,
        job_id: last.job ?? null,
        counts: { ...last.counts },
      }
    : null,
  open,
  next: isoOrNull(next),
});

const sourceShape = ({ kind, name, person, state, knownAt, trouble }: HomeSource, nameOf: (id: number | undefined) => string | null) => ({
  kind,
  name,
  person: nameOf(person),
  state,
  known_at: isoOrNull(knownAt),
  trouble: trouble ? { at: toIso(trouble.at), message: trouble.message } : null,
});

export const homeRoutes =
  ({ home, choice }: HomeRoutesDeps & Readonly<{ choice: PersonChoice }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/home',
      {
        schema: {
          operationId: 'app.home',
          summary: 'What waits for a decision, what was done and comes next, and how the places stand. A part that cannot be read says so',
          tags: ['home'],
          response: { 200: HomeView, '4xx': Problem },
        },
      },
      async (request) => {
        const { decisions, totals, capabilities, sources, unreadable } = await home(callerOf(request));
        const nameOf = await choice.names();
        return {
          decisions: decisions.map(({ kind, id, since, subject, values, person }) => ({
            kind,
            id,
            since: toIso(since),
            subject,
            values: { ...values },
            person: nameOf(person),
          })),
          totals: { ...totals },
          capabilities: capabilities.map(capabilityShape),
          sources: sources.map((source) => sourceShape(source, nameOf)),
          unreadable: [...unreadable],
        };
      },
    );
  };

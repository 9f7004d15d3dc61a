import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { SURFACE_CLAIMS } from '../../src/surface-claims.ts';
import { routesOf } from '../faults/any-request.ts';

let home: Household;
beforeAll(async () => {
  home = await startHousehold({ servers: [] });
});
afterAll(() => home.close());

const lies = (path: string, claim: string): boolean => path === claim || (claim !== '/' && path.startsWith(`${claim}/`));
const claims = Object.entries(SURFACE_CLAIMS).flatMap(([surface, paths]) => paths.map((path) => ({ surface, path })));

describe('the paths of the surfaces', () => {
  it('are claimed by one surface each', () => {
    const disputed = claims.flatMap((one) =>
      claims
        .filter((other) => other.surface !== one.surface && lies(other.path, one.path))
        .map((other) => `${other.surface} wants ${other.path}, which is ${one.surface}'s`),
    );
    expect(disputed).toEqual([]);
  });

  it('are all that is served, and each claim has something to serve', () => {
    // The tree shows a wildcard whose folder has no route of its own without that folder.
    const tree = routesOf(home.house.server.printRoutes({ commonPrefix: false })).filter(({ path }) => path !== '/*');
    const routes = tree.map(({ path }) => path.replace(/(.)\/$/, '$1'));
    expect(routes.length).toBeGreaterThan(100);
    expect(routes.filter((path) => !claims.some((claim) => lies(path, claim.path)))).toEqual([]);
    expect(claims.filter((claim) => !routes.some((path) => lies(path, claim.path)))).toEqual([]);
  });
});

// The walls of the house (ARCHITECTURE.md) as rules. Each rule is proved by a planted violation in server/tests/architecture/canary.
const TEST = '[.](test|fake|contract)[.]ts$';
/** app.ts, main.ts and the list of migrations: the only files that see every room. */
const ROOT = '^server/src/[^/]+[.]ts$';
const GROUND = '^server/src/(kernel|core)/';
/** The shapes of our own API, for those who speak it over the wire (docs/decisions). */
const CONTRACT = '^server/src/surfaces/app/contract[.]ts$';
const FEATURE_DOORS = '^server/src/features/[^/]+/index[.]ts$';

const wall = (name, from, allowed, fromNot = []) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: fromNot },
  to: { path: '^server/src/', pathNot: allowed },
});

// This package ships declarations without code beside them; only its types are imported.
const TYPES_ALONE = '^@jellyfin/sdk/lib/generated-client/models/';

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'every-import-resolves',
      severity: 'error',
      from: { path: '^server/src/' },
      to: { couldNotResolve: true, pathNot: TYPES_ALONE },
    },
    wall('kernel-imports-nothing', '^server/src/kernel/', ['^server/src/kernel/']),
    wall('platform-knows-no-product', '^server/src/platform/', ['^server/src/(kernel|platform)/']),
    wall('core-looks-down', '^server/src/core/', [GROUND, '^server/src/platform/(db|secrets)/index[.]ts$']),
    wall(
      'integration-stands-alone',
      '^server/src/integrations/([^/]+)/',
      [GROUND, '^server/src/platform/http-client/', '^server/src/integrations/$1/'],
      ['^server/src/integrations/(jellyfin|emby)/'],
    ),
    // Jellyfin and Emby are one family: what they share lives in a room of its own (docs/decisions).
    wall('media-browser-family', '^server/src/integrations/(jellyfin|emby)/', [
      GROUND,
      '^server/src/platform/http-client/',
      '^server/src/integrations/$1/',
      '^server/src/integrations/mediabrowser/(index|[^/]+[.]fake)[.]ts$',
    ]),
    wall(
      'feature-has-walls',
      '^server/src/features/([^/]+)/',
      [GROUND, '^server/src/platform/(jobs|events|journal|logging|db|file-cache)/index[.]ts$', '^server/src/features/$1/'],
      [TEST],
    ),
    // A surface may show jobs: several dialects list and start them (docs/decisions).
    wall(
      'surface-is-thin',
      '^server/src/surfaces/([^/]+)/',
      [GROUND, '^server/src/platform/http-server/', '^server/src/platform/jobs/index[.]ts$', FEATURE_DOORS, '^server/src/surfaces/$1/'],
      [TEST],
    ),
    wall(
      'cli-is-thin',
      '^server/src/cli/',
      [GROUND, '^server/src/platform/http-server/', '^server/src/platform/jobs/index[.]ts$', FEATURE_DOORS, CONTRACT, '^server/src/cli/'],
      [TEST],
    ),
    {
      name: 'use-the-door',
      severity: 'error',
      from: { path: '^server/src/(core|integrations|features|platform|surfaces)/([^/]+)/', pathNot: [TEST] },
      to: {
        path: '^server/src/(core|integrations|features|platform|surfaces)/[^/]+/',
        pathNot: ['^server/src/$1/$2/', '/index[.]ts$'],
      },
    },
    {
      name: 'use-the-door-from-outside',
      severity: 'error',
      from: { path: ['^server/src/cli/', '^server/src/core/[^/]+[.]ts$'], pathNot: [TEST] },
      to: { path: '^server/src/(core|integrations|features|platform|surfaces)/[^/]+/', pathNot: ['/index[.]ts$', CONTRACT] },
    },
    {
      name: 'not-the-own-door',
      severity: 'error',
      from: { path: '^server/src/(core|integrations|features|platform|surfaces)/([^/]+)/', pathNot: [TEST] },
      to: { path: '^server/src/$1/$2/index[.]ts$' },
    },
    {
      name: 'sql-only-in-stores',
      severity: 'error',
      from: { path: '^server/src/', pathNot: ['[.]store([.]test)?[.]ts$', '^server/src/platform/', ROOT] },
      to: { path: ['(^|/)node_modules/kysely/', '^server/src/platform/db/'] },
    },
    // Ports of platform rooms name the transaction that they take part in: the type may pass, a query may not.
    {
      name: 'platform-sql-only-in-stores',
      severity: 'error',
      from: { path: '^server/src/platform/', pathNot: ['[.]store([.]test)?[.]ts$', '^server/src/platform/db/'] },
      to: { path: ['(^|/)node_modules/kysely/', '^server/src/platform/db/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'wire-shapes-stay-home',
      severity: 'error',
      from: { path: '^server/src/', pathNot: ['^server/src/integrations/'] },
      to: { path: '[.]wire[.]ts$' },
    },
    {
      name: 'test-code-only-in-tests',
      severity: 'error',
      from: { path: '^server/src/', pathNot: [TEST, ROOT] },
      to: { path: [TEST, '^server/tests/'] },
    },
    {
      name: 'fastify-only-at-the-edge',
      severity: 'error',
      from: { path: '^server/src/', pathNot: [TEST, ROOT, '^server/src/surfaces/', '^server/src/platform/http-server/'] },
      to: { path: '(^|/)node_modules/(@fastify/|fastify/)' },
    },
    {
      name: 'web-room-stands-alone',
      severity: 'error',
      from: { path: '^web/src/rooms/([^/]+)/' },
      to: { path: '^web/src/', pathNot: ['^web/src/(kit|api)/', '^web/src/rooms/$1/'] },
    },
    {
      name: 'web-kit-knows-no-room',
      severity: 'error',
      from: { path: '^web/src/(kit|api)/' },
      to: { path: '^web/src/(rooms|app)/' },
    },
    { name: 'web-speaks-the-api-alone', severity: 'error', from: { path: '^web/src/' }, to: { path: '^server/' } },
    {
      name: 'technique-stays-in-platform',
      severity: 'error',
      from: { path: '^server/src/', pathNot: [TEST, '^server/src/platform/'] },
      to: { path: '(^|/)node_modules/(undici|croner|pino|pg)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/canary/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};

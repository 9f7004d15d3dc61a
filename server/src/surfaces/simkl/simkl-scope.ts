import type { HttpServer } from '#platform/http-server/index.ts';

/** What a file of routes adds its routes to: the plugin of this surface, with its guard, its errors and its lenient bodies. */
export type SimklScope = Pick<HttpServer, 'get' | 'post' | 'delete' | 'route'>;

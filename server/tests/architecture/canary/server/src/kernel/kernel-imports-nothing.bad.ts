import { createHttpClient } from '#platform/http-client/index.ts';
export const x = createHttpClient;

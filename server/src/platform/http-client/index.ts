export type { CallReport, HttpClient, HttpClientOptions, HttpQuery, HttpReply, ReadRequest, SendRequest } from './http-client.ts';
export { createHttpClient } from './http-client.ts';
export { probeUrl, type UrlProbeAnswer, type UrlProbeOrder } from './url-probe.ts';

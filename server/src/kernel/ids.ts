declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

export type ServerId = Branded<number, 'server'>;
export type AccountId = Branded<number, 'account'>;
export type PersonId = Branded<number, 'person'>;
export type LoginId = Branded<number, 'login'>;
export type ApiKeyId = Branded<number, 'api-key'>;
export type MediaId = Branded<number, 'media'>;
export type CopyId = Branded<number, 'copy'>;
export type PlayId = Branded<number, 'play'>;
export type PlanId = Branded<string, 'plan'>;
export type JobId = Branded<string, 'job'>;
export type DeskId = Branded<number, 'desk'>;
export type RequestId = Branded<number, 'request'>;
export type AppId = Branded<number, 'app'>;
export type GrantId = Branded<number, 'grant'>;

const branded =
  <Id extends Branded<number, string>>() =>
  (value: number): Id =>
    value as Id;
const brandedText =
  <Id extends Branded<string, string>>() =>
  (value: string): Id =>
    value as Id;

export const serverId = branded<ServerId>();
export const accountId = branded<AccountId>();
export const personId = branded<PersonId>();
export const loginId = branded<LoginId>();
export const apiKeyId = branded<ApiKeyId>();
export const mediaId = branded<MediaId>();
export const copyId = branded<CopyId>();
export const playId = branded<PlayId>();
export const planId = brandedText<PlanId>();
export const jobId = brandedText<JobId>();
export const deskId = branded<DeskId>();
export const requestId = branded<RequestId>();
export const appId = branded<AppId>();
export const grantId = branded<GrantId>();

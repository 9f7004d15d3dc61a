import type { Refusal } from '#features/app-grants/index.ts';
import type { SimklWord } from './simkl.errors.ts';

/** Why an app is not let in, in a word for the app and in a sentence for people. */
export const ARRIVAL: Readonly<Record<Refusal, readonly [SimklWord, string]>> = {
  'client-unusable': ['client_id_failed', 'The client_id cannot be used.'],
  'unknown-app': ['client_id_failed', 'This app is not registered here, and only registered apps are let in.'],
  blocked: ['client_id_failed', 'This app is blocked here.'],
  'other-generation': ['unauthorized_client', 'This app signs in at /oauth2.'],
  'redirect-missing': ['redirect_failed', 'The redirect is missing.'],
  'redirect-unusable': ['redirect_failed', 'Nobody can be sent to this redirect.'],
  'redirect-mismatch': ['redirect_failed', 'The redirect is not the one that this app was approved with.'],
  'challenge-missing': ['empty_field', 'The code_challenge is missing.'],
  'challenge-unusable': ['wrong_parameter', 'The code_challenge cannot be used.'],
};

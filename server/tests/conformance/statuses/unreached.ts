const OWN_FAULT = 'It is for a fault of the host or of the house itself, which no request can cause.';
const OTHER_METHOD = 'The page lists the statuses of three methods together; this one belongs to another of them.';
const NOT_OF_THE_SECTION = 'The page’s section on webhooks has no 204: it stands in the remark on envelopes that follows the section.';

/** What a client cannot cause, or what the page says of something else: row and status to the reason. */
export const UNREACHED: Readonly<Record<string, string>> = {
  'GET /history/{id}/duplicates 500': OWN_FAULT,
  'GET /history/{id}/watch 409': 'Reading a mark asks for no state that could be there already: this belongs to POST and DELETE.',
  'GET /logs/recent 500': OWN_FAULT,
  'DELETE /log/{filename} 400': 'The page has it for a name that is missing, and a path without one is another path.',
  'GET /system/auth/has_user 500': 'The page has it for a token that cannot be made for the automatic login, which there is none of here.',
  'GET /system/auth/user 500': 'Whoever has signed in has an account; without one the answer is 401.',
  'POST /system/auth/login 500': 'Without an account there is nobody whose password could be right: the answer is 401.',
  'PUT /system/auth/change_password 500': OWN_FAULT,
  'DELETE /system/auth/sessions 500': OWN_FAULT,
  'POST /system/scheduler/restart 400': 'The scheduler is a part of the house, in a container or not, and can always be restarted.',
  'GET /system/processes 500': OWN_FAULT,
  'DELETE /system/processes/{id} 500': OWN_FAULT,
  'DELETE /system/cache 500': 'The page has it for a Redis that does not answer, and there is none.',
  'GET /tasks/{id}/queue 202': OTHER_METHOD,
  'GET /tasks/{id}/queue 400': OTHER_METHOD,
  'GET /tasks/{id}/queue 409': OTHER_METHOD,
  'POST /tasks/{id}/queue 200': OTHER_METHOD,
  'DELETE /tasks/{id}/queue 202': OTHER_METHOD,
  'DELETE /tasks/{id}/queue 409': OTHER_METHOD,
  'POST /identities 500': OWN_FAULT,
  'DELETE /identities/{identity} 500': OWN_FAULT,
  'POST /webhook 204': NOT_OF_THE_SECTION,
  'PUT /webhook 204': NOT_OF_THE_SECTION,
};

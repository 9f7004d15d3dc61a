import { type Static, Type } from 'typebox';
import { Plan, PlanChange } from './contract-plans.ts';
import { Anything, Count, Members, OneOf, OrNull, Paged, PageQuery, PersonQuery, strict, Text, Time } from './contract-words.ts';

export { ClientApp, ClientAppGiven, ClientAppPatch, Grant, GrantQuery, NewClientApp } from './contract-apps.ts';
export {
  AccountPatch,
  CheckReport,
  CheckWish,
  DemoShown,
  NewAccount,
  SignInShown,
  SignInWish,
  WaitingConnection,
} from './contract-connecting.ts';
export {
  Conflict,
  ConflictChoice,
  ConflictQuery,
  HistoryEntry,
  HistoryQuery,
  Medium,
  Merge,
  MergeWish,
} from './contract-media.ts';
export {
  ChangeQuery,
  LeaveOutWish,
  Plan,
  PlanChange,
  PlanQuery,
  PlanReview,
  PlanRow,
  PlanRows,
  PlanWish,
  RowQuery,
} from './contract-plans.ts';
export {
  DeskUser,
  DeskUserParams,
  DriftShown,
  FailedList,
  Imported,
  ImportWish,
  NewRequestDesk,
  PersonWish,
  PreviewShown,
  Replication,
  RequestDesk,
  RequestDeskPatch,
  RequestShown,
  Retried,
  RetryWish,
  TitleQuery,
  Tracked,
  WebhookWish,
  Whereabouts,
} from './contract-requests.ts';
export { RunQuery, SyncOverview, SyncRun } from './contract-sync.ts';
export { OrNull, Paged, PageQuery, PersonQuery } from './contract-words.ts';
export { HistoryReport } from './history-files.shape.ts';
export { LoadedMapping, MappingReport, MetadataState } from './metadata.shape.ts';
export { Backup, MoveWish, MovingReport, RestoreWish } from './moving.shape.ts';
export { Tracker, TrackerAdded, TrackerOpen, TrackerState } from './trackers.shape.ts';

/**
 * The shapes of /api/v1, and the only file of this surface that the web app imports. Times are ISO 8601 in UTC, spans and positions
 * milliseconds; what is not there is null. A list comes in pages.
 */
export const Problem = Type.Object({
  error: Type.Object({
    code: Type.String({ description: 'What went wrong, in one word of a closed list' }),
    message: Type.String({ description: 'For people: what happened, where, what to do' }),
    fields: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
    request_id: Type.String(),
  }),
});
export type Problem = Static<typeof Problem>;

export const NumberParams = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });
export const TextParams = Type.Object({ id: Text(200) });
export const Nothing = Type.Null();

const Role = OneOf(['owner', 'admin', 'person']);
const Scope = OneOf(['read', 'sync', 'write', 'admin', 'webhook']);
const ActorShown = Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() });

export const SetupState = Type.Object({ has_owner: Type.Boolean(), code_needed: Type.Boolean() });
export const SetupWish = Type.Object({ username: Text(64), password: Text(1_024), setup_code: Type.Optional(Text(64)) }, strict);
export const SetupDone = Type.Object({ username: Type.String() });
export const SessionWish = Type.Object({ username: Text(64), password: Text(1_024) }, strict);
export const SessionGiven = Type.Object({ token: Type.String(), expires_at: Time });
export const BrowserSession = Type.Object({ expires_at: Time });
export const Me = Type.Object({
  name: Type.String(),
  kind: Type.String(),
  role: Role,
  person: OrNull(Type.String()),
  scopes: Type.Array(Scope),
});
export type Me = Static<typeof Me>;

export const Health = Type.Object({
  state: OneOf(['ok', 'degraded']),
  version: Type.String(),
  accounts: Type.Object({ ok: Count, degraded: Count, unknown: Count }),
  pushes: Type.Object({ waiting: Count, failed: Count }),
  jobs: Type.Object({ pending: Count, running: Count, completed: Count, failed: Count, cancelled: Count }),
  plans_waiting: Count,
  conflicts_open: Count,
  changes_in_doubt: Count,
});
export type Health = Static<typeof Health>;

const Fault = Type.Object({ at: Time, code: Type.String(), message: Type.String() });
export const Server = Type.Object({
  id: Type.Integer(),
  type: Type.String(),
  name: Type.String(),
  url: Type.String(),
  uuid: Type.String(),
  version: Type.String(),
});
export const Pushes = Type.Object({ waiting: Count, failed: Count });
export const Account = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  person: Type.String(),
  server: Server,
  user: Type.Object({ id: Type.String(), name: OrNull(Type.String()) }),
  import: Type.Boolean(),
  export: Type.Boolean(),
  metadata_only: Type.Boolean(),
  never_unwatch: Type.Boolean(),
  consent: OneOf(['pending', 'given']),
  options: Members,
  last_import: OrNull(Time),
  last_export: OrNull(Time),
  health: Type.Object({
    state: OneOf(['unknown', 'ok', 'degraded']),
    last_error: OrNull(Fault),
    last_event_at: OrNull(Time),
    last_event: OrNull(Type.String()),
  }),
  pushes: Pushes,
  created_at: Time,
});
export type Account = Static<typeof Account>;

export const AccountTest = Type.Object({ name: Type.String(), uuid: Type.String(), version: Type.String() });
export const AccountRemoved = Type.Object({
  references: Type.Integer({ description: 'Copies of which the account had spoken' }),
  records: Type.Integer({ description: 'Never watched titles that only this account showed' }),
});
export const Webhook = Type.Object({
  url: Type.String(),
  steps: Type.Array(Type.String()),
  last_event_at: OrNull(Time),
  last_event: OrNull(Type.String()),
});
export type Webhook = Static<typeof Webhook>;

export const Person = Type.Object({ id: Type.Integer(), name: Type.String(), display_name: Type.String(), created_at: Time });
export const NewPerson = Type.Object({ name: Text(64), display_name: Type.Optional(Text(100)) }, strict);
export const Login = Type.Object({
  id: Type.Integer(),
  username: Type.String(),
  role: Role,
  person: Type.String(),
  scopes: Type.Array(Scope, { description: 'What it may do: all that its role may, or less' }),
  created_at: Time,
  last_used_at: OrNull(Time),
});
export const ScopesWish = Type.Object({ scopes: Type.Array(Scope, { maxItems: 10 }) }, strict);
export const PersonPatch = Type.Object({ display_name: Text(100) }, strict);
export const PasswordWish = Type.Object({ password: Text(1_024) }, strict);
export const PasswordChange = Type.Object({ current: Text(1_024), password: Text(1_024) }, strict);
export const NewLogin = Type.Object({ username: Text(64), password: Text(1_024), role: Role, person: Text(64) }, strict);
export const RoleWish = Type.Object({ role: Role }, strict);

export const ApiKey = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  role: Role,
  scopes: Type.Array(Scope),
  surface: Type.String(),
  person: OrNull(Type.String()),
  origin: Type.String(),
  created_by: Type.String(),
  created_at: Time,
  last_used_at: OrNull(Time),
  revoked_at: OrNull(Time),
});
export const NewApiKey = Type.Object(
  {
    name: Text(100),
    role: Type.Optional(Role),
    scopes: Type.Optional(Type.Array(Scope, { maxItems: 10 })),
    surface: Type.Optional(OneOf(['api', 'watchstate', 'app', 'huntarr', 'seerr-sync', 'oxicleanarr'])),
    ...PersonQuery,
  },
  strict,
);
export const ApiKeyGiven = Type.Object({ key: Type.String({ description: 'Shown this once' }), record: ApiKey });

export const PlanWithChanges = Type.Object({ plan: Plan, changes: Paged(PlanChange) });

const JobStatus = OneOf(['pending', 'running', 'completed', 'failed', 'cancelled']);
export const Job = Type.Object({
  id: Type.String(),
  name: Type.String(),
  lane: Type.String(),
  person: OrNull(Type.String()),
  reference: OrNull(Type.String()),
  status: JobStatus,
  attempts: Count,
  payload: Members,
  progress: OrNull(Type.Object({ done: Type.Number(), total: OrNull(Type.Number()), text: OrNull(Type.String()) })),
  result: Anything,
  error: OrNull(Type.Object({ code: Type.String(), message: Type.String() })),
  run_at: Time,
  created_at: Time,
  started_at: OrNull(Time),
  finished_at: OrNull(Time),
});
export type Job = Static<typeof Job>;
export const JobWithLogs = Type.Object({
  job: Job,
  logs: Type.Array(Type.Object({ at: Time, level: Type.String(), text: Type.String() })),
});
export type JobWithLogs = Static<typeof JobWithLogs>;
export const JobQuery = Type.Object({
  ...PageQuery,
  ...PersonQuery,
  status: Type.Optional(Type.Array(JobStatus, { maxItems: 5 })),
  name: Type.Optional(Text(100)),
  reference: Type.Optional(Text(200)),
});
export const JobQueued = Type.Object({
  job_id: Type.String(),
  coalesced: Type.Boolean({ description: 'The same work was waiting already; this is its id' }),
});
export type JobQueued = Static<typeof JobQueued>;
export const Task = Type.Object({
  id: Type.String(),
  description: Type.String(),
  cron: Type.String(),
  enabled: Type.Boolean(),
  next_run: OrNull(Time),
  previous_run: OrNull(Time),
  args: Type.Array(Type.String()),
  may_be_disabled: Type.Boolean(),
  room: Type.String({ description: 'The room of the house that does it' }),
  last: OrNull(
    Type.Object({
      job_id: Type.String(),
      state: JobStatus,
      started_at: OrNull(Time),
      finished_at: OrNull(Time),
      took_ms: OrNull(Count),
      error: OrNull(Type.String()),
      for_everybody: Type.Boolean({ description: 'Of everybody and with nothing told, as the clock asks for it' }),
    }),
  ),
  open: Type.Array(Type.String({ description: 'Runs that wait or are under way' })),
});
export const TaskPatch = Type.Object(
  {
    enabled: Type.Optional(Type.Boolean()),
    cron: Type.Optional(Text(100)),
    args: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 20 })),
  },
  strict,
);
export const RunsQuery = Type.Object({ ...PageQuery, status: Type.Optional(Type.Array(JobStatus, { maxItems: 5 })) });
export const TaskRun = Type.Object(
  { ...PersonQuery, account: Type.Optional(Text(64)), args: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 20 })) },
  strict,
);

export const Setting = Type.Object({
  key: Type.String(),
  value: Anything,
  is_set: Type.Boolean(),
  default: Anything,
  source: OneOf(['default', 'stored', 'file', 'environment']),
  pinned_at: OrNull(Type.String()),
  read_only: Type.Boolean(),
  broken: Type.Boolean(),
  scope: OneOf(['house', 'person', 'account']),
  secret: Type.Boolean(),
  needs_restart: Type.Boolean(),
  description: Type.String(),
  schema: Anything,
});
export const SettingSubject = { ...PersonQuery, account: Type.Optional(Type.Integer({ minimum: 1 })) };
export const SettingValue = Type.Object({ value: Type.Unknown() }, strict);
export const SettingChange = Type.Object({ at: Time, by: Type.String(), value: Anything, reset: Type.Boolean() });

export const ActivityEntry = Type.Object({
  id: Type.Integer(),
  at: Time,
  actor: ActorShown,
  verb: Type.String(),
  subject: Type.String(),
  detail: Members,
  person: OrNull(Type.String()),
  undo: OrNull(
    Type.Object({ kind: OneOf(['restore', 'split']), id: Type.Integer() }, { description: 'What takes it back, while that can be done' }),
  ),
});
const Moment = Type.String({ maxLength: 40, description: 'ISO 8601' });
export const ActivityQuery = Type.Object({
  ...PageQuery,
  ...PersonQuery,
  verb: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'All verbs below it where it ends in a dot' })),
  subject: Type.Optional(Text(500)),
  actor: Type.Optional(Type.String({ minLength: 1, maxLength: 20, description: 'Its kind: login, api-key, app, webhook, job' })),
  from: Type.Optional(Moment),
  until: Type.Optional(Moment),
});
export const DoubtfulChange = Type.Object({
  id: Type.Integer(),
  kind: Type.String(),
  target: Type.String(),
  subject: Type.String(),
  before: Anything,
  wanted: Anything,
  state: OneOf(['intended', 'unconfirmed']),
  outcome: Anything,
  created_at: Time,
  deadline_at: Time,
});
export const BinEntry = Type.Object({
  id: Type.Integer(),
  kind: Type.String(),
  title: Type.String(),
  person: OrNull(Type.String()),
  deleted_by: Type.String(),
  deleted_at: Time,
  restore_until: Time,
  restored_at: OrNull(Time),
});
export const BinQuery = Type.Object({ ...PageQuery, ...PersonQuery, kind: Type.Optional(Text(100)) });

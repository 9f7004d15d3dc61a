import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestDesk } from '#core/upstreams/index.ts';
import { createMoodyHttp, type MoodyHttp } from '#core/upstreams/moody-http.fake.ts';
import { isRecord } from '#kernel/json.ts';
import type { FakeSeerr } from './seerr.fake.ts';
import { DEFAULT_TEMPLATE } from './seerr-agent.fake.ts';
import { faultOf, openSeerrBench, options, type SeerrBench } from './seerr-bench.contract.ts';
import { requestOfSeerrWebhook, titleOfSeerrWebhook } from './seerr-hook.ts';

const HOOK = { url: 'http://usherr.test:8080/api/seerr-sync/webhook?desk=1', authorization: 'Bearer hook-token' };

describe('the webhook of a Seerr', () => {
  let bench: SeerrBench;
  let fake: FakeSeerr;
  let desk: RequestDesk;
  let listener: MoodyHttp;
  const received: { authorization: string | undefined; body: unknown }[] = [];
  beforeEach(async () => {
    bench = await openSeerrBench();
    ({ fake, desk } = bench);
    received.length = 0;
    listener = await createMoodyHttp({
      handler({ headers, body }) {
        received.push({ authorization: headers.authorization, body });
        return { status: 204, body: '' };
      },
      unauthorizedReply: () => ({ status: 401 }),
      emptyPageReply: () => ({}),
      isLaterPage: () => false,
      isChange: () => false,
    });
  });
  afterEach(async () => {
    await listener.close();
    await bench.close();
  });

  it('is switched on with its template as it was, and its events name their request', async () => {
    await desk.setWebhook({ url: `${listener.baseUrl}/hook`, authorization: HOOK.authorization }, options());
    expect(fake.agent.payload).toBe(DEFAULT_TEMPLATE);
    const alice = fake.addUser({ name: 'alice' });
    const movie = fake.ask(alice, { kind: 'movie', tmdbId: 603 });
    const show = fake.ask(alice, { kind: 'tv', tmdbId: 72, seasons: [1, 3], is4k: false });
    fake.approve(movie);
    fake.decline(show);
    await fake.webhooksSettled();
    expect(fake.webhookReplies).toEqual([204, 204, 204, 204]);
    const events = received.map(({ body }) => [isRecord(body) ? body.notification_type : '', requestOfSeerrWebhook(body)]);
    expect(events.toSorted()).toEqual([
      ['MEDIA_APPROVED', movie],
      ['MEDIA_DECLINED', show],
      ['MEDIA_PENDING', movie],
      ['MEDIA_PENDING', show],
    ]);
    expect(new Set(received.map(({ authorization }) => authorization))).toEqual(new Set([HOOK.authorization]));
    expect(fake.log).toEqual([]);
  });

  it('keeps the types, the poster and the template that somebody chose', async () => {
    const template = '{"mine":"{{subject}}","id":{"request_id":"{{request_id}}"}}';
    Object.assign(fake.agent, { types: 256, embedPoster: false, payload: template, supportVariables: true });
    await desk.setWebhook(HOOK, options());
    expect(fake.agent).toMatchObject({
      enabled: true,
      types: 256 | 2 | 4 | 8 | 16 | 64 | 128 | 4_096,
      embedPoster: false,
      supportVariables: true,
      payload: template,
      webhookUrl: HOOK.url,
      authHeader: HOOK.authorization,
    });
  });

  it('that posts to somebody else is left alone until it is said that it is to be replaced', async () => {
    const before = { enabled: true, webhookUrl: 'https://somebody.test/hooks/secret-path' };
    Object.assign(fake.agent, before);
    const fault = await faultOf(desk.setWebhook(HOOK, options()));
    expect([fault.code, fault.message]).toEqual(['conflict', expect.stringContaining('posts to somebody.test already')]);
    expect(fault.message).not.toContain('secret-path');
    expect(fake.agent).toMatchObject(before);
    await desk.setWebhook({ ...HOOK, replace: true }, options());
    expect(fake.agent.webhookUrl).toBe(HOOK.url);
  });

  it('that is ours already, or was switched off, is set anew', async () => {
    Object.assign(fake.agent, { enabled: true, webhookUrl: 'http://old-host.test/api/seerr-sync/webhook?desk=7' });
    await desk.setWebhook(HOOK, options());
    expect(fake.agent.webhookUrl).toBe(HOOK.url);
    Object.assign(fake.agent, { enabled: false, webhookUrl: 'https://somebody.test/hooks' });
    await desk.setWebhook(HOOK, options());
    expect(fake.agent.webhookUrl).toBe(HOOK.url);
  });

  it.each([
    ['names no request', '{"subject":"{{subject}}"}', /does not name the request.*\{\{request_id\}\}/],
    ['is empty', '', /empty or damaged/],
    ['was damaged by somebody', { notification_type: '{{request_id}}' }, /empty or damaged.*Reset to Default/],
  ])('whose template %s is not set, and says what to do', async (_name, payload, words) => {
    Object.assign(fake.agent, { payload });
    const fault = await faultOf(desk.setWebhook(HOOK, options()));
    expect([fault.code, fault.message]).toEqual(['conflict', expect.stringMatching(words)]);
    expect(fake.changes).toEqual([]);
  });

  it('whose setting does not stick is a fault', async () => {
    fake.onceAfter(
      ({ method }) => method === 'POST',
      () => Object.assign(fake.agent, { payload: {} }),
    );
    expect((await faultOf(desk.setWebhook(HOOK, options()))).message).toContain('reads back otherwise');
  });

  it('is set where the desk has CSRF protection too', async () => {
    fake.setCsrf(true);
    await desk.setWebhook(HOOK, options());
    expect(fake.agent).toMatchObject({ enabled: true, payload: DEFAULT_TEMPLATE });
  });
});

describe('an event', () => {
  it.each<[string, unknown, number | undefined]>([
    ['of the default template', { request: { request_id: '16' } }, 16],
    ['as text', '{"request":{"request_id":"16"}}', 16],
    ['of a template of its owner’s own', { data: { details: { requestId: 16 } } }, 16],
    ['with the id at the top', { request_id: '16' }, 16],
    ['of an issue', { notification_type: 'ISSUE_CREATED', request: null, issue: { issue_id: '3' } }, undefined],
    ['of a test', { notification_type: 'TEST_NOTIFICATION', request: { request_id: '' } }, undefined],
    ['with no number for an id', { request: { request_id: '16; drop' } }, undefined],
    ['with an id that cannot be', { request_id: '0' }, undefined],
    ['with a number beyond all numbers', { request_id: '99999999999999999999' }, undefined],
    ['without JSON', 'request_id=16', undefined],
    ['of nothing', undefined, undefined],
    ['of a list', [{ request_id: 16 }], undefined],
    ['that nests for ever', { a: { a: { a: { a: { a: { a: { request_id: 16 } } } } } } }, undefined],
  ])('%s', (_name, body, id) => {
    expect(requestOfSeerrWebhook(body)).toBe(id);
  });
});

describe('the title of an event', () => {
  const media = { media_type: 'movie' };
  it.each<[string, unknown, unknown]>([
    ['is its subject', { subject: 'Heat (1995)', media }, { title: 'Heat', year: 1995 }],
    ['may have brackets of its own', { subject: 'M (le maudit) (1931)', media }, { title: 'M (le maudit)', year: 1931 }],
    ['is not known without a year', { subject: 'Heat', media }, undefined],
    ['is not that of a test', { subject: 'Test (2000)' }, undefined],
    ['is not guessed from a template of its owner’s own', { title: 'Heat (1995)', media }, undefined],
    ['is not endless', { subject: `${'x'.repeat(400)} (1995)`, media }, undefined],
    ['is nothing of nothing', undefined, undefined],
  ])('%s', (_name, body, told) => {
    expect(titleOfSeerrWebhook(body)).toEqual(told);
  });
});

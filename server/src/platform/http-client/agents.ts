import { Agent } from 'undici';

const agents = new Map<boolean, Agent>();

/**
 * One pool of kept-alive connections for all clients. How many calls a server sees at once is the client's own limit, so the pool has
 * none; its deadlines are the client's too, since a page of a big library may take minutes until its first byte.
 */
export function agentFor(verifyHost: boolean): Agent {
  let agent = agents.get(verifyHost);
  if (agent === undefined) {
    agent = new Agent({
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 4_000,
      connect: { timeout: 10_000, rejectUnauthorized: verifyHost },
    });
    agents.set(verifyHost, agent);
  }
  return agent;
}

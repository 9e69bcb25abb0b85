/** Every tenant's chain followed to its end, held against its head and, where there is one, against an anchor. */
import type { Client } from 'pg';
import type { Anchor } from './anchor.ts';
import type { AuditHead } from './audit-event.ts';
import type { AuditProblem } from './audit-problem.ts';
import { openAuditLog, readEvents, readHeads, readSlugs, type AuditProtection } from './read-audit-log.ts';
import { TenantChain } from './tenant-chain.ts';

/** More than a person reads, and little enough to keep; all are counted. */
const MOST_PROBLEMS = 1_000;

export interface AuditVerification {
  tenants: number;
  events: number;
  protection: AuditProtection;
  heads: AuditHead[];
  /** The first thousand. */
  problems: (AuditProblem & { slug: string | null })[];
  problemCount: number;
}

interface Followed {
  tenants: number;
  events: number;
  problems: AuditProblem[];
  problemCount: number;
}

export async function verifyAuditLog(
  client: Client,
  options: { anchor: Anchor | null; signal: AbortSignal },
): Promise<AuditVerification> {
  const protection = await openAuditLog(client);
  const heads = await readHeads(client);
  const followed = await followChains(client, heads, options);
  const tenantIds = [...new Set(followed.problems.map(({ tenantId }) => tenantId))];
  const slugs = await readSlugs(client, tenantIds);
  await client.query('rollback');
  const problems = followed.problems.map((problem) => ({ ...problem, slug: slugs.get(problem.tenantId) ?? null }));
  return { ...followed, protection, heads: [...heads.values()], problems };
}

async function followChains(
  client: Client,
  heads: ReadonlyMap<string, AuditHead>,
  { anchor, signal }: { anchor: Anchor | null; signal: AbortSignal },
): Promise<Followed> {
  const anchored = new Map(anchor?.heads.map((head) => [head.tenantId, head]));
  // Those without a row have a chain as well: a head, or an anchor, may say that there were some.
  const waiting = new Set([...heads.keys(), ...anchored.keys()]);
  const followed: Followed = { tenants: 0, events: 0, problems: [], problemCount: 0 };
  const finish = (chain: TenantChain): void => {
    waiting.delete(chain.tenantId);
    const problems = chain.end(heads.get(chain.tenantId));
    followed.tenants += 1;
    followed.events += chain.events;
    followed.problemCount += problems.length;
    followed.problems.push(...problems.slice(0, Math.max(0, MOST_PROBLEMS - followed.problems.length)));
  };
  let chain = null as TenantChain | null;
  for await (const event of readEvents(client)) {
    signal.throwIfAborted();
    if (chain?.tenantId !== event.tenantId) {
      if (chain !== null) finish(chain);
      chain = new TenantChain(event.tenantId, anchored.get(event.tenantId));
    }
    chain.add(event);
  }
  if (chain !== null) finish(chain);
  for (const tenantId of [...waiting]) finish(new TenantChain(tenantId, anchored.get(tenantId)));
  return followed;
}

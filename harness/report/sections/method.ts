/** Section: how the figures were made, and what this run does not show. */
import type { Result } from '../../model/result.ts';
import { type Markup, markup } from '../markup.ts';
import { measuredFindings } from '../register/finding-lookup.ts';
import { paperClaims, registerAreas, type RegisterClaim } from '../register/register-claims.ts';
import { throttledContainers } from './containers.ts';
import type { Section } from './section.ts';

function claimList(claims: readonly RegisterClaim[]): Markup {
  return markup`${claims.map((claim) => markup`<li><b>${claim.id}</b> ${claim.statement}</li>`)}`;
}

function unmeasuredClaims(result: Result): Markup[] {
  return registerAreas.flatMap((area) => {
    const open = area.claims.filter((claim) => measuredFindings(result, [claim.id]).length === 0);
    return open.length === 0
      ? []
      : [markup`<div><h4>${area.title}</h4><ul class="lines">${claimList(open)}</ul></div>\n`];
  });
}

const howItWasMeasured = markup`<h3>How the figures were made</h3>
<dl class="method">
<div><dt>Percentiles</dt><dd>p50, p95 and p99 are type 7 (linear interpolation), as in k6, over raw samples. Samples are merged, percentiles never.</dd></div>
<div><dt>Interval of a p99</dt><dd>Order statistics give a lower and an upper bound, each one-sided. They count with the effective sample
size (n_eff), which is smaller than n because neighbouring requests resemble each other. The claim holds when the upper bound is below the limit, is
broken when the lower bound is at or above it, and is inconclusive otherwise. A failed request counts as slower than the limit. Below 299 independent samples a p99 never holds.</dd></div>
<div><dt>Several gates</dt><dd>The error that the policy states (5 % at a confidence of 95 %) is that of the whole run, not of each gate: it is shared equally
between the gated figures (Bonferroni), and each bound is stricter for it. So a valid run says of any gated figure that it holds when it does not in at most 5 % of runs, and
that it is broken when it is not in at most 5 %. Claims about the same load share one interval and count once. Counts with zero tolerance are
exact and take no part. A run that was measured on until it was decided spends half of a figure’s share at the first look and half of the rest at
each further one, so that looking often is wrong no more often.</dd></div>
<div><dt>Comparison of arms</dt><dd>Both arms are live; each iteration sends the same request to both, one after the other, in random order.
Between blocks the processes are restarted and change places. The statistic is the median log ratio within the pairs of a block; the interval is that of
its mean over the blocks (Student’s t), because the pairs of one block share its luck. Percentiles of separate runs are not compared.</dd></div>
<div><dt>Warm-up</dt><dd>The first seconds of each block are separated by time. They are shown, and they count for nothing.</dd></div>
<div><dt>Load</dt><dd>Closed load is a number of users with think time, as the approval condition says; open load is the same rate as
independent arrivals. A closed load slows down with the system and so hides delay: both are offered for that reason.</dd></div>
<div><dt>Zero tolerance</dt><dd>A security claim is broken by one violation. No violation in n probes does not prove that none exists; it bounds
how frequent one can be.</dd></div>
<div><dt>Nothing vacuous</dt><dd>A missing artefact, zero samples or a judge that crashed makes a claim inconclusive, never a pass.</dd></div>
</dl>`;

function limitations(result: Result): Markup[] {
  const { environment } = result;
  const colocated = markup`<li>The load generator ran on the machine of the servers: they shared its cores. Latencies include that competition; a machine of its own would show other figures.</li>`;
  const own = markup`<li>The load generator ran on a machine of its own: latencies include the network between the two.</li>`;
  return [
    environment.generatorColocated ? colocated : own,
    markup`<li>The figures hold for ${environment.host.cores} cores of ${environment.host.cpu}, ${environment.tenants} tenants and this mix of requests. They are not a forecast for production hardware, other volumes or longer times.</li>`,
    markup`<li>The reference service stands for the architecture: the same tenant context, policies and stores, not the code of a product to come.</li>`,
    ...(throttledContainers(result).length === 0
      ? []
      : [
          markup`<li>Servers reached their CPU limits (see “Containers and their limits”): the latencies are those of these limits, not of the machine.</li>`,
        ]),
    ...(environment.dirty === true ? [markup`<li>The work tree had changes that are not committed.</li>`] : []),
    ...(environment.settings['fsync'] === 'off'
      ? [markup`<li>Postgres ran with fsync off: the cost of durable writes is not in these figures.</li>`]
      : []),
  ];
}

export function methodSection(result: Result): Section {
  return {
    id: 'method',
    title: 'Method and limits',
    body: markup`${howItWasMeasured}
<h3>What this run does not show</h3>
<ul>${limitations(result)}</ul>
<h3>Claims not measured in this run</h3>
<p>Promises of the planning documents that a test could decide and this run did not. None of them is confirmed here.</p>
<div class="columns">${unmeasuredClaims(result)}</div>
<h3>Claims that no load test can decide</h3>
<p>A document must back each of these; whoever signs should have read it.</p>
<div class="columns"><ul class="lines">${claimList(paperClaims)}</ul></div>`,
  };
}
